"""Dates and times as people here write them, in the language of the screen (bokmål, nynorsk, English)."""

from datetime import date, datetime, time

from babel.dates import format_date, format_time
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

DAY = {"nb": "EEEE d. MMMM", "nn": "EEEE d. MMMM", "en": "EEEE d MMMM"}
LONG = {"nb": "d. MMMM y", "nn": "d. MMMM y", "en": "d MMMM y"}
SHORT = {"nb": "d. MMM", "nn": "d. MMM", "en": "d MMM"}
CLOCK = {"nb": "HH.mm", "nn": "HH.mm", "en": "HH:mm"}


def language() -> str:
    """The screen's language among the three we write in; bokmål for any other."""
    active = (get_language() or "nb").split("-")[0]
    return active if active in DAY else "nb"


def as_date(value: date | datetime) -> date:
    """The day in Norway."""
    if isinstance(value, datetime):
        return (timezone.localtime(value) if timezone.is_aware(value) else value).date()
    return value


def as_time(value: datetime | time) -> time:
    """The clock in Norway."""
    if isinstance(value, datetime):
        return (timezone.localtime(value) if timezone.is_aware(value) else value).time()
    return value


def formatted(value: date, patterns: dict[str, str]) -> str:
    name = language()
    return str(format_date(value, patterns[name], locale=name))


def long_date(value: date | datetime) -> str:
    """8. februar 2027"""
    return formatted(as_date(value), LONG)


def short_date(value: date | datetime) -> str:
    """8. feb."""
    return formatted(as_date(value), SHORT)


def day(value: date | datetime, *, today: date | None = None) -> str:
    """mandag 8. februar; with the year when it is another one than this."""
    found = as_date(value)
    text = formatted(found, DAY)
    return text if found.year == (today or timezone.localdate()).year else f"{text} {found.year}"


def near_day(value: date | datetime, *, today: date | None = None) -> str:
    """i går, i dag, i morgen; else the day."""
    today = today or timezone.localdate()
    words = {-1: _("yesterday"), 0: _("today"), 1: _("tomorrow")}
    return words.get((as_date(value) - today).days) or day(value, today=today)


def clock(value: datetime | time) -> str:
    """kl. 16.30"""
    name = language()
    text = format_time(as_time(value), CLOCK[name], locale=name)
    return _("at %(time)s") % {"time": text}


def clock_span(start: datetime | time, end: datetime | time) -> str:
    """kl. 16.30–18.30"""
    name = language()
    first, last = (format_time(as_time(value), CLOCK[name], locale=name) for value in (start, end))
    return _("at %(time)s") % {"time": f"{first}–{last}"}


def when(start: datetime, end: datetime | None = None, *, today: date | None = None) -> str:
    """torsdag 26. november kl. 16.30–18.30; with both days when it ends on another one."""
    if end is None:
        return f"{day(start, today=today)} {clock(start)}"
    if as_date(start) != as_date(end):
        return f"{when(start, today=today)} – {when(end, today=today)}"
    return f"{day(start, today=today)} {clock_span(start, end)}"


def week(value: date | datetime) -> str:
    """uke 7, counted as ISO 8601 does."""
    return _("week %(number)s") % {"number": as_date(value).isocalendar().week}
