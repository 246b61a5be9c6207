"""A series: the same weekday each so many weeks, by the clock on the wall, without the days that are left out."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from groups.models import Group
from municipalities.models import SchoolHoliday
from outbox.models import Message
from outbox.rules.quiet_hours import OSLO
from sessions_log.models import Gathering, Series
from sessions_log.rules.series import MOST, SeriesDay, TooMany, series_days
from tests.conftest import Browser
from tests.factories import gathering_of, invited

Browse = Callable[[User | None], Browser]
pytestmark = pytest.mark.usefixtures("autumn_morning")
NEW = "/k/9901/samlinger/ny/"


@pytest.fixture
def autumn_morning() -> Any:
    with time_machine.travel(datetime(2026, 9, 1, 9, 0, tzinfo=OSLO), tick=False):
        yield


def planned(group: Group, **fields: str) -> dict[str, object]:
    return {
        "kind": "gathering",
        "groups": [group.pk],
        "coordinators": [group.coordinators.get().pk],
        "activity": "Vi lager mat",
        "day": "2026-09-10",
        "start": "17:00",
        "end": "19:00",
        "place": "Grendehuset",
        "directions": "Buss 4.",
        "repeat": "2",
        "until": "2026-11-30",
        "skips_public": "on",
        "skips_school": "on",
        **fields,
    }


def local(row: Gathering) -> tuple[str, str]:
    start, end = timezone.localtime(row.starts_at), timezone.localtime(row.ends_at)
    return f"{start:%m-%d %H:%M}", f"{end:%H:%M}"


def starts() -> list[str]:
    return [local(row)[0] for row in Gathering.objects.order_by("starts_at")]


def test_every_second_thursday_at_five_also_when_the_clock_goes_back(
    birch: Group, coordinator: User, browse: Browse
) -> None:
    answer = browse(coordinator).post(NEW, planned(birch))
    first = Gathering.objects.order_by("starts_at")[0]
    assert answer.url == reverse("sessions_log:gathering", args=["9901", first.pk])
    assert starts() == [f"{day} 17:00" for day in ("09-10", "09-24", "10-08", "10-22", "11-05", "11-19")]
    assert {local(row)[1] for row in Gathering.objects.all()} == {"19:00"}
    assert {row.series_id for row in Gathering.objects.all()} == {Series.objects.get().pk}
    assert all(row.helpers.count() == 1 and row.groups.get() == birch for row in Gathering.objects.all())


def test_days_without_school_are_left_out_and_the_rhythm_goes_on(
    birch: Group, coordinator: User, browse: Browse
) -> None:
    SchoolHoliday.objects.create(
        municipality=birch.municipality, name="Høstferie", starts_on=date(2026, 10, 5), ends_on=date(2026, 10, 9)
    )
    days = browse(coordinator).post("/k/9901/samlinger/rekke/", planned(birch)).content.decode()
    assert "Høstferie" in days
    assert "5 samlinger" in days
    assert not Gathering.objects.exists()  # looking plans nothing
    browse(coordinator).post(NEW, planned(birch))
    assert "10-08 17:00" not in starts()
    assert len(starts()) == 5


def test_public_holidays_are_left_out_unless_she_wants_them(birch: Group, coordinator: User, browse: Browse) -> None:
    spring = {"day": "2027-04-29", "until": "2027-05-20", "repeat": "1"}  # Ascension day is the 6th of May
    browse(coordinator).post(NEW, planned(birch, **spring))
    assert [start[:5] for start in starts()] == ["04-29", "05-13", "05-20"]
    Gathering.objects.all().delete()
    fields = planned(birch, **spring)
    del fields["skips_public"]
    browse(coordinator).post(NEW, fields)
    assert [start[:5] for start in starts()] == ["04-29", "05-06", "05-13", "05-20"]


@pytest.mark.parametrize(
    ("fields", "where", "words"),
    [
        ({"until": ""}, "until", "Til hvilken dag?"),
        ({"until": "2026-09-01"}, "until", "Den siste dagen kommer etter den første."),
        (
            {"repeat": "1", "until": "2028-01-01"},
            "until",
            "Det blir mer enn 52 samlinger. Velg en tidligere siste dag.",
        ),
        ({"kind": "closing_party"}, "repeat", "Oppstart og avslutning holdes én gang."),
        ({"repeat": "3"}, "repeat", "Velg et gyldig valg"),
    ],
)
def test_what_cannot_be_is_said_beside_the_field_and_nothing_is_planned(
    birch: Group, coordinator: User, browse: Browse, fields: dict[str, str], where: str, words: str
) -> None:
    page = browse(coordinator).post(NEW, planned(birch, **fields))
    assert page.status_code == 200
    assert words in str(page.context["repeat"].errors[where])
    assert "Vi lager mat" in page.content.decode()
    assert not Gathering.objects.exists()
    assert not Series.objects.exists()


def test_a_taken_day_is_named_and_can_be_left_out(birch: Group, coordinator: User, browse: Browse) -> None:
    gathering_of(birch, datetime(2026, 9, 24, 18, 0, tzinfo=OSLO), activity="Foreldremøte")
    page = browse(coordinator).post(NEW, planned(birch))
    assert "repeat" in page.context["repeat"].errors
    assert "Foreldremøte" in page.content.decode()
    assert Gathering.objects.count() == 1
    browse(coordinator).post(NEW, planned(birch, skips_taken="on"))
    assert starts() == [
        "09-10 17:00",
        "09-24 18:00",
        "10-08 17:00",
        "10-22 17:00",
        "11-05 17:00",
        "11-19 17:00",
    ]


def edited(row: Gathering, group: Group, **fields: str) -> dict[str, object]:
    start = timezone.localtime(row.starts_at)
    values = planned(group, **{"day": start.date().isoformat(), **fields})
    return {name: value for name, value in values.items() if name not in {"repeat", "until"}}


@pytest.fixture
def series(birch: Group, coordinator: User, browse: Browse) -> list[Gathering]:
    browse(coordinator).post(NEW, planned(birch))
    return list(Gathering.objects.order_by("starts_at"))


def test_one_is_moved_and_the_others_stay(
    series: list[Gathering], birch: Group, coordinator: User, browse: Browse
) -> None:
    change = edited(series[1], birch, day="2026-09-25", reach="one")
    browse(coordinator).post(f"/k/9901/samlinger/{series[1].pk}/plan/", change)
    assert [start[:5] for start in starts()] == ["09-10", "09-25", "10-08", "10-22", "11-05", "11-19"]


@pytest.mark.parametrize(("day", "days"), [("2026-10-08", 14), ("2026-09-17", -7), ("2026-09-25", 1)])
def test_the_rest_is_moved_along_and_what_each_does_stays(
    series: list[Gathering], birch: Group, coordinator: User, browse: Browse, day: str, days: int
) -> None:
    Gathering.objects.filter(pk=series[3].pk).update(activity="Vi går på ski")
    change = edited(series[1], birch, day=day, start="16:30", end="18:00", place="Svømmehallen", reach="rest")
    answer = browse(coordinator).post(f"/k/9901/samlinger/{series[1].pk}/plan/", change)
    assert answer.status_code == 302
    now = [Gathering.objects.get(pk=row.pk) for row in series]
    was = [timezone.localdate(row.starts_at) for row in series]
    assert [timezone.localdate(row.starts_at) for row in now] == [was[0]] + [
        day + timedelta(days=days) for day in was[1:]
    ]
    assert [local(row)[0][6:] for row in now] == ["17:00"] + ["16:30"] * 5
    assert [row.place for row in now] == ["Grendehuset"] + ["Svømmehallen"] * 5
    assert now[3].activity == "Vi går på ski"
    assert all(row.helpers.count() == 1 for row in now)


def test_who_is_invited_to_one_of_the_rest_is_told(
    series: list[Gathering], birch: Group, coordinator: User, browse: Browse
) -> None:
    for row in (series[0], series[2]):
        invited(row, birch.memberships.first().family)
    change = edited(series[1], birch, day="2026-09-25", reach="rest")
    browse(coordinator).post(f"/k/9901/samlinger/{series[1].pk}/plan/", change)
    told = set(Message.objects.filter(kind="change").values_list("about", flat=True))
    assert told == {f"gathering:{series[2].pk}"}


def test_nothing_is_moved_when_one_of_the_rest_cannot_be(
    series: list[Gathering], birch: Group, coordinator: User, browse: Browse
) -> None:
    gathering_of(birch, datetime(2026, 11, 6, 17, 0, tzinfo=OSLO), activity="Foreldremøte")
    before = starts()
    change = edited(series[1], birch, day="2026-09-25", reach="rest")
    page = browse(coordinator).post(f"/k/9901/samlinger/{series[1].pk}/plan/", change)
    assert page.status_code == 200
    assert "Foreldremøte" in str(page.context["form"].errors["coordinators"])
    assert starts() == before


@given(
    first=st.dates(date(2026, 1, 1), date(2030, 1, 1)),
    weeks=st.integers(1, 8),
    days=st.integers(0, 400),
    out=st.sets(st.integers(0, 400)),
)
def test_the_days_are_of_one_weekday_in_order_and_leaving_out_moves_none(
    first: date, weeks: int, days: int, out: set[int]
) -> None:
    until = first + timedelta(days=days)

    def reason(day: date) -> str:
        return "ferie" if (day - first).days in out else ""

    if days // (7 * weeks) + 1 > MOST:
        with pytest.raises(TooMany):
            series_days(first, weeks, until, reason)
        return
    found = series_days(first, weeks, until, reason)
    assert [row.day for row in found] == [
        day for n in range(days + 1) if (day := first + timedelta(days=n)) and n % (7 * weeks) == 0
    ]
    assert all(row == SeriesDay(row.day, reason(row.day)) for row in found)
