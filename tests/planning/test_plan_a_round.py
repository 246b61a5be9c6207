"""The plan: there from the first minute, everything in it may be changed, nothing must be filled in."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.html import escape

from accounts.models import User
from audit.models import Event
from municipalities.models import Municipality
from planning.models import PlanTask, Round
from planning.programme import PROGRAMME
from planning.queries.plan import due_soon, next_lines, plan_of
from planning.services.rounds import start_round
from planning.services.tasks import AlreadyDone, drop_task, mark_done, move_task, reopen_task
from tests.conftest import Browser
from tests.factories import FamilyFactory, group_of, plan_task, waiting
from tests.questions import asked

Browse = Callable[[User | None], Browser]
TODAY = date(2026, 11, 24)
VALUES = {"title": "Lån en gryte", "step": "3", "notes": "", "owner": "", "due_on": "", "amount": "", "unit": ""}


def plan_url(found: Round, rest: str = "") -> str:
    return f"/k/9901/runder/{found.pk}/plan/{rest}"


@pytest.fixture
def begun(lillevik: Municipality, leader: User, coordinator: User) -> Round:
    """A round that has just started with the programme's plan."""
    return start_round(
        municipality=lillevik,
        name="Våren 2027",
        project_leader=leader,
        starts_on=date(2026, 11, 20),
        ends_on=date(2027, 6, 20),
        kick_off_on=date(2027, 2, 9),
        coordinators=[coordinator],
        by=leader,
    )


def test_a_new_round_has_a_plan_that_follows_the_programme(begun: Round, leader: User) -> None:
    rows = list(begun.tasks.all())
    assert 25 <= len(rows) == len(PROGRAMME)
    assert {row.step for row in rows} == {1, 2, 3, 4, 5, 6}
    assert all(row.owner is None and row.done_at is None and row.dropped_at is None for row in rows)
    assert [row.step for row in rows] == sorted(row.step for row in rows)
    assert list(Event.objects.values_list("verb", "ids")) == [("start_round", {"round": begun.pk})]


def test_its_words_are_in_the_municipalitys_language(lillevik: Municipality, leader: User) -> None:
    lillevik.language = "en"
    found = start_round(
        municipality=lillevik, name="Spring", project_leader=leader, starts_on=TODAY, ends_on=TODAY, by=leader
    )
    assert found.tasks.filter(title="Plan the closing party").count() == 1


def test_days_follow_the_kick_off_and_own_days_stay(begun: Round, leader: User) -> None:
    counted = plan_task(begun, "Send invitasjon", 3, due_days=-10)
    fixed = plan_task(begun, "Møte i utvalget", 1, due_on=date(2026, 12, 3))
    without = plan_task(begun, "Tenk", 1)
    assert [task.due(begun.kick_off_on) for task in (counted, fixed, without)] == [
        date(2027, 1, 30),
        date(2026, 12, 3),
        None,
    ]
    moved = date(2027, 2, 16)
    assert [task.due(moved) for task in (counted, fixed, without)] == [date(2027, 2, 6), date(2026, 12, 3), None]
    assert [task.due(None) for task in (counted, fixed, without)] == [None, date(2026, 12, 3), None]


def test_what_is_due_first_comes_first_and_late_is_said_calmly(begun: Round) -> None:
    begun.tasks.all().delete()
    late = plan_task(begun, "Sent", 2, due_on=TODAY - timedelta(days=3))
    plan_task(begun, "Uten dag", 1)
    soon = plan_task(begun, "Snart", 5, due_on=TODAY + timedelta(days=3))
    done = plan_task(
        begun, "Gjort", 1, due_on=TODAY - timedelta(days=9), done_at=timezone.now(), done_by=begun.project_leader
    )
    plan = plan_of(begun, TODAY)
    assert [line.task.title for line in next_lines(plan)] == ["Sent", "Snart", "Uten dag"]
    assert {line.task: line.overdue for part in plan for line in [*part.open, *part.done] if line.due} == {
        late: True,
        soon: False,
        done: False,
    }


def test_the_page_shows_every_step_and_works_for_leader_and_coordinator(
    begun: Round, leader: User, coordinator: User, browse: Browse
) -> None:
    for person in (leader, coordinator):
        answer = browse(person).get(plan_url(begun))
        assert [part.size for part in answer.context["steps"]] == [11, 6, 5, 4, 2, 3]
        assert len(answer.context["next"]) == 3
        html = answer.content.decode()
        assert html.count("<h1") == 1
        assert all(escape(task.title) in html for task in begun.tasks.all())


