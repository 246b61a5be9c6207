"""No messages at night and on days of rest, by the clock on the wall in Norway, also when that clock is moved."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from holidays import country_holidays

OSLO = ZoneInfo("Europe/Oslo")
USELESS_WITHIN = timedelta(hours=3)  # of the start: who is told then has left home, or made other plans
LOOKS_BACK = 14  # days: no calendar has as many days of rest in a row


@cache
def public_holidays(year: int) -> frozenset[date]:
    """Norway's, as the law has them. Sundays are none."""
    return frozenset(country_holidays("NO", years=year))


@dataclass(frozen=True)
class Quiet:
    """When a municipality sends nothing: each night from `start` up to, not including, `end` (equal times: never), the
    public holidays when `on_holidays`, and `days` of its own choice, which last from midnight to midnight."""

    start: time
    end: time
    on_holidays: bool = False
    days: frozenset[date] = frozenset()

    @property
    def nights_only(self) -> "Quiet":
        return Quiet(self.start, self.end)

    def rests_on(self, day: date) -> bool:
        return day in self.days or (self.on_holidays and day in public_holidays(day.year))

    def is_night(self, clock: time) -> bool:
        if self.start == self.end:
            return False
        if self.start < self.end:
            return self.start <= clock < self.end
        return clock >= self.start or clock < self.end

    def covers(self, moment: datetime) -> bool:
        local = moment.astimezone(OSLO)
        return self.rests_on(local.date()) or self.is_night(local.time())

    def next_allowed(self, moment: datetime) -> datetime:
        """The moment itself, or the end of the quiet time that it falls into."""
        while self.covers(moment):
            local = moment.astimezone(OSLO)
            tomorrow = local.date() + timedelta(days=1)
            if self.rests_on(local.date()):
                moment = on_the_wall(tomorrow, time.min)
            else:
                morning = on_the_wall(tomorrow if local.time() >= self.end else local.date(), self.end)
                # In the night whose hour comes twice that may be its first time, and behind us.
                moment = morning if morning > moment else morning + timedelta(hours=1)
        return moment

    def when_useful(self, moment: datetime, useful_until: datetime | None) -> datetime:
        """The same, but a day of rest gives way to what would come too late after it; the night does not."""
        later = self.next_allowed(moment)
        too_late = useful_until is not None and useful_until <= later
        return self.nights_only.next_allowed(moment) if too_late else later

    def reminder_at(self, starts_at: datetime, clock: time) -> datetime:
        """The day before at this hour. When that is quiet: as soon as it ends, if that is early enough to be of use;
        else at the same hour of the last day before that is not."""
        day = starts_at.astimezone(OSLO).date() - timedelta(days=1)
        wished = on_the_wall(day, clock)
        after = self.next_allowed(wished)
        if after == wished or after <= starts_at - USELESS_WITHIN:
            return after
        earlier = (on_the_wall(day - timedelta(days=n), clock) for n in range(1, LOOKS_BACK + 1))
        return next((moment for moment in earlier if not self.covers(moment)), wished)


def on_the_wall(day: date, clock: time) -> datetime:
    """When that clock shows it: the first time where it does twice, just after where the hour is left out.

    Given in UTC, so that moments on both sides of such a night compare as they come.
    """
    return datetime.combine(day, clock, tzinfo=OSLO).astimezone(UTC)
