"""Two rules without a database: when nobody is woken, and what a text message takes."""

from datetime import datetime, time

import pytest

from outbox.rules.quiet_hours import OSLO, next_allowed
from outbox.rules.sms import Parts, parts

EVENING, MORNING = time(21, 0), time(8, 0)


@pytest.mark.parametrize(
    ("moment", "allowed"),
    [
        (datetime(2026, 11, 24, 20, 59), datetime(2026, 11, 24, 20, 59)),
        (datetime(2026, 11, 24, 21, 0), datetime(2026, 11, 25, 8, 0)),
        (datetime(2026, 11, 25, 7, 59), datetime(2026, 11, 25, 8, 0)),
        (datetime(2026, 11, 25, 8, 0), datetime(2026, 11, 25, 8, 0)),
        # The nights of the clock: the end is eight on the wall, whatever the night's length.
        (datetime(2027, 3, 27, 23, 0), datetime(2027, 3, 28, 8, 0)),
        (datetime(2027, 10, 30, 23, 0), datetime(2027, 10, 31, 8, 0)),
        (datetime(2027, 10, 31, 2, 30, fold=1), datetime(2027, 10, 31, 8, 0)),
    ],
)
def test_a_message_waits_until_morning(moment: datetime, allowed: datetime) -> None:
    found = next_allowed(moment.replace(tzinfo=OSLO), EVENING, MORNING)
    assert found == allowed.replace(tzinfo=OSLO)
    assert found.utcoffset() == allowed.replace(tzinfo=OSLO).utcoffset()


def test_a_municipality_may_have_no_quiet_hours_or_a_quiet_noon() -> None:
    noon = datetime(2026, 11, 24, 12, 30, tzinfo=OSLO)
    assert next_allowed(noon, time(0), time(0)) == noon
    assert next_allowed(noon, time(12), time(13)) == noon.replace(hour=13, minute=0)


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("", Parts("GSM-7", 0, 1, 160)),
        ("æøåÆØÅé" + "a" * 153, Parts("GSM-7", 160, 1, 160)),
        ("a" * 161, Parts("GSM-7", 161, 2, 153)),
        ("a" * 306, Parts("GSM-7", 306, 2, 153)),
        ("a" * 307, Parts("GSM-7", 307, 3, 153)),
        ("€" * 80, Parts("GSM-7", 160, 1, 160)),
        ("a" * 152 + "€" + "a" * 152, Parts("GSM-7", 306, 3, 153)),
        ("ا" * 70, Parts("UCS-2", 70, 1, 70)),
        ("ا" * 71, Parts("UCS-2", 71, 2, 67)),
        ("ł" + "a" * 69, Parts("UCS-2", 70, 1, 70)),
        ("😀" * 35, Parts("UCS-2", 70, 1, 70)),
        ("ا" * 66 + "😀" + "ا" * 66, Parts("UCS-2", 134, 3, 67)),
    ],
)
def test_parts_are_counted_as_the_networks_count(text: str, counted: Parts) -> None:
    assert parts(text) == counted