def test_an_empty_plan_says_what_to_do(begun: Round, leader: User, browse: Browse) -> None:
    begun.tasks.all().delete()
    answer = browse(leader).get(plan_url(begun))
    assert answer.context["size"] == 0
    assert f'href="{plan_url(begun, "ny/")}"' in answer.content.decode()


def test_a_coordinator_of_another_round_finds_nothing(begun: Round, other_coordinator: User, browse: Browse) -> None:
    task = begun.tasks.first()
    browser = browse(other_coordinator)
    for rest in ("", "ny/", f"{task.pk}/", "steg/1/rekkefolge/", "krav/said_yes/"):
        assert browser.get(plan_url(begun, rest)).status_code == 404
    assert browser.post(plan_url(begun, f"{task.pk}/tilstand/"), {"state": "done"}).status_code == 404
    task.refresh_from_db()
    assert task.done_at is None


def test_add_a_task_with_nothing_but_what(begun: Round, coordinator: User, browse: Browse) -> None:
    last = begun.tasks.filter(step=3).last()
    answer = browse(coordinator).post(plan_url(begun, "ny/"), VALUES)
    assert answer.url == plan_url(begun) + "#step-3"
    row = begun.tasks.get(title="Lån en gryte")
    assert (row.step, row.owner, row.due_days, row.due_on, row.position) == (3, None, None, None, last.position + 1)


