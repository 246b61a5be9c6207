"""Two rules without a database: when nobody is woken, and what a text message takes."""

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from outbox.rules.quiet_hours import OSLO, Quiet
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
    found = Quiet(EVENING, MORNING).next_allowed(moment.replace(tzinfo=OSLO))
    assert found == allowed.replace(tzinfo=OSLO)
    assert found.astimezone(OSLO).utcoffset() == allowed.replace(tzinfo=OSLO).utcoffset()


def test_a_municipality_may_have_no_quiet_hours_or_a_quiet_noon() -> None:
    noon = datetime(2026, 11, 24, 12, 30, tzinfo=OSLO)
    assert Quiet(time(0), time(0)).next_allowed(noon) == noon
    assert Quiet(time(12), time(13)).next_allowed(noon) == noon.replace(hour=13, minute=0)


# Easter 2027: Maundy Thursday 25 March to Easter Monday 29 March; the clock is moved in the night to Sunday.
@pytest.mark.parametrize(
    ("moment", "allowed"),
    [
        (datetime(2027, 3, 24, 12, 0), datetime(2027, 3, 24, 12, 0)),
        (datetime(2027, 3, 24, 21, 30), datetime(2027, 3, 27, 8, 0)),  # the Saturday is none
        (datetime(2027, 3, 27, 21, 30), datetime(2027, 3, 30, 8, 0)),
        (datetime(2027, 3, 28, 3, 30), datetime(2027, 3, 30, 8, 0)),
        (datetime(2027, 5, 17, 12, 0), datetime(2027, 5, 18, 8, 0)),  # Constitution Day and Whit Monday at once
        (datetime(2026, 12, 24, 12, 0), datetime(2026, 12, 27, 8, 0)),  # chosen, then two public ones
        (datetime(2026, 12, 31, 21, 0), datetime(2027, 1, 2, 8, 0)),
        (datetime(2028, 2, 29, 12, 0), datetime(2028, 3, 1, 8, 0)),  # chosen
    ],
)
def test_days_of_rest_are_quiet_from_midnight_to_morning(moment: datetime, allowed: datetime) -> None:
    chosen = frozenset({date(2026, 12, 24), date(2028, 2, 29)})
    quiet = Quiet(EVENING, MORNING, on_holidays=True, days=chosen)
    assert quiet.next_allowed(moment.replace(tzinfo=OSLO)) == allowed.replace(tzinfo=OSLO)
    assert not quiet.nights_only.rests_on(moment.date())


@pytest.mark.parametrize(
    ("starts_at", "reminded"),
    [
        (datetime(2026, 11, 26, 17, 0), datetime(2026, 11, 25, 16, 0)),
        # By the clock on the wall, whatever the length of the night between.
        (datetime(2027, 10, 31, 17, 0), datetime(2027, 10, 30, 16, 0)),
        (datetime(2027, 11, 1, 17, 0), datetime(2027, 10, 31, 16, 0)),
        (datetime(2028, 3, 1, 17, 0), datetime(2028, 2, 29, 16, 0)),
        (datetime(2028, 2, 29, 17, 0), datetime(2028, 2, 28, 16, 0)),
        # 17 May is quiet: on the morning of the 18th when that is early enough, else before 16 May, Whit Sunday.
        (datetime(2027, 5, 18, 17, 0), datetime(2027, 5, 18, 8, 0)),
        (datetime(2027, 5, 18, 11, 0), datetime(2027, 5, 18, 8, 0)),
        (datetime(2027, 5, 18, 10, 59), datetime(2027, 5, 15, 16, 0)),
        # A gathering on a day of rest is reminded of before it.
        (datetime(2026, 12, 26, 12, 0), datetime(2026, 12, 24, 16, 0)),
        (datetime(2027, 3, 29, 12, 0), datetime(2027, 3, 27, 16, 0)),
    ],
)
def test_a_reminder_is_never_too_late_to_be_of_use(starts_at: datetime, reminded: datetime) -> None:
    quiet = Quiet(EVENING, MORNING, on_holidays=True)
    found = quiet.reminder_at(starts_at.replace(tzinfo=OSLO), time(16, 0))
    assert found.astimezone(OSLO) == reminded.replace(tzinfo=OSLO)
    assert found.astimezone(OSLO).strftime("%H:%M") == reminded.strftime("%H:%M")


MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2029, 12, 31), timezones=st.just(UTC))
CLOCKS = st.times().map(lambda clock: clock.replace(second=0, microsecond=0))
DAYS = st.frozensets(st.dates(date(2026, 1, 1), date(2030, 1, 5)), max_size=30)


@settings(max_examples=400, deadline=None)
@given(moment=MOMENTS, start=CLOCKS, end=CLOCKS, holidays=st.booleans(), days=DAYS)
def test_the_next_allowed_moment_is_allowed_and_none_before_it(
    moment: datetime, start: time, end: time, holidays: bool, days: frozenset[date]
) -> None:
    quiet = Quiet(start, end, holidays, days)
    found = quiet.next_allowed(moment)
    assert found >= moment
    assert not quiet.covers(found)
    for part in range(20):
        between = moment + (found - moment) * part / 20
        assert between == found or quiet.covers(between)


@settings(max_examples=300, deadline=None)
@given(starts_at=MOMENTS, clock=CLOCKS, holidays=st.booleans(), days=DAYS)
def test_no_reminder_comes_after_the_start_or_in_quiet_hours(
    starts_at: datetime, clock: time, holidays: bool, days: frozenset[date]
) -> None:
    quiet = Quiet(EVENING, MORNING, holidays, days)
    found = quiet.reminder_at(starts_at, clock)
    assert found < starts_at
    assume(not quiet.is_night(clock))  # the settings refuse a reminder at night
    assert not quiet.covers(found)


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
