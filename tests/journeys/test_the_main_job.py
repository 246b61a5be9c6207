"""The main job on a phone, from a referral to a logged gathering. Real browser, server, worker, mail and SMS."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from accounts.models import Draft, User
from families.models import Family
from groups.models import Group
from municipalities.models import Municipality
from outbox.models import Message
from planning.models import Round
from sessions_log.models import Attendance, Gathering
from tests.factories import PASSWORD, VenueFactory, gathering_of, invited
from tests.outbox.sinks import Sink

SignIn = Callable[[User], None]
# Where a saved log leads while the families have not been thanked.
THANKS = re.compile(r"/k/9901/samlinger/\d+/takk/$")


class Taps:
    """Counts what a thumb does."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.count = 0

    def tap(self, role: Any, name: str | re.Pattern[str], **more: Any) -> None:
        self.page.get_by_role(role, name=name, **more).tap()
        self.count += 1

    def tap_name(self, name: str) -> None:
        """A family's own row: the label is the button."""
        self.page.locator(".fam label", has_text=name).first.tap()
        self.count += 1


@pytest.fixture
def home(live_server: Any) -> str:
    return f"{live_server.url}/k/9901/"


@pytest.fixture
def no_quiet_hours(lillevik: Municipality) -> None:
    """Journeys run by night too."""
    lillevik.quiet_from = lillevik.quiet_to
    lillevik.save()


def test_log_in_and_out_with_the_keyboard(phone: Page, live_server: Any, coordinator: User) -> None:
    coordinator.set_password(PASSWORD)
    coordinator.save()
    EmailAddress.objects.create(user=coordinator, email=coordinator.email, verified=True, primary=True)
    phone.goto(f"{live_server.url}/")
    field = phone.get_by_label("E-post")
    field.focus()
    phone.keyboard.type(coordinator.email)
    phone.keyboard.press("Tab")
    while phone.evaluate("document.activeElement.type") != "password":
        phone.keyboard.press("Tab")
    phone.keyboard.type("feil passord")
    phone.keyboard.press("Enter")
    expect(phone.locator(".ds-error-summary")).to_be_visible()
    expect(phone.get_by_label("E-post")).to_have_value(coordinator.email)
    phone.get_by_label("Passord").fill(PASSWORD)
    phone.keyboard.press("Enter")
    phone.wait_for_url(f"{live_server.url}/k/9901/")
    phone.locator(".me > summary").focus()
    phone.keyboard.press("Enter")
    phone.get_by_role("button", name="Logg ut").press("Enter")
    phone.goto(f"{live_server.url}/k/9901/")
    assert "/konto/login/" in phone.url


def test_a_family_comes_from_a_referral_into_a_group(
    phone: Page,
    context: BrowserContext,
    home: str,
    autumn: Round,
    birch: Group,
    referrer: User,
    coordinator: User,
    sign_in: SignIn,
) -> None:
    sign_in(referrer)
    phone.goto(f"{home}henvis/")
    phone.get_by_label("Familienavn, slik det sies").fill("Rahimi")
    phone.get_by_role("button", name="Send henvisningen").tap()
    expect(phone.locator(".ds-error-summary")).to_be_visible()
    expect(phone.get_by_label("Familienavn, slik det sies")).to_have_value("Rahimi")  # what was typed stays
    phone.locator("[name=adult]").fill("Yasmin Rahimi")
    phone.locator("[name=phone]").fill("400 00 777")
    phone.locator("select[name=language]").select_option("fa_AF")
    phone.locator("select[name=source_kind]").select_option("health")
    phone.get_by_label("Familien har sagt at den vil bli kontaktet").check()
    phone.get_by_role("button", name="Send henvisningen").tap()
    phone.wait_for_url(f"{home}mine-henvisninger/")
    expect(phone.get_by_text("Rahimi").first).to_be_visible()
    assert Family.objects.get(name="Rahimi").people.get(kind="adult").phone == "+4740000777"
    context.clear_cookies()
    sign_in(coordinator)
    phone.goto(f"{home}familier/")
    phone.get_by_role("link", name=re.compile("Noter familiens ønske.*Rahimi")).tap()
    phone.get_by_role("button", name="Noter familiens ønske").tap()
    phone.wait_for_url(re.compile(r"/familier/\d+/$"))
    phone.goto(f"{home}grupper/{birch.pk}/legg-til/")
    phone.get_by_label(re.compile("Rahimi")).check()
    phone.get_by_role("button", name="Legg til i gruppen").tap()
    phone.wait_for_url(f"{home}grupper/{birch.pk}/")
    expect(phone.get_by_role("link", name="Rahimi", exact=True)).to_be_visible()


