"""The days of a series: the same weekday each so many weeks, without those that are left out."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

MOST = 52  # gatherings of one series: a year of weeks


class TooMany(Exception):
    """The series would have more than `MOST` days."""


@dataclass(frozen=True)
class SeriesDay:
    """One day of the rhythm. `left_out` says why there is no gathering on it; "" when there is one."""

    day: date
    left_out: str = ""


def rhythm(first: date, weeks: int, until: date) -> Iterator[date]:
    """`first` and each `weeks` weeks after it, `until` included."""
    day = first
    while day <= until:
        yield day
        day += timedelta(weeks=weeks)


def series_days(first: date, weeks: int, until: date, left_out: Callable[[date], str]) -> list[SeriesDay]:
    """Each day of the rhythm with why it is left out. A day that is left out moves no other.

    Raises TooMany beyond a year of weeks, left out or not.
    """
    days = [
        SeriesDay(day, left_out(day)) for _n, day in zip(range(MOST + 1), rhythm(first, weeks, until), strict=False)
    ]
    if len(days) > MOST:
        raise TooMany
    return days
