"""Days in every way a spreadsheet keeps them."""

import re
from datetime import date, datetime, timedelta

from families.importing.texts import plain, text_of
from families.importing.workbook import Value

MONTHS = {
    word: month
    for month, words in enumerate(
        (
            "januar january jan",
            "februar february feb",
            "mars march mar",
            "april apr",
            "mai may",
            "juni june jun",
            "juli july jul",
            "august aug",
            "september sept sep",
            "oktober october okt oct",
            "november nov",
            "desember december des dec",
        ),
        start=1,
    )
    for word in words.split()
}
# How Excel counts days; a number between these stands for 1982 to 2064.
EPOCH = date(1899, 12, 30)
SERIAL = range(30_000, 60_001)
YEARS = range(1990, 2071)
ISO = re.compile(r"(?<!\d)(\d{4})[-./](\d{1,2})[-./](\d{1,2})(?!\d)")
NORWEGIAN = re.compile(r"(?<!\d)(\d{1,2})\s*[-./]\s*(\d{1,2})(?:\s*[-./]\s*(\d{4}|\d{2})|\s+(\d{4}))?(?!\d)")
COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})$")


def read_date(value: Value, year: int | None = None) -> date | None:
    """The day, or None when it cannot be read with certainty. `year` is for days that are written without one."""
    if isinstance(value, datetime):
        return sensible(value.year, value.month, value.day)
    if isinstance(value, date):
        return sensible(value.year, value.month, value.day)
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return EPOCH + timedelta(days=int(value)) if int(value) in SERIAL else None
    return date_in(text_of(value), year)


def date_in(text: str, year: int | None = None) -> date | None:
    """The one day that a text names."""
    if text.isdigit() and len(text) == 5 and int(text) in SERIAL:
        return EPOCH + timedelta(days=int(text))
    if found := COMPACT.match(text):
        return sensible(int(found[1]), int(found[2]), int(found[3]))
    if found := ISO.search(text):
        return sensible(int(found[1]), int(found[2]), int(found[3]))
    if found := NORWEGIAN.search(text):
        written = found[3] or found[4]
        which = (2000 + int(written) if len(written) == 2 else int(written)) if written else year
        return sensible(which, int(found[2]), int(found[1])) if which else None
    return spelt_out(text, year)


def spelt_out(text: str, year: int | None) -> date | None:
    """«9. september 2026», «Sept 9, 2026», «mandag 17. aug»."""
    words = plain(text).split()
    for place, word in enumerate(words):
        if word not in MONTHS:
            continue
        before, after = words[place - 1] if place else "", words[place + 1 : place + 3]
        near = [re.sub(r"(st|nd|rd|th)$", "", each) for each in (before, *after)]
        numbers = [each for each in near if each.isdigit()]
        if not numbers or len(numbers[0]) > 2:
            return None
        # «1. sept 26» has a short year; «Sept 26» has none.
        written = next((each for each in numbers[1:] if len(each) in {2, 4}), "")
        which = (2000 + int(written) if len(written) == 2 else int(written)) if written else year
        return sensible(which, MONTHS[word], int(numbers[0])) if which else None
    return None


def sensible(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if year in YEARS else None
    except ValueError:
        return None
