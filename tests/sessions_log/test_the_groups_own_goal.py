"""The group's own goal: said when it has met, in its words, and seen again at the end."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import Error, IntegrityError, connection, transaction
from django.utils import timezone

from accounts.models import User
from audit.models import Event
from groups.models import Group
from municipalities.models import Municipality
from municipalities.tenancy import municipality
from planning.models import Round
from sessions_log.models import GroupGoal
from sessions_log.services.goals import NotMetYet, note_goal
from tests.conftest import Browser
from tests.factories import gathering_of, group_of
from tests.questions import asked

Browse = Callable[[User | None], Browser]
WORDS = "Vi tør å ringe på hos hverandre."


def met(group: Group, days: int = 20, **fields: Any) -> None:
    """The kick-off of the group was so many days ago."""
    gathering_of(group, timezone.now() - timedelta(days=days), kind="kick_off", **fields)


def address(group: Group) -> str:
    return f"/k/9901/grupper/{group.pk}/mal/"


def test_the_goal_is_written_changed_and_its_history_kept(birch: Group, coordinator: User, browse: Browse) -> None:
    met(birch)
    mine = browse(coordinator)
    empty = mine.get(f"/k/9901/grupper/{birch.pk}/").content.decode()
    assert "Skriv målet" in empty
    assert mine.post(address(birch), {"words": "Å bli kjent."}).url == f"/k/9901/grupper/{birch.pk}/"
    mine.post(address(birch), {"words": WORDS})
    mine.post(address(birch), {"words": WORDS})  # twice is the same as once
    goal = GroupGoal.objects.get()
    assert (goal.group, goal.words, goal.noted_by) == (birch, WORDS, coordinator)
    assert [row.verb for row in Event.objects.filter(verb="note_goal")] == ["note_goal"] * 2
    assert WORDS in mine.get(f"/k/9901/grupper/{birch.pk}/").content.decode()
    shown = mine.get(address(birch))
    assert [(row.words, row.by) for row in shown.context["earlier"]] == [("Å bli kjent.", "Ingrid Solheim")]
    assert shown.context["form"].initial == {"words": WORDS}


def test_it_is_seen_again_at_the_closing_party(birch: Group, coordinator: User, browse: Browse) -> None:
    met(birch)
    note_goal(group=birch, words=WORDS, by=coordinator, now=timezone.now())
    party, other = gathering_of(birch, kind="closing_party"), gathering_of(birch)
    assert WORDS in browse(coordinator).get(f"/k/9901/samlinger/{party.pk}/").content.decode()
    assert WORDS not in browse(coordinator).get(f"/k/9901/samlinger/{other.pk}/").content.decode()


def test_a_group_that_has_not_met_says_nothing(birch: Group, coordinator: User, browse: Browse) -> None:
    gathering_of(birch, kind="kick_off")  # in three days
    met(birch, days=3, cancelled_at=timezone.now())
    with pytest.raises(NotMetYet):
        note_goal(group=birch, words=WORDS, by=coordinator, now=timezone.now())
    mine = browse(coordinator)
    assert mine.get(address(birch)).url == mine.post(address(birch), {"words": WORDS}).url
    assert not GroupGoal.objects.exists()
    assert "Skriv målet" not in mine.get(f"/k/9901/grupper/{birch.pk}/").content.decode()


@pytest.mark.parametrize("words", ["", "   ", "Vi hjelper 01010750160 med norsk", "x" * 301])
def test_what_is_no_goal_is_refused(words: str, birch: Group, coordinator: User, browse: Browse) -> None:
    met(birch)
    answer = browse(coordinator).post(address(birch), {"words": words})
    assert list(answer.context["form"].errors) == ["words"]
    assert not GroupGoal.objects.exists()


def test_only_who_follows_the_group_and_the_leader_find_it(
    birch: Group, other_coordinator: User, leader: User, browse: Browse
) -> None:
    met(birch)
    assert browse(other_coordinator).get(address(birch)).status_code == 404
    assert browse(other_coordinator).post(address(birch), {"words": WORDS}).status_code == 404
    assert browse(leader).get(address(birch)).status_code == 200
    assert not GroupGoal.objects.exists()


INSERT = """insert into sessions_log_groupgoal (municipality_id, group_id, words, noted_by_id, noted_at)
    values (%s, %s, %s, %s, %s)"""


def put(group: Group, words: str, by: User, days_ago: int = 0) -> None:
    moment = timezone.now() - timedelta(days=days_ago)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(INSERT, [group.municipality_id, group.pk, words, by.pk, moment])


def test_the_database_holds_it_by_itself(birch: Group, coordinator: User) -> None:
    with pytest.raises(IntegrityError, match="when it has met"):
        put(birch, WORDS, coordinator)
    met(birch, days=20)
    with pytest.raises(IntegrityError, match="when it has met"):
        put(birch, WORDS, coordinator, days_ago=21)
    with pytest.raises(IntegrityError, match="a_goal_has_words"):
        put(birch, "", coordinator)
    put(birch, WORDS, coordinator)
    with pytest.raises(IntegrityError, match="sessions_log_groupgoal_group_id_key"):
        put(birch, "Et annet", coordinator)


def test_another_municipality_sees_neither_goal_nor_history(
    birch: Group, coordinator: User, storfjell: Municipality
) -> None:
    met(birch)
    note_goal(group=birch, words=WORDS, by=coordinator, now=timezone.now())
    counts = "select (select count(*) from sessions_log_groupgoal), (select count(*) from sessions_log_groupgoalevent)"
    with connection.cursor() as cursor:
        cursor.execute(counts)
        assert cursor.fetchone() == (1, 1)
        with municipality(storfjell):
            cursor.execute(counts)
            assert cursor.fetchone() == (0, 0)
    with pytest.raises(Error, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("delete from sessions_log_groupgoalevent")


@pytest.mark.parametrize("size", [1, 30])
def test_the_page_asks_the_same_for_one_family_and_for_thirty(
    size: int, autumn: Round, coordinator: User, browse: Browse
) -> None:
    group = group_of(autumn, coordinator, "Bjørka", families=size)
    met(group)
    note_goal(group=group, words=WORDS, by=coordinator, now=timezone.now())
    assert asked(browse(coordinator), address(group)) == 7
