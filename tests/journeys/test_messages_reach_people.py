"""Messages from a phone: write to a group, stop what is planned, call instead, and what families answer by SMS."""

import json
import re
from collections.abc import Callable
from datetime import time, timedelta
from typing import Any

import httpx
import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from families.models import Person
from groups.models import Group
from municipalities.models import Municipality
from outbox.models import Message
from outbox.signatures import signed
from sessions_log.models import Gathering
from sessions_log.services.announcements import invite
from tests.factories import gathering_of
from tests.outbox.sinks import Sink

SignIn = Callable[[User], None]
Tell = Callable[[str, str], int]
SECRET = "a secret of the gateway"


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
def tell(live_server: Any, settings: Any) -> Tell:
    """The gateway tells of a text, over HTTP."""
    settings.SMS_WEBHOOK_SECRETS = [SECRET]

    def post(number: str, text: str) -> int:
        body = json.dumps({"from": number, "text": text, "id": f"{number}:{text}"}).encode()
        headers = {"Content-Type": "application/json", **signed(SECRET, body, timezone.now())}
        return httpx.post(f"{live_server.url}/sms/svar/", content=body, headers=headers).status_code

    return post


@pytest.fixture
def asked(birch: Group, coordinator: User) -> Gathering:
    """Invited, and the invitations have gone; the reminders wait."""
    row = gathering_of(birch, timezone.now() + timedelta(days=4))
    families = [membership.family for membership in birch.memberships.all()]
    invite(gathering=row, families=families, generation=1, by=coordinator)
    now = timezone.now()
    Message.objects.filter(kind="invitation").update(state="sent", sent_at=now, claimed_at=now)
    return row


def adult(group: Group) -> Person:
    return group.memberships.order_by("pk").first().family.people.get(kind="adult")


@pytest.mark.usefixtures("no_quiet_hours", "worker")
def test_write_to_a_group_see_what_they_get_and_send(
    phone: Page, home: str, birch: Group, coordinator: User, sign_in: SignIn, sink: Sink
) -> None:
    sign_in(coordinator)
    phone.goto(f"{home}grupper/{birch.pk}/")
    phone.get_by_role("link", name="Skriv til gruppen").tap()
    phone.locator("textarea[name=words]").fill("Hun heter 130972 48022")
    phone.get_by_role("button", name="Se hva de får").tap()
    expect(phone.locator(".ds-error-summary")).to_be_visible()
    words = phone.locator("textarea[name=words]")
    expect(words).to_have_value("Hun heter 130972 48022")  # what was typed stays
    words.fill("Vi møtes ved broen.")
    expect(phone.locator("#draft-state")).to_contain_text("Utkast", timeout=10000)
    phone.goto(f"{home}meldinger/ny/")
    expect(phone.locator("textarea[name=words]")).to_have_value("Vi møtes ved broen.")
    phone.get_by_role("button", name="Se hva de får").tap()
    expect(phone.get_by_text("6 SMS (6 deler)")).to_be_visible()
    phone.get_by_role("button", name="Send 6 meldinger").tap()
    expect(phone.locator("#sent")).to_contain_text("6 meldinger er sendt", timeout=30000)
    assert len(sink.texts) == 6
    assert all("Vi møtes ved broen." in text["text"] for text in sink.texts)


def test_see_and_stop_a_planned_reminder(
    phone: Page, home: str, birch: Group, asked: Gathering, coordinator: User, sign_in: SignIn
) -> None:
    sign_in(coordinator)
    phone.goto(f"{home}samlinger/")
    phone.get_by_role("link", name="Det som går ut av seg selv").tap()
    phone.get_by_text("Til 6 personer").tap()
    phone.get_by_role("link", name=re.compile(f"^Stopp.*{adult(birch).first_name}")).first.tap()
    phone.get_by_role("button", name="Stopp 1 melding").tap()
    expect(phone.get_by_text("Til 5 personer")).to_be_visible()
    assert Message.objects.filter(kind="reminder", state="cancelled", stopped_by=coordinator).count() == 1


def test_a_text_that_failed_becomes_a_call(
    phone: Page, home: str, birch: Group, asked: Gathering, coordinator: User, sign_in: SignIn
) -> None:
    row = Message.objects.get(kind="invitation", recipient=f"person:{adult(birch).pk}")
    Message.objects.filter(pk=row.pk).update(state="failed", sent_at=None, error="Nummeret ble ikke godtatt.")
    sign_in(coordinator)
    phone.goto(home)
    phone.get_by_role("link", name=re.compile("En melding kom ikke fram")).tap()
    expect(phone.get_by_text("Nummeret ble ikke godtatt.")).to_be_visible()
    phone.get_by_role("button", name=re.compile("^Ring i stedet")).tap()
    expect(phone.get_by_text("Står på ringelisten din nå")).to_be_visible()
    phone.goto(home)
    calls = phone.get_by_role("region", name="Ring i stedet for melding")
    expect(calls.locator(f'a[href="tel:{adult(birch).phone}"]')).to_be_visible()
    calls.get_by_role("button", name=re.compile("^Jeg ringte")).tap()
    expect(calls).to_have_count(0)
    row.refresh_from_db()
    assert (row.channel, row.state) == ("call", "delivered")


def test_what_families_answer_by_sms_is_seen(
    phone: Page, home: str, birch: Group, asked: Gathering, coordinator: User, sign_in: SignIn, tell: Tell
) -> None:
    person = adult(birch)
    assert tell(person.phone, "Ja takk") == 204
    sign_in(coordinator)
    phone.goto(f"{home}samlinger/{asked.pk}/")
    expect(phone.get_by_text("svarte selv")).to_be_visible()
    assert tell(person.phone, "Vi blir litt sene") == 204
    phone.goto(home)
    texts = phone.get_by_role("region", name="De skrev")
    expect(texts.get_by_text("Vi blir litt sene")).to_be_visible()
    texts.get_by_role("button", name=re.compile("^Gjort")).tap()
    expect(texts).to_have_count(0)
    assert tell(person.phone, "STOP") == 204
    phone.goto(home)
    expect(texts.get_by_text(re.compile("vil ikke ha flere SMS"))).to_be_visible()
    person.refresh_from_db()
    assert person.channel == "call"
    assert Message.objects.get(kind="reminder", recipient=f"person:{person.pk}").channel == "call"
