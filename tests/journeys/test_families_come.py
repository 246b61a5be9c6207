"""Families come: one is referred by somebody at work, one signs itself up. On a phone, with the real worker and SMS."""

import re
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from accounts.models import Draft, User
from families.models import Family, PendingReferral, Referral
from municipalities.models import Municipality
from planning.models import Round, RoundCoordinator
from tests.outbox.sinks import Sink

SignIn = Callable[[User], None]


class Thumb:
    """Counts what a thumb does: each tap, and each field it writes in as one."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.count = 0

    def write(self, name: str, words: str) -> None:
        self.page.locator(f"[name={name}]").fill(words)
        self.count += 1

    def choose(self, name: str, value: str) -> None:
        self.page.locator(f"select[name={name}]").select_option(value)
        self.count += 2  # opening the list, and the answer

    def tick(self, name: str) -> None:
        self.page.locator(f"[name={name}]").check()
        self.count += 1

    def send(self) -> None:
        self.page.locator("main form button[type=submit]").first.tap()
        self.count += 1


@pytest.fixture
def open_form(lillevik: Municipality) -> None:
    lillevik.public_form_open = True
    lillevik.save()


def test_a_referrer_refers_in_few_taps_and_loses_nothing(
    phone: Page, live_server: Any, autumn: Round, referrer: User, sign_in: SignIn
) -> None:
    sign_in(referrer)
    refer = f"{live_server.url}/k/9901/henvis/"
    phone.goto(refer)
    thumb = Thumb(phone)
    thumb.write("adult", "Yasmin Rahimi")
    thumb.write("phone", "400 00 777")
    expect(phone.locator("#draft-state")).to_contain_text("Utkast", timeout=5000)
    phone.goto(refer)  # somebody came to the door
    expect(phone.locator("[name=adult]")).to_have_value("Yasmin Rahimi")
    thumb.choose("language", "fa_AF")
    thumb.choose("source_kind", "refugee")
    thumb.tick("agreed_to_contact")
    thumb.tick("referrer_sees_status")
    thumb.send()
    phone.wait_for_url(f"{live_server.url}/k/9901/mine-henvisninger/")
    expect(phone.get_by_text("Rahimi").first).to_be_visible()
    assert thumb.count <= 9
    referral = Referral.objects.get()
    assert (referral.source_kind, referral.referrer_sees_status) == ("refugee", True)
    time.sleep(1)  # what was typed last may be on its way still
    assert not Draft.objects.exists()


@pytest.fixture
def without_script(browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[Page]:
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.mark.usefixtures("open_form", "worker")
def test_a_family_signs_itself_up_in_ukrainian_without_script(
    without_script: Page,
    phone: Page,
    live_server: Any,
    autumn: Round,
    coordinator: User,
    sign_in: SignIn,
    sink: Sink,
) -> None:
    RoundCoordinator.objects.create(municipality=autumn.municipality, round=autumn, user=coordinator)
    page = without_script
    page.goto(f"{live_server.url}/k/9901/bli-med/")
    page.get_by_role("link", name="Українська").tap()
    expect(page.locator("html")).to_have_attribute("lang", "uk")
    thumb = Thumb(page)
    thumb.send()
    expect(page.locator(".ds-error-summary")).to_contain_text("Щось потрібно виправити")
    thumb.write("adult", "Олена Шевчук")
    thumb.write("contact", "400 00 777")
    thumb.write("children", "2016, 2019")
    thumb.tick("agree")
    thumb.send()
    page.wait_for_url(re.compile("/bli-med/kode/"))
    for _second in range(60):
        if sink.texts:
            break
        time.sleep(0.5)
    text = sink.texts[0]
    assert text["to"] == "+4740000777"
    page.get_by_label("Код", exact=True).fill(re.findall(r"\d{6}", text["text"])[0])
    page.get_by_role("button", name="Підтвердити").tap()
    page.wait_for_url(re.compile("/bli-med/takk/"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Дякуємо")
    assert thumb.count <= 6
    assert not PendingReferral.objects.exists()
    assert Family.objects.get().people.filter(kind="child").count() == 2
    sign_in(coordinator)
    phone.goto(f"{live_server.url}/k/9901/familier/")
    expect(phone.get_by_role("link", name="Шевчук", exact=True)).to_be_visible()
