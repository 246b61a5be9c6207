"""The table: one seat per family, and the same in words."""

import pytest
from django.template import Context, Template

from web.drawings import Placed, Seat, large, small
from web.icons import UnknownIcon, drawing


def test_seats_stand_evenly_from_the_top_and_clockwise() -> None:
    assert small(["yes", "no", "wait", "some"]) == [
        Placed("yes", 48, 12),
        Placed("no", 84, 48),
        Placed("wait", 48, 84),
        Placed("some", 12, 48),
    ]


def test_long_names_are_cut_in_the_drawing_but_said_in_full() -> None:
    seats = [Seat("yes", "Kovalenko-Hansen", "fem kommer og trenger skyss")]
    assert large(seats) == [Placed("yes", 160, 22, "Kovalenko-Han…", "fem kommer og…")]
    html = Template('{% load web %}{% round_table seats title="Bordet" %}').render(Context({"seats": seats}))
    assert 'aria-label="Bordet: Kovalenko-Hansen: fem kommer og trenger skyss"' in html


def test_a_drawing_carries_no_style_and_points_not_commas() -> None:
    html = Template('{% load web %}{% table "yes yes no" %}').render(Context())
    assert "style=" not in html
    assert "translate(79.2 66.0)" in html


def test_a_small_table_is_silent_until_it_has_words() -> None:
    silent = Template('{% load web %}{% table "yes" %}').render(Context())
    spoken = Template('{% load web %}{% table "yes" "One is coming" %}').render(Context())
    assert ("aria-hidden" in silent, "aria-hidden" in spoken, 'aria-label="One is coming"' in spoken) == (
        True,
        False,
        True,
    )


def test_an_icon_that_is_not_in_the_list_is_refused() -> None:
    with pytest.raises(UnknownIcon):
        drawing("Rocket")