@pytest.mark.usefixtures("no_quiet_hours", "worker")
def test_plan_preview_send_and_see_it_arrive(
    phone: Page, home: str, birch: Group, coordinator: User, sign_in: SignIn, sink: Sink
) -> None:
    VenueFactory(municipality=birch.municipality)
    mailed = birch.memberships.order_by("pk").first().family.people.get(kind="adult")
    mailed.channel, mailed.email, mailed.language = "email", "silje@example.org", "nb"
    mailed.save()
    arabic = birch.memberships.order_by("pk").last().family.people.get(kind="adult")
    arabic.language = "ar"
    arabic.save()
    sign_in(coordinator)
    phone.goto(f"{home}samlinger/")
    phone.get_by_role("link", name="Planlegg en samling").tap()
    phone.get_by_label("Aktivitet").fill("Vi baker brød")
    day = timezone.localdate() + timedelta(days=3)
    phone.locator("[name=day]").fill(day.isoformat())
    phone.locator("[name=start]").fill("16:30")
    phone.locator("[name=end]").fill("18:30")
    phone.locator("[name=venue]").select_option(label="Bjørkehuset")
    expect(phone.locator("#draft-state")).to_contain_text("Utkast", timeout=5000)
    phone.reload()  # the phone rang: nothing is lost
    expect(phone.get_by_label("Aktivitet")).to_have_value("Vi baker brød")
    phone.get_by_role("button", name="Lagre og se invitasjonen").tap()
    phone.wait_for_url(re.compile(r"/inviter/$"))
    assert not Draft.objects.exists()
    assert "ar" in {element.get_attribute("lang") for element in phone.locator(".bubble").all()}
    expect(phone.get_by_text(re.compile("ikke sjekket av", re.IGNORECASE)).first).to_be_attached()
    phone.get_by_role("button", name=re.compile("Send 6 meldinger")).tap()
    gathering = Gathering.objects.get()
    phone.wait_for_url(f"{home}samlinger/{gathering.pk}/")
    sent = phone.locator("#sent")
    expect(sent).to_contain_text("6 meldinger er sendt", timeout=30000)  # the page itself looks again
    assert [mail[0] for mail in sink.mails] == ["silje@example.org"]
    assert len(sink.texts) == 5
    assert "Vi baker brød" in str(sink.mails[0])
    assert all(
        re.search(r"/s/[\w-]{22}(\s|$)", text["text"]) for text in sink.texts
    )  # the rest is on the family's page


def logging(phone: Page, home: str, coordinator: User, birch: Group, sign_in: SignIn) -> Gathering:
    """She stands in the car park: the gathering began this morning."""
    now = timezone.localtime()
    start = max(now - timedelta(hours=1), now.replace(hour=0, minute=0, second=1, microsecond=0))
    row = gathering_of(birch, start, ends_at=now + timedelta(minutes=30))
    for membership in birch.memberships.all():
        invited(row, membership.family)
    sign_in(coordinator)
    phone.goto(home)
    return row


def test_a_gathering_is_logged_in_eight_taps(
    phone: Page, home: str, birch: Group, coordinator: User, sign_in: SignIn
) -> None:
    row = logging(phone, home, coordinator, birch, sign_in)
    taps = Taps(phone)
    taps.tap("link", "Loggfør samlingen")
    phone.wait_for_url(re.compile("/logg/$"))
    bar = phone.locator(".bar").bounding_box()
    last = phone.locator(".fam").nth(5).bounding_box()
    assert bar is not None
    assert last is not None
    assert phone.evaluate("window.scrollY") == 0
    assert last["y"] + last["height"] <= bar["y"]  # all six on the first screen
    for n in range(1, 6):
        taps.tap_name(f"Bjørkafamilie {n}")
    phone.locator(".fam").nth(5).get_by_text("Ingen").tap()
    taps.count += 1
    expect(phone.locator("#log-count")).to_have_text("5 av 6", timeout=5000)
    taps.tap("button", "Lagre samlingen")
    phone.wait_for_url(THANKS)
    assert taps.count == 8
    by_family = dict(Attendance.objects.filter(gathering=row).values_list("family__name", "state"))
    assert set(by_family.values()) == {"present", "absent"}
    assert by_family["Bjørkafamilie 6"] == "absent"


