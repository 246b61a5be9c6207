"""Who is called rather than written to, until the note that it was done; and the second way of an adult."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.models import User
from families.models import Family, Person
from families.services.protection import change_protection
from groups.models import Group
from municipalities.models import Municipality, QuietDay
from outbox.delivery import sweep
from outbox.models import Message
from sessions_log.models import CallNote, Gathering
from sessions_log.services.announcements import end_invitations, invite
from sessions_log.services.gatherings import cancel_gathering
from sessions_log.services.replies import note_call, note_reply
from tests.conftest import Browser
from tests.factories import OSLO, gathering_of
from tests.outbox.sinks import Sink
from tests.sessions_log.test_plan_and_invite import plan

Browse = Callable[[User | None], Browser]
ROOT = "/k/9901/samlinger/"
TUESDAY = datetime(2026, 11, 24, 12, 0, tzinfo=OSLO)
FRIDAY = datetime(2026, 11, 27, 17, 0, tzinfo=OSLO)


@pytest.fixture(autouse=True)
def on_tuesday() -> object:
    with time_machine.travel(TUESDAY, tick=False):
        yield


@pytest.fixture
def friday(birch: Group) -> Gathering:
    return gathering_of(birch, FRIDAY)


@pytest.fixture
def family(birch: Group) -> Family:
    return birch.memberships.order_by("pk").first().family


def adult(family: Family, **fields: object) -> Person:
    family.people.filter(kind="adult").update(**fields)
    return family.people.get(kind="adult")


def invited(gathering: Gathering, family: Family) -> list[Message]:
    invite(gathering=gathering, families=[family], generation=gathering.generation, by=gathering.created_by)
    return rows()


def rows() -> list[Message]:
    return list(Message.objects.order_by("due_at", "pk"))


def calls() -> list[tuple[str, str]]:
    return [(row.kind, row.state) for row in rows() if row.channel == "call"]


def test_a_family_that_is_only_called_is_on_the_list_from_the_start(friday: Gathering, family: Family) -> None:
    person = adult(family, channel="call")
    invitation, reminder = invited(friday, family)
    assert [(row.kind, row.channel, row.address) for row in (invitation, reminder)] == [
        ("invitation", "call", person.phone),
        ("reminder", "call", person.phone),
    ]
    assert (reminder.due_at, reminder.useful_until) == (FRIDAY - timedelta(days=1, hours=1), FRIDAY)
    assert invitation.sms  # what is to be said
    assert sweep(FRIDAY - timedelta(hours=1)) == 0
    assert calls() == [("invitation", "queued"), ("reminder", "queued")]


def test_of_a_protected_family_the_row_says_nothing(friday: Gathering, family: Family) -> None:
    Family.objects.filter(pk=family.pk).update(protection="confidential")
    adult(family, channel="call")
    for row in invited(friday, family):
        said = (row.address, row.subject, row.body, row.sms, row.calendar)
        assert (row.channel, row.state, said) == ("call", "queued", ("", "", "", "", ""))


def test_a_family_that_became_protected_since_is_called(friday: Gathering, family: Family, sink: Sink) -> None:
    invited(friday, family)
    Family.objects.filter(pk=family.pk).update(protection="confidential")
    assert sweep() == 0
    invitation = rows()[0]
    assert (invitation.channel, invitation.state, invitation.address, invitation.sms) == ("call", "queued", "", "")
    assert sink.texts == []


def test_when_it_becomes_protected_calls_to_be_made_fall_silent_at_once(
    friday: Gathering, family: Family, coordinator: User
) -> None:
    adult(family, channel="call")
    assert invited(friday, family)[0].sms
    change_protection(family=family, protection="confidential", by=coordinator)
    assert [(row.channel, row.state, row.address, row.body, row.sms) for row in rows()] == [
        ("call", "queued", "", "", "")
    ] * 2
    change_protection(family=family, protection="none", by=coordinator)
    family.people.filter(kind="adult").update(channel="sms")
    assert rows()[0].channel == "call"  # its words are gone


@pytest.mark.parametrize(("outcome", "then"), [("called", "delivered"), ("left_word", "sent")])
def test_noting_the_call_does_what_was_due(
    outcome: str, then: str, friday: Gathering, family: Family, coordinator: User, browse: Browse
) -> None:
    adult(family, channel="call")
    invited(friday, family)
    browse(coordinator).post(f"{ROOT}{friday.pk}/ringt/{family.pk}/", {"outcome": outcome})
    assert calls() == [("invitation", then), ("reminder", "queued")]  # she is reminded on Thursday
    assert CallNote.objects.get().outcome == outcome


def test_somebody_elses_calls_are_left(friday: Gathering, birch: Group, coordinator: User) -> None:
    first, second = [row.family for row in birch.memberships.order_by("pk")[:2]]
    for each in (first, second):
        adult(each, channel="call")
        invited(friday, each)
    note_call(gathering=friday, family=first, outcome="called", by=coordinator, now=TUESDAY)
    assert sorted(state for kind, state in calls() if kind == "invitation") == ["delivered", "queued"]


def test_a_moved_gathering_gives_one_call_about_the_new_time(
    friday: Gathering, family: Family, birch: Group, coordinator: User, browse: Browse
) -> None:
    adult(family, channel="call")
    invited(friday, family)
    browse(coordinator).post(f"{ROOT}{friday.pk}/plan/", plan(birch, start="18:00", end="20:00"))
    assert [each for each in calls() if each[1] == "queued"] == [("change", "queued"), ("reminder", "queued")]
    assert sorted(kind for kind, state in calls() if state == "cancelled") == ["invitation", "reminder"]


def test_a_cancelled_gathering_leaves_one_call(friday: Gathering, family: Family, coordinator: User) -> None:
    adult(family, channel="call")
    invited(friday, family)
    cancel_gathering(gathering=friday, by=coordinator, now=TUESDAY)
    assert [kind for kind, state in calls() if state == "queued"] == ["cancellation"]


def test_a_family_that_left_is_not_called(friday: Gathering, family: Family, coordinator: User) -> None:
    adult(family, channel="call")
    invited(friday, family)
    end_invitations(family, TUESDAY, coordinator)
    assert {state for _kind, state in calls()} == {"cancelled"}


def test_a_family_that_is_not_coming_is_not_called_to_be_reminded(
    friday: Gathering, family: Family, coordinator: User
) -> None:
    adult(family, channel="call")
    invited(friday, family)
    note_reply(gathering=friday, family=family, coming=False, by=coordinator, now=TUESDAY)
    assert ("reminder", "cancelled") in calls()


def test_a_refused_number_goes_on_by_her_second_channel(friday: Gathering, family: Family, sink: Sink) -> None:
    adult(family, second_channel="email", email="amina@example.org")
    sink.sms_status = 400
    invited(friday, family)
    assert sweep() == 1
    invitation = rows()[0]
    assert (invitation.state, invitation.channel, invitation.address) == ("sent", "email", "amina@example.org")
    assert [to for to, *_rest in sink.mails] == ["amina@example.org"]


def test_without_a_second_channel_it_becomes_a_call(friday: Gathering, family: Family, sink: Sink) -> None:
    person = adult(family)
    sink.sms_status = 400
    invited(friday, family)
    assert sweep() == 0
    invitation = rows()[0]
    assert (invitation.state, invitation.channel, invitation.address) == ("queued", "call", person.phone)


def test_nobody_is_called_about_a_plan_that_changed_while_it_was_on_its_way(
    friday: Gathering, family: Family, coordinator: User, sink: Sink
) -> None:
    sink.sms_status = 400
    invited(friday, family)
    Gathering.objects.filter(pk=friday.pk).update(cancelled_at=TUESDAY, cancelled_by=coordinator)
    sweep()
    assert rows()[0].state == "cancelled"


def test_an_adult_who_moved_out_is_not_written_to(friday: Gathering, family: Family, sink: Sink) -> None:
    invited(friday, family)
    adult(family, left_on=TUESDAY.date())
    assert sweep() == 0
    assert rows()[0].state == "cancelled"


def test_an_invitation_that_is_held_up_until_the_start_is_told_as_failed(
    friday: Gathering, family: Family, coordinator: User, sink: Sink, settings: object
) -> None:
    settings.SMS_URLS = ["http://127.0.0.1:1/sms"]
    invited(friday, family)
    assert sweep() == 0
    with time_machine.travel(FRIDAY, tick=False):
        assert sweep() == 0
    told = {(row.kind, row.state, row.error) for row in rows()}
    assert told == {
        ("invitation", "failed", "Den kunne ikke sendes før samlingen."),
        ("reminder", "failed", "Den kunne ikke sendes før samlingen."),
    }


def test_a_cancellation_told_during_the_gathering_is_still_of_use(
    friday: Gathering, family: Family, coordinator: User, sink: Sink
) -> None:
    invited(friday, family)
    during = FRIDAY + timedelta(minutes=30)
    with time_machine.travel(during, tick=False):
        cancel_gathering(gathering=friday, by=coordinator, now=during)
        assert sweep() == 1
    [text] = sink.texts
    assert text["id"].split(":")[1] == "cancellation"


def test_a_reminder_on_a_day_of_rest_comes_when_it_is_of_use(
    birch: Group, family: Family, lillevik: Municipality
) -> None:
    QuietDay.objects.create(municipality=lillevik, day=FRIDAY.date() - timedelta(days=1), name="Minnedag")
    morning = gathering_of(birch, FRIDAY.replace(hour=10))
    [_invitation, reminder] = sorted(invited(morning, family), key=lambda row: row.kind)
    assert timezone.localtime(reminder.due_at) == datetime(2026, 11, 25, 16, 0, tzinfo=OSLO)
    evening = gathering_of(birch, FRIDAY)
    reminder = next(row for row in invited(evening, family) if row.key.startswith(f"reminder:{evening.pk}:"))
    assert timezone.localtime(reminder.due_at) == datetime(2026, 11, 27, 8, 0, tzinfo=OSLO)


def test_who_is_written_to_again_gets_what_was_still_to_be_said(
    friday: Gathering, family: Family, coordinator: User, browse: Browse, sink: Sink
) -> None:
    person = adult(family, channel="call")
    invited(friday, family)
    prefix = f"person-{person.pk}"
    form = {
        "name": family.name,
        "languages": [],
        "protection": "none",
        f"{prefix}-name": person.name,
        f"{prefix}-phone": person.phone,
        f"{prefix}-receives": "on",
        f"{prefix}-channel": "sms",
        f"{prefix}-language": "nb",
    }
    assert browse(coordinator).post(f"/k/9901/familier/{family.pk}/endre/", form).status_code == 302
    assert sweep() == 1
    assert [(row.kind, row.channel, row.state) for row in rows()] == [
        ("invitation", "sms", "sent"),
        ("reminder", "sms", "queued"),
    ]
