"""One clock decides when a message goes and whose turn it is: the database's.

Machines' clocks may be off, also by an hour. A worker that went by its own would send what is not due, let
wait what is, or take over what a colleague is still working on.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta

from django.db import connection
from django.utils import timezone

AT_ONCE = timedelta(minutes=1)  # between a request's reading of its clock and the promise
HOLDS = 5.0  # seconds for which a reading serves those who promise; those who claim read anew
_moment: ContextVar[datetime | None] = ContextVar("moment", default=None)
_reading: tuple[float, datetime] | None = None


def now() -> datetime:
    """The database's clock, also within a transaction. One query."""
    with connection.cursor() as cursor:
        cursor.execute("select clock_timestamp()")
        [moment] = cursor.fetchone()
    return moment  # type: ignore[no-any-return]


def lately() -> datetime:
    """The same, from a reading at most five seconds old, counted on by a clock that nobody sets."""
    global _reading  # noqa: PLW0603 - one a process
    if _reading is None or time.monotonic() - _reading[0] > HOLDS:
        moment = now()
        _reading = (time.monotonic(), moment)
    began, moment = _reading
    return moment + timedelta(seconds=time.monotonic() - began)


def no_later(due_at: datetime) -> datetime:
    """What is to go at once by the clock of who promises it is due by the database's too, if that is behind.

    What falls due at another time was chosen by somebody, and is left: on a machine that is ahead it may look past.
    """
    is_at_once = timedelta(0) <= timezone.now() - due_at < AT_ONCE
    return min(due_at, lately()) if is_at_once else due_at


@contextmanager
def deciding_at(moment: datetime) -> Iterator[None]:
    """Within it, kinds of letters that ask `moment()` whether they are still wanted get this one."""
    token = _moment.set(moment)
    try:
        yield
    finally:
        _moment.reset(token)


def moment() -> datetime:
    """The moment for which the worker decides just now; outside of a decision the machine's own."""
    return _moment.get() or timezone.now()
