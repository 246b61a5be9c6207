"""Whether telling families at once would pass the quiet hours. That takes one question to the sender (model)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from municipalities.models import Municipality
from outbox.queries import quiet_of
from outbox.rules.quiet_hours import USELESS_WITHIN

SOON = timedelta(hours=24)


@dataclass(frozen=True)
class Silence:
    """It is quiet now, and what is told is about a gathering within 24 hours. `until`: when the letter goes when it is
    not let through. `near`: the start that families reckon with."""

    until: datetime
    near: datetime
    useful_until: datetime

    @property
    def is_too_late(self) -> bool:
        """A letter that waits is never sent."""
        return self.until >= self.useful_until

    @property
    def sends_now(self) -> bool:
        """The default: only when a letter that waits comes too late to be of use is anybody disturbed."""
        return self.until > self.near - USELESS_WITHIN


def is_soon(now: datetime, *starts: datetime) -> bool:
    """Whether one of these is within 24 hours: the time families know, or the new one."""
    return min(starts) - now <= SOON


def silence(
    *, town: Municipality, starts: tuple[datetime, ...], useful_until: datetime, now: datetime
) -> Silence | None:
    """None when nothing has to be asked: it is not soon, or a letter goes at once by itself. No query when not soon."""
    if not is_soon(now, *starts) or useful_until <= now:
        return None
    until = quiet_of(town).when_useful(now, useful_until)
    return Silence(until, min(starts), useful_until) if until > now else None
