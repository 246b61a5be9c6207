"""From the coordinator's preview to the family's answer: the link arrives by SMS and mail, and opens on a phone."""

import re
from collections.abc import Callable
from datetime import time, timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from accounts.models import User
from families.models import Family, Person
from groups.models import Group
from municipalities.models import Municipality
from outbox.models import Message
from sessions_log.models import Gathering, Reply
from tests.factories import gathering_of
from tests.outbox.sinks import Sink

SignIn = Callable[[User], None]
Open = Callable[[str], Page]
LINK = re.compile(r"https?://[^/\s]+/s/[\w-]{22}")
SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture
def home(live_server: Any) -> str:
    return f"{live_server.url}/k/9901/"


@pytest.fixture
def no_quiet_hours(lillevik: Municipality) -> None:
    """Journeys run by night and on holidays too."""
    lillevik.quiet_from = lillevik.quiet_to = time(8)
    lillevik.quiet_on_holidays = False
    lillevik.save()


@pytest.fixture
def gathering(birch: Group) -> Gathering:
    return gathering_of(birch, timezone.now() + timedelta(days=4))


@pytest.fixture
def theirs(browser: Browser) -> Any:
    """Another phone, without script: nobody is signed in on it."""
    context = browser.new_context(viewport={"width": 360, "height": 760}, has_touch=True, java_script_enabled=False)
    yield context.new_page()
    context.close()


def adult(group: Group, n: int, language: str, **more: Any) -> Person:
    person = group.memberships.order_by("pk")[n].family.people.get(kind="adult")
    for name, value in {"language": language, **more}.items():
        setattr(person, name, value)
    person.save()
    return person


def send(phone: Page, home: str, gathering: Gathering) -> None:
    """The coordinator looks and sends; she sees where the links stand, and none of them."""
    phone.goto(f"{home}samlinger/{gathering.pk}/inviter/")
    expect(phone.get_by_text("Hver får sin egen lenke der.").first).to_be_visible()
    assert not re.search(r"/s/[\w-]", phone.content())
    phone.get_by_role("button", name="Send 6 meldinger").tap()
    expect(phone.locator("#sent")).to_contain_text("6 meldinger er sendt", timeout=30000)
    assert not re.search(r"/s/[\w-]", phone.content())


def link_in(text: str) -> str:
    found = LINK.search(text)
    assert found, text
    return found[0]


@pytest.mark.usefixtures("no_quiet_hours", "worker")
def test_yes_in_bokmaal_from_a_text_message(
    phone: Page,
    theirs: Page,
    home: str,
    birch: Group,
    gathering: Gathering,
    coordinator: User,
    sign_in: SignIn,
    sink: Sink,
) -> None:
    person = adult(birch, 0, "nb")
    children = person.family.people.filter(kind="child").count()
    sign_in(coordinator)
    send(phone, home, gathering)
    text = next(text for text in sink.texts if text["to"] == person.phone)["text"]
    assert "{link}" not in text
    assert not Message.objects.filter(sms__contains="/s/").exists()

    theirs.goto(link_in(text))
    expect(theirs.get_by_role("heading", level=1)).to_have_text(gathering.title)
    assert not theirs.evaluate(SIDEWAYS)
    theirs.get_by_text("Ja, vi kommer").tap()
    theirs.get_by_text("Vi trenger skyss").tap()
    theirs.get_by_label("Mat dere ikke spiser").fill("ikke svin")
    theirs.get_by_role("button", name="Send svaret").tap()
    expect(theirs.locator(".ds-alert")).to_have_text("Takk. Vi ses.")
    reply = Reply.objects.get(family=person.family_id)
    assert (reply.adults, reply.children, reply.needs_lift, reply.food) == (1, children, True, "ikke svin")

    phone.goto(home)
    coming = phone.get_by_role("region", name=gathering.title)
    expect(coming).to_contain_text(re.compile(r"1\s*familier? kommer"))
    expect(coming).to_contain_text("1 familie trenger skyss.")
    phone.goto(f"{home}samlinger/{gathering.pk}/")
    expect(phone.get_by_text("svarte selv")).to_be_visible()
    phone.get_by_role("link", name=re.compile("^Noter det på familien")).tap()
    phone.get_by_role("button", name="Lagre").tap()
    expect(phone.get_by_text(f"{person.family.name}: ikke svin")).to_be_visible()
    assert Family.objects.get(pk=person.family_id).food_needs == "ikke svin"

    phone.get_by_text("Til hvem").tap()
    phone.get_by_role("link", name=re.compile(f"^Steng lenken.*{person.first_name}, invitasjon")).first.tap()
    phone.get_by_role("button", name="Steng lenken").tap()
    expect(phone.get_by_text("Lenken er stengt.")).to_be_visible()
    theirs.goto(link_in(text))
    expect(theirs.get_by_text(f"Ring {coordinator.first_name} på")).to_be_visible()


@pytest.mark.usefixtures("no_quiet_hours", "worker")
def test_yes_in_arabic_from_a_mail(
    phone: Page,
    theirs: Page,
    home: str,
    birch: Group,
    gathering: Gathering,
    coordinator: User,
    sign_in: SignIn,
    sink: Sink,
) -> None:
    person = adult(birch, 0, "ar", channel="email", email="amal@example.org")
    sign_in(coordinator)
    send(phone, home, gathering)
    words = next(words for to, _subject, words, _id in sink.mails if to == "amal@example.org")

    theirs.goto(link_in(words))
    assert theirs.evaluate("[document.documentElement.lang, document.documentElement.dir]") == ["ar", "rtl"]
    assert not theirs.evaluate(SIDEWAYS)
    theirs.get_by_text("نعم، سنأتي").tap()
    theirs.get_by_text("نحتاج إلى مترجم").tap()
    theirs.get_by_role("button", name="أرسلوا الجواب").tap()
    expect(theirs.locator(".ds-alert")).to_be_visible()
    assert not theirs.evaluate(SIDEWAYS)
    reply = Reply.objects.get(family=person.family_id)
    assert (reply.coming, reply.needs_interpreter) == (True, True)

    phone.goto(f"{home}samlinger/{gathering.pk}/")
    expect(phone.get_by_role("heading", name="Tolk")).to_be_visible()
    expect(phone.get_by_text("arabisk", exact=True).first).to_be_visible()
