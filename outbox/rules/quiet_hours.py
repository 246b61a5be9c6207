"""No messages at night, by the clock on the wall in Norway, also when that clock is moved."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

OSLO = ZoneInfo("Europe/Oslo")


def is_quiet(moment: datetime, quiet_from: time, quiet_to: time) -> bool:
    """Whether the municipality sleeps: from `quiet_from` up to, not including, `quiet_to`. Equal times: never."""
    clock = moment.astimezone(OSLO).time()
    if quiet_from == quiet_to:
        return False
    if quiet_from < quiet_to:
        return quiet_from <= clock < quiet_to
    return clock >= quiet_from or clock < quiet_to


def next_allowed(moment: datetime, quiet_from: time, quiet_to: time) -> datetime:
    """The moment itself, or the end of the quiet hours it falls into."""
    if not is_quiet(moment, quiet_from, quiet_to):
        return moment
    local = moment.astimezone(OSLO)
    day = local.date() + timedelta(days=1) if local.time() >= quiet_to else local.date()
    return datetime.combine(day, quiet_to, tzinfo=OSLO)