def test_change_a_task_its_owner_and_its_day(begun: Round, coordinator: User, browse: Browse) -> None:
    row = begun.tasks.filter(step=1).first()
    browser = browse(coordinator)
    shown = browser.get(plan_url(begun, f"{row.pk}/")).context["form"].initial
    assert (shown["amount"], shown["unit"]) == (12, "weeks-before")
    values = VALUES | {"owner": coordinator.pk, "amount": "3", "unit": "days-after"}
    assert browser.post(plan_url(begun, f"{row.pk}/"), values).status_code == 302
    row.refresh_from_db()
    assert (row.title, row.step, row.owner, row.due_days, row.due_on) == ("Lån en gryte", 3, coordinator, 3, None)
    assert row == begun.tasks.filter(step=3).last()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title": " "}, "title"),
        ({"step": "7"}, "step"),
        ({"due_on": "2026-13-01"}, "due_on"),
        ({"due_on": "2026-12-01", "amount": "2", "unit": "weeks-before"}, "amount"),
        ({"amount": "600", "unit": "weeks-before"}, "amount"),
        ({"amount": "-1", "unit": "weeks-before"}, "amount"),
        ({"owner": "999999"}, "owner"),
        ({"notes": "født 15849010260"}, "notes"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_what_was_typed_stays(
    wrong: dict[str, Any], field: str, begun: Round, coordinator: User, browse: Browse
) -> None:
    before = begun.tasks.count()
    answer = browse(coordinator).post(plan_url(begun, "ny/"), VALUES | {"notes": "Spør Gerd"} | wrong)
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [field]
    assert begun.tasks.count() == before
    assert ("Spør Gerd" in answer.content.decode()) is (field != "notes")


def test_done_is_a_state_so_twice_is_the_same_as_once(
    begun: Round, leader: User, coordinator: User, browse: Browse
) -> None:
    row = begun.tasks.first()
    for person in (coordinator, leader):
        browse(person).post(plan_url(begun, f"{row.pk}/tilstand/"), {"state": "done"})
    row.refresh_from_db()
    assert row.done_by == coordinator
    assert Event.objects.filter(verb="mark_done").count() == 1
    reopen_task(task=row, by=leader)
    row.refresh_from_db()
    assert (row.done_at, row.done_by) == (None, None)


def test_drop_a_task_and_bring_it_back(begun: Round, leader: User, browse: Browse) -> None:
    row = begun.tasks.first()
    browser, url = browse(leader), plan_url(begun, f"{row.pk}/tilstand/")
    browser.post(url, {"state": "dropped"})
    parts = browser.get(plan_url(begun)).context["steps"]
    assert [line.task for line in parts[0].dropped] == [row]
    assert parts[0].size == 10
    browser.post(url, {"state": "open"})
    parts = browser.get(plan_url(begun)).context["steps"]
    assert (parts[0].dropped, parts[0].size) == ([], 11)
    mark_done(task=row, by=leader, now=timezone.now())
    with pytest.raises(AlreadyDone):
        drop_task(task=row, by=leader, now=timezone.now())
    assert browser.post(url, {"state": "dropped"}).status_code == 302
    row.refresh_from_db()
    assert (row.done_by, row.dropped_at) == (leader, None)


def titles(found: Round, step: int = 1) -> list[str]:
    return [line.task.title for line in plan_of(found, TODAY)[step - 1].open]


def test_tasks_change_places_by_buttons_that_say_what_they_move(begun: Round, leader: User, browse: Browse) -> None:
    begun.tasks.all().delete()
    one, two, three = (plan_task(begun, title) for title in ("En", "To", "Tre"))
    browser, url = browse(leader), plan_url(begun, "steg/1/rekkefolge/")
    answer = browser.post(url, {"task": three.pk, "way": "up"})
    assert titles(begun) == ["En", "Tre", "To"]
    html = browser.get(answer.url).content.decode()
    assert html.count("autofocus") == 1
    browser.post(url, {"task": three.pk, "way": "up"})
    assert titles(begun) == ["Tre", "En", "To"]
    assert move_task(task=three, way="up", by=leader) is False
    assert move_task(task=two, way="down", by=leader) is False
    mark_done(task=one, by=leader, now=timezone.now())
    assert move_task(task=two, way="up", by=leader) is True
    assert titles(begun) == ["To", "Tre"]
    assert browser.get(plan_url(begun, "steg/7/rekkefolge/")).status_code == 404
    assert browser.post(url, {"task": "x"}).status_code == 404


def test_the_start_page_knows_what_of_the_plan_is_hers(
    begun: Round, leader: User, coordinator: User, browse: Browse
) -> None:
    now = timezone.localdate()
    late = plan_task(begun, "Ring biblioteket", 1, owner=coordinator, due_on=now - timedelta(days=1))
    plan_task(begun, "Senere", 1, owner=coordinator, due_on=now + timedelta(days=30))
    plan_task(begun, "En annens", 1, owner=leader, due_on=now)
    begun.kick_off_on = now + timedelta(days=10)
    begun.save()
    counted = plan_task(begun, "Bestill tolk", 3, owner=coordinator, due_days=-7)
    assert [task for task, _due in due_soon(coordinator, now, now + timedelta(days=14))] == [late, counted]
    todos = browse(coordinator).get("/k/9901/").context["todos"]
    assert {todo.title: url for todo, url in todos} == {
        "Ring biblioteket": plan_url(begun, f"{late.pk}/"),
        "Bestill tolk": plan_url(begun, f"{counted.pk}/"),
    }


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"step": 7}, "a_task_belongs_to_a_step"),
        ({"title": ""}, "a_task_says_what"),
        ({"due_days": 3, "due_on": TODAY}, "a_task_has_one_due_date"),
        ({"done_at": timezone.now()}, "a_done_task_says_by_whom"),
        ({"done_at": timezone.now(), "dropped_at": timezone.now()}, "a_task_is_not_done_and_dropped"),
    ],
)
def test_the_database_itself_refuses(values: dict[str, Any], name: str, autumn: Round, leader: User) -> None:
    more = {"done_by": leader} if "dropped_at" in values else {}
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        PlanTask.objects.create(
            **{"municipality": autumn.municipality, "round": autumn, "step": 1, "title": "x"} | values | more
        )


@pytest.mark.parametrize("size", [1, 30])
def test_the_plan_asks_the_same_of_the_database_for_one_task_and_for_thirty(
    size: int, autumn: Round, coordinator: User, leader: User, browse: Browse
) -> None:
    group_of(autumn, coordinator, "Bjørka", families=size)
    autumn.kick_off_on = autumn.starts_on
    autumn.save()
    for n in range(size):
        plan_task(autumn, f"Oppgave {n}", 1 + n % 6, owner=coordinator)
        waiting(FamilyFactory(municipality=autumn.municipality, name=f"Venter {n}"), autumn)
    assert asked(browse(leader), plan_url(autumn)) == 9
