"""Nights in which the clock on the wall is moved, and a leap day, with time passed in; run inside `manage.py shell`."""

import threading
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

import time_machine
from django.db import connection

from bench.faults.inside import TEXT
from bench.faults.inside_hours import town_at_work
from municipalities.models import Municipality
from municipalities.tenancy import municipality
from outbox.delivery import sweep
from outbox.models import Message
from outbox.queries import quiet_of
from outbox.rules.quiet_hours import OSLO, on_the_wall
from outbox.services import enqueue

STEP = timedelta(minutes=5)
WORKERS = 4


class Promise(NamedTuple):
    name: str
    due_at: datetime
    passes: bool


def around(town: Municipality, day: date) -> Iterator[Promise]:
    """Reminders of gatherings at 17 on this day and those beside it; and letters of each half hour of the night, such
    as wait for the morning and such as do not."""
    quiet = quiet_of(town)
    for ahead in (0, 1, 2):
        starts_at = on_the_wall(day + timedelta(days=ahead), time(17))
        yield Promise(f"reminder {ahead}", quiet.reminder_at(starts_at, time(16)), passes=False)
    evening = on_the_wall(day - timedelta(days=1), time(21))
    for half_hours in range(24):
        due_at = evening + timedelta(minutes=30) * half_hours
        yield Promise(f"night {half_hours}", due_at, passes=False)
        yield Promise(f"urgent {half_hours}", due_at, passes=True)


def live_through(day: str, count: int) -> list[tuple[str, str, bool, str, str]]:
    """Promise `count` of each, and let four workers at once sweep each five minutes, from noon two days before until
    noon two days after. Of each: name, due, whether quiet hours are passed, state, and when it went by that time."""
    when, town = date.fromisoformat(day), town_at_work()
    now, end = (on_the_wall(when + timedelta(days=n), time(12)) for n in (-2, 2))
    promised = {}
    with municipality(town), time_machine.travel(now, tick=False):
        for promise in around(town, when):
            for number in range(count):
                promised[enter(town, day, promise, number)] = promise
    while now <= end:
        with time_machine.travel(now, tick=False):
            at_once(now)
        now += STEP
    with municipality(town):
        rows = Message.objects.in_bulk(list(promised))
    return [
        (promise.name, promise.due_at.isoformat(), promise.passes, rows[pk].state, on_the_clock(rows[pk].sent_at))
        for pk, promise in promised.items()
    ]


def on_the_clock(moment: datetime | None) -> str:
    return moment.astimezone(OSLO).isoformat() if moment else ""


def enter(town: Municipality, day: str, promise: Promise, number: int) -> int:
    name = f"{day}.{promise.name.replace(' ', '')}.{number}"
    return enqueue(
        key=f"fault:{name}",
        kind="fault",
        channel="email",
        address=f"{name}@example.org",
        recipient=f"person:{name}",
        recipient_name="Prøve",
        about=f"fault:{day}",
        language="nb",
        due_at=promise.due_at,
        text=TEXT,
        municipality=town,
        by=None,
        passes_quiet_hours=promise.passes,
    ).pk


def at_once(now: datetime) -> None:
    """Sweeps side by side with this time passed in, each with a connection of its own; none when nothing is due."""
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from outbox_due(%s, %s, 1)", [now, now])
        if not cursor.fetchone()[0]:
            return
    broken: list[BaseException] = []

    def work() -> None:
        try:
            sweep(now)
        except BaseException as error:
            broken.append(error)
            raise
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _n in range(WORKERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not broken, broken
