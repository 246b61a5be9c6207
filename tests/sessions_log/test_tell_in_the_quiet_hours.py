"""Moving or cancelling what is within 24 hours, at night: who sends it is asked once, and only then it passes."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from html import unescape
from typing import Any

import pytest
import time_machine

from accounts.models import User
from groups.models import Group
from municipalities.models import QuietDay
from outbox.delivery import sweep
from outbox.models import Message
from sessions_log.models import Gathering
from sessions_log.services.gatherings import Plan, cancel_gathering, change_gathering
from tests.conftest import Browser
from tests.factories import OSLO, gathering_of
from tests.outbox.sinks import Sink
from tests.sessions_log.test_plan_and_invite import ROOT, invited_all, letters, plan

Browse = Callable[[User | None], Browser]
AFTERNOON = datetime(2026, 11, 24, 15, 0, tzinfo=OSLO)
NIGHT = datetime(2026, 11, 24, 22, 0, tzinfo=OSLO)
TOMORROW = datetime(2026, 11, 25, 17, 0, tzinfo=OSLO)  # 19 hours after that night, 9 after the quiet hours
EARLY = datetime(2026, 11, 25, 10, 0, tzinfo=OSLO)  # two hours after the quiet hours
BEFORE_EIGHT = datetime(2026, 11, 25, 7, 30, tzinfo=OSLO)
QUESTION = "Det er stille tid nå. Send likevel?"


def invited_to(group: Group, starts_at: datetime) -> Gathering:
    """All six families were invited days ago, and the letters have gone."""
    with time_machine.travel(AFTERNOON - timedelta(days=5), tick=False):
        row = gathering_of(group, starts_at)
        invited_all(row)
    Message.objects.filter(kind="invitation").update(state="sent", sent_at=AFTERNOON - timedelta(days=5))
    return row


def text(answer: Any) -> str:
    return unescape(answer.content.decode())


def chosen(answer: Any) -> list[str]:
    """The answers to the question that are ticked on the page."""
    boxes = re.findall(r'<input type="radio" name="at_night"[^>]*>', answer.content.decode())
    assert len(boxes) == 2
    return [found[1] for box in boxes if " checked" in box and (found := re.search(r'value="(\w+)"', box))]


def moved(row: Gathering, by_hours: int) -> Plan:
    later = timedelta(hours=by_hours)
    return Plan(
        kind=row.kind,
        activity=row.activity,
        starts_at=row.starts_at + later,
        ends_at=row.ends_at + later,
        place=row.place,
        address=row.address,
        directions=row.directions,
    )


def passing(row: Gathering, kind: str) -> set[bool]:
    told = letters(row, kind)
    assert len(told) == 6
    return {each.passes_quiet_hours for each in told}


@pytest.mark.parametrize("answer", [True, False])
@pytest.mark.parametrize(("starts_at", "near"), [(TOMORROW, True), (NIGHT + timedelta(hours=25), False)])
def test_only_what_is_within_24_hours_passes_and_only_when_asked_for(
    answer: bool, starts_at: datetime, near: bool, birch: Group, coordinator: User
) -> None:
    first, second = invited_to(birch, starts_at), invited_to(birch, starts_at)
    with time_machine.travel(NIGHT, tick=False):
        cancel_gathering(gathering=first, at_night_too=answer, by=coordinator, now=NIGHT)
        change_gathering(
            gathering=second,
            plan=moved(second, 3),
            groups=[birch],
            coordinators=[],
            volunteers=[],
            at_night_too=answer,
            by=coordinator,
        )
    assert passing(first, "cancellation") == passing(second, "change") == {answer and near}
    assert not any(each.passes_quiet_hours for each in letters(second, "reminder"))


def test_the_time_families_know_counts_as_much_as_the_new_one(birch: Group, coordinator: User) -> None:
    away, hither = invited_to(birch, TOMORROW), invited_to(birch, TOMORROW + timedelta(days=7))
    with time_machine.travel(NIGHT, tick=False):
        for row, hours in ((away, 7 * 24), (hither, -7 * 24)):
            change_gathering(
                gathering=row,
                plan=moved(row, hours),
                groups=[birch],
                coordinators=[],
                volunteers=[],
                at_night_too=True,
                by=coordinator,
            )
    assert passing(away, "change") == passing(hither, "change") == {True}


def test_what_passes_goes_at_night_and_the_rest_waits_for_the_morning(
    birch: Group, coordinator: User, sink: Sink
) -> None:
    loud, calm = invited_to(birch, TOMORROW), invited_to(birch, TOMORROW)
    Message.objects.filter(kind="reminder").delete()
    with time_machine.travel(NIGHT, tick=False):
        cancel_gathering(gathering=loud, at_night_too=True, by=coordinator, now=NIGHT)
        cancel_gathering(gathering=calm, at_night_too=False, by=coordinator, now=NIGHT)
        assert sweep(NIGHT) == 6
    assert {each.state for each in letters(loud, "cancellation")} == {"sent"}
    assert {(each.state, each.due_at) for each in letters(calm, "cancellation")} == {
        ("queued", datetime(2026, 11, 25, 8, 0, tzinfo=OSLO))
    }


def test_by_day_nothing_is_asked_and_cancelling_is_two_taps(birch: Group, coordinator: User, browse: Browse) -> None:
    row = invited_to(birch, AFTERNOON + timedelta(hours=3))
    with time_machine.travel(AFTERNOON, tick=False):
        browser = browse(coordinator)
        page = f"{ROOT}{row.pk}/avlys/"
        assert page in text(browser.get("/k/9901/"))
        assert "at_night" not in text(browser.get(page))  # the first tap
        assert browser.post(page, {}).url == f"{ROOT}{row.pk}/"  # the second
        assert "6 meldinger er på vei." in text(browser.get(f"{ROOT}{row.pk}/"))
    assert passing(row, "cancellation") == {False}


@pytest.mark.parametrize(
    ("starts_at", "default", "words", "said"),
    [
        (TOMORROW, "wait", "Nei, send i morgen kl. 08.00", "6 meldinger går i morgen kl. 08.00."),
        (EARLY, "now", "Nei, send i morgen kl. 08.00", "6 meldinger går i morgen kl. 08.00."),
        (BEFORE_EIGHT, "now", "Nei, jeg ringer dem selv", "ring dem som er invitert."),
    ],
)
def test_at_night_it_asks_once_with_a_default_by_what_is_of_use(
    starts_at: datetime, default: str, words: str, said: str, birch: Group, coordinator: User, browse: Browse
) -> None:
    row, other = invited_to(birch, starts_at), invited_to(birch, starts_at)
    with time_machine.travel(NIGHT, tick=False):
        browser = browse(coordinator)
        page = browser.get(f"{ROOT}{row.pk}/avlys/")
        assert all(words in text(page) for words in [QUESTION, words])
        assert chosen(page) == [default]
        assert browser.post(f"{ROOT}{row.pk}/avlys/", {"at_night": "now"}).url == f"{ROOT}{row.pk}/"
        assert "6 meldinger er på vei." in text(browser.get(f"{ROOT}{row.pk}/"))
        browser.post(f"{ROOT}{other.pk}/avlys/", {"at_night": "wait"})
        assert said in text(browser.get(f"{ROOT}{other.pk}/"))
    assert (passing(row, "cancellation"), passing(other, "cancellation")) == ({True}, {False})


def test_when_the_quiet_hours_began_meanwhile_nothing_happens_before_the_answer(
    birch: Group, coordinator: User, browse: Browse
) -> None:
    row = invited_to(birch, EARLY)
    with time_machine.travel(NIGHT, tick=False):
        answer = browse(coordinator).post(f"{ROOT}{row.pk}/avlys/", {})
        assert all(words in text(answer) for words in [QUESTION, "Svar på dette også. Ingenting er sendt ennå."])
        assert chosen(answer) == ["now"]
    row.refresh_from_db()
    assert (row.cancelled_at, letters(row, "cancellation")) == (None, [])


def test_a_change_asks_in_its_own_form(birch: Group, coordinator: User, browse: Browse) -> None:
    row = invited_to(birch, TOMORROW)
    page = f"{ROOT}{row.pk}/plan/"
    change = plan(birch, day="2026-11-25", start="18:00", end="20:00")
    with time_machine.travel(AFTERNOON, tick=False):
        assert QUESTION not in text(browse(coordinator).get(page))
    with time_machine.travel(NIGHT, tick=False):
        browser = browse(coordinator)
        asked = browser.get(page)
        assert QUESTION in text(asked)
        assert chosen(asked) == ["wait"]
        assert browser.post(page, {**change, "at_night": "now"}).url == f"{ROOT}{row.pk}/"
    assert passing(row, "change") == {True}


def test_a_change_that_tells_nobody_asks_nothing_of_who_saves(birch: Group, coordinator: User, browse: Browse) -> None:
    row = invited_to(birch, TOMORROW)
    same = {"day": "2026-11-25", "start": "17:00", "end": "19:00", "directions": row.directions, "bring": "Votter"}
    with time_machine.travel(NIGHT, tick=False):
        assert browse(coordinator).post(f"{ROOT}{row.pk}/plan/", plan(birch, **same)).url == f"{ROOT}{row.pk}/"
    assert letters(row, "change") == []


def test_moving_something_far_off_to_tomorrow_asks_when_it_is_sent(
    birch: Group, coordinator: User, browse: Browse
) -> None:
    row = invited_to(birch, TOMORROW + timedelta(days=7))
    page, change = f"{ROOT}{row.pk}/plan/", plan(birch, day="2026-11-25", start="10:00", end="12:00", bring="Ski")
    with time_machine.travel(NIGHT, tick=False):
        browser = browse(coordinator)
        assert QUESTION not in text(browser.get(page))
        asked = browser.post(page, change)
        assert all(words in text(asked) for words in [QUESTION, "Svar på dette også. Ingenting er sendt ennå.", "Ski"])
        assert chosen(asked) == ["now"]
        assert letters(row, "change") == []
        browser.post(page, {**change, "at_night": "wait"})
        assert "får beskjed i morgen kl. 08.00." in text(browser.get(f"{ROOT}{row.pk}/"))
    assert passing(row, "change") == {False}


def test_a_day_of_rest_is_quiet_too_but_gives_way_to_what_would_be_too_late(
    birch: Group, coordinator: User, browse: Browse
) -> None:
    today, tomorrow = invited_to(birch, AFTERNOON + timedelta(hours=2)), invited_to(birch, TOMORROW)
    QuietDay.objects.create(municipality=birch.municipality, day=AFTERNOON.date(), name="Minnedag")
    Gathering.objects.filter(pk=tomorrow.pk).update(starts_at=AFTERNOON + timedelta(hours=23))
    with time_machine.travel(AFTERNOON, tick=False):
        browser = browse(coordinator)
        assert QUESTION not in text(browser.get(f"{ROOT}{today.pk}/avlys/"))  # it goes at once by itself
        assert QUESTION in text(browser.get(f"{ROOT}{tomorrow.pk}/avlys/"))
