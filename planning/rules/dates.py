"""Days of a plan are counted from the kick-off, so that they follow it when it moves."""

from datetime import date, timedelta


def recounted(day: date, *, before: date, after: date) -> date:
    """The day as far from `after` as it was from `before`."""
    return after + timedelta(days=(day - before).days)
