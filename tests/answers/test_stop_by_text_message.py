"""STOP ends text messages at once, says what remains, and the coordinator sees it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from answers.models import IncomingText
from families.models import Consent, Person
from families.services.consents import give_consent
from groups.models import Group
from outbox.delivery import sweep
from outbox.models import Message
from sessions_log.models import Gathering
from sessions_log.services.announcements import invite
from tests.conftest import Browser
from tests.factories import gathering_of

Tell = Callable[..., int]
HOME = "/k/9901/"


@pytest.fixture
def amina(birch: Group, coordinator: User) -> Person:
    """She gets text messages, and has said yes to it."""
    person = birch.memberships.first().family.people.get(kind="adult")
    person.name = "Amina Ali"
    person.save()
    give_consent(
        family=person.family, purpose="sms", person=person, given_by=person, by=coordinator, now=timezone.now()
    )
    return person


@pytest.fixture
def asked(birch: Group, amina: Person, coordinator: User) -> Gathering:
    row = gathering_of(birch, timezone.now() + timedelta(days=4))
    invite(gathering=row, families=[amina.family], generation=1, by=coordinator)
    now = timezone.now()
    Message.objects.filter(kind="invitation").update(state="sent", sent_at=now, claimed_at=now)
    return row


def reminder() -> Message:
    return Message.objects.get(kind="reminder")


def test_what_waits_becomes_a_call_and_the_consent_ends(amina: Person, asked: Gathering, tell: Tell) -> None:
    assert tell(amina.phone, "STOP") == 204
    amina.refresh_from_db()
    assert (amina.channel, amina.receives) == ("call", True)
    assert Consent.objects.get(purpose="sms").withdrawn_at is not None
    row = reminder()
    assert (row.channel, row.address, row.state) == ("call", amina.phone, "queued")
    assert [attempt["channel"] for attempt in row.tried] == ["sms"]
    last = Message.objects.get(kind="stopped")
    assert (last.channel, last.address, last.passes_quiet_hours) == ("sms", amina.phone, True)
    assert "Ingrid" in last.sms
    assert asked.replies.count() == 0


def test_it_goes_by_mail_where_that_is_her_second_way(amina: Person, asked: Gathering, tell: Tell) -> None:
    amina.email, amina.second_channel = "amina@example.org", "email"
    amina.save()
    tell(amina.phone, "توقف")
    amina.refresh_from_db()
    assert (amina.channel, amina.second_channel) == ("email", "")
    assert (reminder().channel, reminder().address) == ("email", "amina@example.org")
    assert Message.objects.filter(kind="stopped_mail", channel="sms").count() == 1


def test_no_text_message_goes_after_it_but_the_one_that_says_so(
    amina: Person, asked: Gathering, tell: Tell, birch: Group
) -> None:
    tell(amina.phone, "Stopp")
    tell(amina.phone, "stopp!")  # twice is once
    assert Message.objects.filter(channel="sms", state="queued").exclude(kind="stopped").count() == 0
    later = gathering_of(birch, timezone.now() + timedelta(days=9))
    invite(gathering=later, families=[amina.family], generation=1, by=asked.created_by)
    assert not Message.objects.filter(channel="sms", about=f"gathering:{later.pk}").exists()


def test_the_coordinator_sees_it_until_she_says_so(
    amina: Person, asked: Gathering, tell: Tell, coordinator: User, browse: Callable[[User | None], Browser]
) -> None:
    tell(amina.phone, "stop")
    mine = browse(coordinator)
    assert "Amina" in mine.get(HOME).content.decode()
    row = IncomingText.objects.get()
    mine.post(  # an answer noted about the gathering does not take it away
        f"{HOME}samlinger/{asked.pk}/svar/{amina.family_id}/", {"coming": "no"}
    )
    assert IncomingText.objects.waiting().count() == 1
    mine.post(f"{HOME}svar/{row.pk}/ferdig/", {"outcome": "done"})
    assert IncomingText.objects.waiting().count() == 0


def test_stop_from_a_phone_that_two_share_holds_for_both(
    amina: Person, birch: Group, asked: Gathering, tell: Tell
) -> None:
    other = birch.memberships.last().family.people.get(kind="adult")
    Person.objects.filter(pk=other.pk).update(phone=amina.phone)
    tell(amina.phone, "STOP")
    other.refresh_from_db()
    assert other.channel == "call"
    assert Message.objects.filter(kind="stopped").count() == 1


def test_the_words_arrive(amina: Person, asked: Gathering, tell: Tell, sink: object) -> None:
    tell(amina.phone, "STOP")
    sweep()
    assert [text["to"] for text in sink.texts] == [amina.phone]
    assert Message.objects.get(kind="stopped").state == "sent"