def test_or_in_four_with_everybody_came(
    phone: Page, home: str, birch: Group, coordinator: User, sign_in: SignIn
) -> None:
    row = logging(phone, home, coordinator, birch, sign_in)
    taps = Taps(phone)
    taps.tap("link", "Loggfør samlingen")
    taps.tap("button", "Alle kom")
    phone.locator(".fam").nth(5).get_by_text("Ingen").tap()
    taps.count += 1
    taps.tap("button", "Lagre samlingen")
    phone.wait_for_url(THANKS)
    assert taps.count == 4
    states = Attendance.objects.filter(gathering=row).values_list("family__name", "state")
    assert dict(states)["Bjørkafamilie 6"] == "absent"
    assert list(states.values_list("state", flat=True)).count("present") == 15


def test_what_is_typed_is_kept_until_it_is_saved(
    phone: Page, home: str, birch: Group, coordinator: User, sign_in: SignIn
) -> None:
    row = logging(phone, home, coordinator, birch, sign_in)
    page = f"{home}samlinger/{row.pk}/logg/"
    phone.goto(page)
    phone.get_by_label("Hva gjorde vi?").fill("Vi bakte brød fra seks kjøkken.")
    phone.locator(".fam label", has_text="Bjørkafamilie 1").first.tap()
    expect(phone.locator("#draft-state")).to_contain_text("Utkast", timeout=5000)
    phone.goto(home)
    phone.goto(page)
    expect(phone.get_by_label("Hva gjorde vi?")).to_have_value("Vi bakte brød fra seks kjøkken.")
    expect(phone.locator("[name^=family-][value=all]:checked")).to_have_count(1)
    phone.get_by_role("button", name="Lagre samlingen").tap()
    phone.wait_for_url(THANKS)
    assert not Draft.objects.exists()
    phone.goto(page)  # the edit form keeps drafts too
    phone.get_by_label("Hva gikk bra?").fill("Alle lo.")
    expect(phone.locator("#draft-state")).to_contain_text("Utkast", timeout=5000)
    phone.reload()
    expect(phone.get_by_label("Hva gikk bra?")).to_have_value("Alle lo.")


def test_the_log_works_without_javascript(
    browser: Any, live_server: Any, home: str, birch: Group, coordinator: User, context: BrowserContext, sign_in: SignIn
) -> None:
    row = gathering_of(birch, timezone.now() - timedelta(hours=3))
    sign_in(coordinator)
    plain = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 760}, locale="nb-NO")
    plain.add_cookies(context.cookies())
    page = plain.new_page()
    page.goto(f"{home}samlinger/{row.pk}/logg/")
    page.get_by_role("button", name="Alle kom").click()
    page.locator(".fam").nth(2).get_by_text("Noen").click()
    people = page.locator("li:has(.fam)").nth(2).locator(".person")
    people.nth(0).get_by_text("til stede").click()
    page.get_by_role("button", name="Lagre samlingen").click()
    page.wait_for_url(THANKS)
    page.get_by_role("button", name="Send en takk").click()
    page.wait_for_url(home)
    plain.close()
    there = Attendance.objects.filter(gathering=row, state="present").values("family").distinct().count()
    assert Message.objects.filter(kind="thanks").count() == there
    assert Attendance.objects.filter(gathering=row, state="present").count() == 16
    assert Attendance.objects.filter(gathering=row, state="absent").count() == 2


def test_the_leader_sees_where_each_group_stands(
    phone: Page, home: str, birch: Group, leader: User, coordinator: User, sign_in: SignIn
) -> None:
    gathering_of(birch, timezone.now() - timedelta(days=5))
    gathering_of(birch, timezone.now() + timedelta(days=5))
    sign_in(leader)
    phone.goto(home)
    phone.get_by_role("link", name=re.compile("Høsten 2026")).first.tap()
    expect(phone.locator("[aria-current=step]")).to_be_visible()
    expect(phone.get_by_role("table")).to_be_visible()
    expect(phone.get_by_text("oppsummering mangler").first).to_be_visible()
    width = phone.evaluate("document.documentElement.scrollWidth")
    assert width <= 360
