"""After a permanent failure the next way is tried, then somebody calls; what cannot be in time is told."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest

from municipalities.models import Municipality, QuietDay
from municipalities.tenancy import municipality
from outbox.delivery import MOST_ATTEMPTS, sweep
from outbox.letters import LetterKind, Way, register
from outbox.models import Message
from outbox.rules.quiet_hours import OSLO
from outbox.services import call_instead, note_called, reach_anew, retry
from outbox.tasks import close_calls_that_are_over
from outbox.texts import Text
from tests.outbox.promises import NOON, promise, state
from tests.outbox.sinks import Sink

pytestmark = pytest.mark.usefixtures("at_noon", "kinds_as_before")
SMS, MAIL, CALL = Way("sms", "+4740000001"), Way("email", "a@example.org"), Way("call", "+4740000001")


def reached_by(*ways: Way, told: list[str] | None = None) -> None:
    """The kind «try» is reached by these ways, in this order."""

    def reach(message: Message) -> Sequence[Way]:
        return ways

    def failed(message: Message) -> None:
        if told is not None:
            told.append(message.error)

    register(LetterKind("try", reach=reach, on_failed=failed))


def tried(message: Message) -> list[tuple[str, str]]:
    message.refresh_from_db()
    return [(attempt["channel"], attempt["error"]) for attempt in message.tried]


def test_the_second_way_is_tried_at_once_after_a_refusal(lillevik: Municipality, sink: Sink) -> None:
    reached_by(SMS, MAIL, CALL)
    sink.sms_status = 400
    message = promise(lillevik, channel="sms")
    assert sweep() == 1
    assert state(message) == ("sent", "")
    assert (message.channel, message.address, message.attempts) == ("email", "a@example.org", 1)
    assert tried(message) == [("sms", "Nummeret ble ikke godtatt.")]
    assert [mail[0] for mail in sink.mails] == ["a@example.org"]
    assert sink.texts == []


def test_when_both_are_refused_somebody_calls(lillevik: Municipality, sink: Sink) -> None:
    told: list[str] = []
    reached_by(SMS, MAIL, CALL, told=told)
    sink.sms_status, sink.refuse_mail = 400, "550 no such person"
    message = promise(lillevik, channel="sms")
    assert sweep() == 0
    assert state(message) == ("queued", "")
    assert (message.channel, message.address) == ("call", "+4740000001")
    assert [channel for channel, _error in tried(message)] == ["sms", "email"]
    assert told == []
    assert sweep(NOON + timedelta(days=1)) == 0  # a call waits for a person


def test_without_another_way_it_has_failed_and_somebody_is_told(lillevik: Municipality, sink: Sink) -> None:
    told: list[str] = []
    reached_by(SMS, told=told)
    sink.sms_status = 400
    message = promise(lillevik, channel="sms")
    sweep()
    assert state(message) == ("failed", "Nummeret ble ikke godtatt.")
    assert told == ["Nummeret ble ikke godtatt."]


def test_a_way_without_words_is_passed_over(lillevik: Municipality, sink: Sink) -> None:
    reached_by(SMS, MAIL, CALL)
    sink.sms_status = 400
    message = promise(lillevik, channel="sms", text=Text(subject="", body="", sms="Bare som SMS"))
    sweep()
    assert (state(message)[0], message.channel) == ("queued", "call")
    assert sink.mails == []


def test_giving_up_after_many_attempts_opens_the_next_way_too(lillevik: Municipality, sink: Sink) -> None:
    reached_by(SMS, MAIL, CALL)
    sink.sms_status = 503
    message = promise(lillevik, channel="sms")
    Message.objects.update(attempts=MOST_ATTEMPTS - 1)
    assert sweep() == 1
    assert (state(message)[0], message.channel, message.attempts) == ("sent", "email", 1)


def test_nobody_is_to_call_about_what_is_no_longer_wanted(lillevik: Municipality, sink: Sink) -> None:
    reached_by(SMS, CALL)
    sink.sms_status = 400
    message = promise(lillevik, channel="sms")
    sweep()
    assert (state(message)[0], message.channel) == ("queued", "call")
    other = promise(lillevik, "b", channel="sms")
    asked: list[Message] = []

    def overtaken(message: Message) -> str:
        asked.append(message)
        return "Samlingen er avlyst." if len(asked) > 1 else ""

    register(LetterKind("try", reach=lambda message: [SMS, CALL], still_wanted=overtaken))
    sweep()
    assert state(other) == ("cancelled", "Samlingen er avlyst.")


def test_a_silent_way_leaves_neither_words_nor_number(lillevik: Municipality, sink: Sink) -> None:
    reached_by(Way("call", "", silent=True))
    message = promise(lillevik)
    assert sweep() == 0
    assert state(message) == ("queued", "")
    row = (message.channel, message.address, message.subject, message.body, message.sms, message.calendar)
    assert row == ("call", "", "", "", "", "")


def test_trying_again_begins_with_the_first_way(lillevik: Municipality, sink: Sink) -> None:
    reached_by(SMS, MAIL, CALL)
    sink.sms_status, sink.refuse_mail = 400, "550 no such person"
    message = promise(lillevik, channel="sms")
    sweep()
    assert (state(message)[0], message.channel) == ("queued", "call")
    sink.sms_status = 202
    retry(message=message, now=NOON)
    assert sweep() == 1
    assert (state(message)[0], message.channel, tried(message)) == ("sent", "sms", [])
    retry(message=message, now=NOON)  # it has gone: nothing to try
    assert sweep() == 0


def test_a_waiting_letter_can_be_called_instead_and_one_that_went_cannot(lillevik: Municipality, sink: Sink) -> None:
    waiting, gone = promise(lillevik, due_at=NOON + timedelta(days=1)), promise(lillevik, "b")
    sweep()
    assert call_instead(message=waiting, phone="+4740000001", now=NOON)
    assert not call_instead(message=gone, phone="+4740000001", now=NOON)
    assert not call_instead(message=waiting, phone="+4740000001", now=NOON)  # a call already
    assert (state(waiting)[0], waiting.channel) == ("queued", "call")
    assert sweep(NOON + timedelta(days=2)) == 0


@pytest.mark.parametrize(("talked", "then"), [(True, "delivered"), (False, "sent")])
def test_a_call_is_noted_when_it_is_due_and_only_for_whom(
    talked: bool, then: str, lillevik: Municipality, sink: Sink
) -> None:
    due, later, other = (
        promise(lillevik, channel="call"),
        promise(lillevik, "later", channel="call", recipient="person:a", due_at=NOON + timedelta(days=1)),
        promise(lillevik, "b", channel="call"),
    )
    assert note_called(about="gathering:1", recipients=["person:a"], talked=talked, now=NOON) == 1
    assert [state(each)[0] for each in (due, later, other)] == [then, "queued", "queued"]
    assert note_called(about="gathering:1", recipients=["person:a"], talked=talked, now=NOON) == 0


def test_calls_planned_from_the_start_go_by_the_new_way(lillevik: Municipality, sink: Sink) -> None:
    planned = promise(lillevik, channel="call", due_at=NOON + timedelta(hours=1))
    fallen = promise(lillevik, "b", channel="call", recipient="person:a")
    Message.objects.filter(pk=fallen.pk).update(tried=[{"channel": "sms", "error": "x", "at": "y"}])
    reached_by(CALL)
    assert reach_anew(recipient="person:a") == 0
    reached_by(MAIL, CALL)
    assert reach_anew(recipient="person:a") == 1
    assert sweep(NOON + timedelta(hours=1)) == 1
    assert (state(planned)[0], state(fallen)[0]) == ("sent", "queued")


@pytest.mark.parametrize("late", [timedelta(0), timedelta(hours=72)])
def test_a_letter_of_no_use_any_more_is_told_and_never_sent(
    late: timedelta, lillevik: Municipality, sink: Sink
) -> None:
    told: list[str] = []
    reached_by(MAIL, CALL, told=told)
    start = NOON + timedelta(hours=2)
    message = promise(lillevik, useful_until=start)
    assert sweep(start + late) == 0
    assert state(message) == ("failed", "Den kunne ikke sendes før samlingen.")
    assert told == ["Den kunne ikke sendes før samlingen."]
    assert sink.mails == []


def test_trying_later_never_means_after_the_start(lillevik: Municipality, sink: Sink, settings: object) -> None:
    settings.EMAIL_PORT = 1
    start = NOON + timedelta(seconds=20)
    message = promise(lillevik, useful_until=start)
    sweep()
    message.refresh_from_db()
    assert (message.state, message.due_at) == ("queued", start)
    sweep(start)
    assert state(message)[0] == "failed"


def test_what_the_night_would_make_too_late_is_told_in_the_evening(lillevik: Municipality, sink: Sink) -> None:
    evening, morning = datetime(2026, 11, 24, 22, tzinfo=OSLO), datetime(2026, 11, 25, 7, 30, tzinfo=OSLO)
    message = promise(lillevik, useful_until=morning)
    assert sweep(evening) == 0
    assert state(message)[0] == "failed"
    waits = promise(lillevik, "b", useful_until=morning + timedelta(hours=4))
    assert sweep(evening) == 0
    assert (state(waits)[0], waits.due_at) == ("queued", datetime(2026, 11, 25, 8, tzinfo=OSLO))


def test_a_day_of_rest_gives_way_to_what_would_be_too_late_after_it(lillevik: Municipality, sink: Sink) -> None:
    christmas = datetime(2026, 12, 25, 12, tzinfo=OSLO)
    urgent = promise(lillevik, due_at=christmas, useful_until=christmas + timedelta(hours=5))
    calm = promise(lillevik, "b", due_at=christmas, useful_until=christmas + timedelta(days=9))
    assert sweep(christmas) == 1
    assert state(urgent)[0] == "sent"
    assert (state(calm)[0], calm.due_at) == ("queued", datetime(2026, 12, 27, 8, tzinfo=OSLO))


def test_the_municipality_chooses_its_days_and_may_send_on_holidays(
    lillevik: Municipality, storfjell: Municipality, sink: Sink
) -> None:
    with municipality(storfjell):
        QuietDay.objects.create(municipality=storfjell, day=NOON.date() + timedelta(days=1))
    QuietDay.objects.create(municipality=lillevik, day=NOON.date(), name="Minnedag")
    message = promise(lillevik)
    assert sweep() == 0
    assert (state(message)[0], message.due_at) == ("queued", datetime(2026, 11, 25, 8, tzinfo=OSLO))
    Municipality.objects.filter(pk=lillevik.pk).update(quiet_on_holidays=False)
    christmas = datetime(2026, 12, 25, 12, tzinfo=OSLO)
    assert sweep(christmas) == 1


def test_calls_that_nobody_made_are_told_after_the_start(lillevik: Municipality) -> None:
    told: list[str] = []
    reached_by(CALL, told=told)
    over = promise(lillevik, channel="call", useful_until=NOON)
    ahead = promise(lillevik, "b", channel="call", useful_until=NOON + timedelta(hours=1))
    assert close_calls_that_are_over() == 1
    assert state(over) == ("failed", "Ingen noterte at de ringte før samlingen.")
    assert state(ahead)[0] == "queued"
    assert told == ["Ingen noterte at de ringte før samlingen."]
    assert close_calls_that_are_over() == 0
