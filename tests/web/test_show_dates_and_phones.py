"""Dates, clock and phone numbers stand as people here write them."""

from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template
from django.utils import translation

from web import dates, phones

START = datetime(2027, 2, 8, 15, 30, tzinfo=UTC)
END = datetime(2027, 2, 8, 17, 30, tzinfo=UTC)
TODAY = date(2027, 2, 7)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("nb", ("8. februar 2027", "8. feb.", "mandag 8. februar", "mandag 8. februar 2027")),
        ("nn", ("8. februar 2027", "8. feb.", "måndag 8. februar", "måndag 8. februar 2027")),
        ("en", ("8 February 2027", "8 Feb", "Monday 8 February", "Monday 8 February 2027")),
    ],
)
def test_a_day_is_written_in_the_language_of_the_screen(language: str, expected: tuple[str, ...]) -> None:
    with translation.override(language):
        found = (
            dates.long_date(START),
            dates.short_date(START),
            dates.day(START, today=TODAY),
            dates.day(START, today=date(2026, 12, 31)),
        )
    assert found == expected


@pytest.mark.parametrize(
    ("language", "expected"), [("nb", "16.30–18.30"), ("nn", "16.30–18.30"), ("en", "16:30–18:30")]
)
def test_the_clock_is_that_of_norway(language: str, expected: str) -> None:
    with translation.override(language):
        assert dates.clock_span(START, END).endswith(expected)
        assert dates.when(START, END, today=TODAY) == f"{dates.day(START, today=TODAY)} {dates.clock_span(START, END)}"


def test_what_ends_on_another_day_says_both() -> None:
    end = datetime(2027, 2, 9, 11, 0, tzinfo=UTC)
    text = dates.when(START, end, today=TODAY)
    assert text == f"{dates.when(START, today=TODAY)} – {dates.when(end, today=TODAY)}"


def test_near_days_have_words_of_their_own_and_others_their_date() -> None:
    with translation.override("en"):
        found = [dates.near_day(date(2027, 2, day), today=TODAY) for day in (6, 7, 8, 9)]
    assert found == ["yesterday", "today", "tomorrow", "Tuesday 9 February"]


def test_weeks_are_counted_by_iso() -> None:
    with translation.override("en"):
        assert [dates.week(date(2027, 1, 1)), dates.week(date(2027, 2, 15))] == ["week 53", "week 7"]


@pytest.mark.parametrize(
    ("number", "shown", "dialled"),
    [
        ("+4722222222", "22 22 22 22", "+4722222222"),
        ("+4640000012", "+46 40 00 00 12", "+4640000012"),
        ("ring Kari", "ring Kari", ""),
    ],
)
def test_phone_numbers_are_spaced_as_they_are_read_aloud(number: str, shown: str, dialled: str) -> None:
    assert (phones.shown(number), phones.dialled(number)) == (shown, dialled)


def test_a_template_says_when_without_breaking_the_day_or_the_time() -> None:
    with translation.override("en"):
        html = Template("{% load web %}{% when start end %}").render(Context({"start": START, "end": END}))
        day, clock = dates.day(START), dates.clock_span(START, END)
    assert html.strip() == (
        f'<time datetime="2027-02-08T15:30:00+00:00"><span class="nowrap">{day}</span> '
        f'<span class="nowrap">{clock}</span></time>'
    )
