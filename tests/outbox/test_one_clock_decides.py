"""Machines' clocks may be off: the database's decides what is due, and pauses are long enough for three days."""

import random
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from municipalities.models import Municipality
from outbox import clock
from outbox.channels.errors import ChannelError
from outbox.clock import lately, now
from outbox.delivery import put_off, sweep
from outbox.letters import LetterKind, register
from outbox.models import Message
from outbox.tasks import sweep as sweep_by_the_worker
from tests.outbox.promises import NOON, promise, state
from tests.outbox.sinks import Sink

HOUR = timedelta(hours=1)
SOON = timedelta(seconds=30)


@pytest.fixture
def of_the_database(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """The real thing, as on a server."""
    monkeypatch.setattr(clock, "now", now)
    monkeypatch.setattr(clock, "lately", lately)
    return now()


@pytest.mark.django_db
@pytest.mark.parametrize("off", [HOUR, -HOUR])
def test_the_databases_clock_is_read_whatever_the_machines_shows(of_the_database: datetime, off: timedelta) -> None:
    with time_machine.travel(datetime.now(UTC) + off, tick=True):
        for shown in (clock.now(), clock.lately()):
            assert abs(shown - of_the_database) < SOON


@pytest.mark.parametrize("off", [HOUR, -HOUR])
def test_a_worker_whose_clock_is_off_sends_what_is_due_and_nothing_else(
    lillevik: Municipality, sink: Sink, of_the_database: datetime, off: timedelta
) -> None:
    due = promise(lillevik, due_at=of_the_database, passes_quiet_hours=True)
    early = promise(lillevik, "b", due_at=of_the_database + HOUR / 2, passes_quiet_hours=True)
    held = promise(lillevik, "c", due_at=of_the_database, passes_quiet_hours=True)
    Message.objects.filter(pk=held.pk).update(state="sending", claimed_at=of_the_database)
    with time_machine.travel(datetime.now(UTC) + off, tick=True):
        assert sweep_by_the_worker() == 1
    assert [state(message)[0] for message in (due, early, held)] == ["sent", "queued", "sending"]
    due.refresh_from_db()
    assert due.sent_at is not None
    assert timedelta(0) <= due.sent_at - of_the_database < SOON


def test_a_promise_from_a_machine_that_is_ahead_goes_at_once(
    lillevik: Municipality, sink: Sink, of_the_database: datetime
) -> None:
    with time_machine.travel(datetime.now(UTC) + HOUR, tick=True):
        at_once = promise(lillevik, due_at=datetime.now(UTC), passes_quiet_hours=True)
        planned = promise(lillevik, "b", due_at=of_the_database + 2 * HOUR, passes_quiet_hours=True)
        seems_past = promise(lillevik, "c", due_at=of_the_database + HOUR / 2, passes_quiet_hours=True)
    assert sweep() == 1
    assert [state(message)[0] for message in (at_once, planned, seems_past)] == ["sent", "queued", "queued"]
    planned.refresh_from_db()
    assert planned.due_at == of_the_database + 2 * HOUR


@pytest.mark.usefixtures("kinds_as_before")
def test_a_kind_is_asked_at_the_moment_that_the_worker_decides_for(lillevik: Municipality, sink: Sink) -> None:
    asked: list[datetime] = []

    def still_wanted(message: Message) -> str:
        asked.append(clock.moment())
        return ""

    register(LetterKind("try", still_wanted=still_wanted))
    promise(lillevik)
    sweep(NOON + HOUR)
    assert asked == [NOON + HOUR]


def test_a_provider_may_be_away_for_three_days_also_with_the_shortest_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(random, "uniform", lambda shortest, _longest: shortest)
    message = Message(due_at=NOON, channel="email")
    while message.due_at < NOON + timedelta(hours=72):
        message.attempts += 1
        put_off(message, ChannelError("away", permanent=False), message.due_at)
        assert message.state == "queued", (message.attempts, message.due_at)
    assert message.attempts == 185
