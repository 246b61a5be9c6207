"""Activity ideas: our own, the national library's, and how they went."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import Error, IntegrityError, connection, connections, transaction
from django.urls import reverse

from accounts.models import User
from groups.models import Group
from municipalities.models import Municipality
from municipalities.tenancy import activate, municipality
from planning.models import ActivityIdea, IdeaNote, Material
from planning.services.library import load_library
from tests.conftest import Browser
from tests.planning.resources import idea_of

Browse = Callable[[User | None], Browser]


def address(name: str, *arguments: Any) -> str:
    return reverse(f"planning:{name}", args=["9901", *arguments])


@pytest.fixture
def me(browse: Browse, coordinator: User) -> Browser:
    coordinator.language = "en"
    coordinator.save()
    return browse(coordinator)


def titles(me: Browser, query: str) -> list[str]:
    answer = me.get(f"{address('ideas')}?{query}")
    return [line.title for line in answer.context["lines"]]


def test_an_idea_of_our_own_is_written_down(me: Browser, lillevik: Municipality) -> None:
    assert "No idea yet" in me.get(address("ideas")).content.decode()
    form = {
        "title": "Skøyter på torget",
        "what": "Vi låner skøyter.",
        "where": "outdoors",
        "language_needed": "none",
        "seasons": ["winter"],
        "cost": "50",
        "minutes": "90",
        "age_from": "3",
        "age_to": "",
        "wheelchair": "on",
        "realistic": "Skøyter å låne.",
        "lead_days": "4",
        "book": "Grete",
    }
    assert me.post(address("new_idea"), form).url == address("ideas")
    row = ActivityIdea.objects.get()
    assert (row.municipality, row.cost, row.seasons, row.age_to, row.lead_days) == (lillevik, 50, ["winter"], None, 4)
    page = me.get(address("idea", row.pk)).content.decode()
    for words in (
        "Vi låner skøyter.",
        "50\u00a0kr per family",
        "from 3 years",
        "works with a wheelchair",
        "4 days ahead · Grete",
    ):
        assert words in page
    wrong = me.post(address("edit_idea", row.pk), form | {"age_to": "2"}).content.decode()
    assert "The oldest must be at least as old as the youngest." in wrong


def test_ideas_are_narrowed(me: Browser, lillevik: Municipality) -> None:
    idea_of(lillevik, "Aking", seasons=["winter"], lead_days=0)
    idea_of(lillevik, "Bowling", where="indoors", cost=300, lead_days=7)
    idea_of(lillevik, "Museum", where="both", language_needed="some", cost=100, lead_days=30, what="Gamle båter")
    assert titles(me, "") == ["Aking", "Bowling", "Museum"]
    assert titles(me, "free=yes") == ["Aking"]
    assert titles(me, "season=summer") == ["Bowling", "Museum"]
    assert titles(me, "where=indoors") == ["Bowling", "Museum"]
    assert titles(me, "language=little") == ["Aking", "Bowling"]
    assert titles(me, "within=7") == ["Aking", "Bowling"]
    assert titles(me, "q=BÅTER") == ["Museum"]
    assert titles(me, "whose=national") == []
    assert titles(me, "where=indoors&within=7") == ["Bowling"]
    assert titles(me, "within=soon") == ["Aking", "Bowling", "Museum"]


def test_how_it_went_is_kept_for_whoever_tries_it_next(
    me: Browser, birch: Group, coordinator: User, other_coordinator: User, browse: Browse
) -> None:
    row = idea_of(birch.municipality)
    form = {"round": birch.round_id, "again": "changed", "text": "Ta med flere sokker."}
    assert me.post(address("new_idea_note", row.pk), form).url == address("idea", row.pk)
    note = IdeaNote.objects.get()
    assert (note.by, note.round, note.again) == (coordinator, birch.round, "changed")
    page = me.get(address("idea", row.pk)).content.decode()
    assert "Ta med flere sokker." in page
    assert "with changes" in page
    assert "Ta med flere sokker." not in browse(other_coordinator).get(address("idea", row.pk)).content.decode()
    elsewhere = me.post(address("new_idea_note", row.pk), form | {"round": 0})
    assert "Ta med flere sokker." in elsewhere.content.decode()
    assert IdeaNote.objects.count() == 1


def test_the_database_wants_ages_in_order(lillevik: Municipality) -> None:
    with pytest.raises(IntegrityError, match="an_idea_fits_some_age"), transaction.atomic():
        idea_of(lillevik, age_from=6, age_to=5)


def test_no_municipality_can_write_a_national_idea(lillevik: Municipality) -> None:
    with pytest.raises(Error, match="row-level security"), transaction.atomic():
        idea_of(None, key="aking")
    own = idea_of(lillevik)
    with pytest.raises(Error, match="row-level security"), transaction.atomic():
        ActivityIdea.objects.filter(pk=own.pk).update(municipality=None)


def run(sql: str, *params: object) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.rowcount


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_the_library_is_read_by_all_and_changed_by_no_municipality() -> None:
    lillevik = Municipality.objects.create(number="9901", name="Lillevik")
    storfjell = Municipality.objects.create(number="9902", name="Storfjell")
    ideas, texts = load_library(using="owner", on=date(2026, 9, 1))
    assert ideas >= 12
    with municipality(lillevik):
        assert ActivityIdea.objects.count() == ideas
        assert Material.objects.count() == texts
        assert run("delete from planning_activityidea") == 0
        assert run("delete from planning_material") == 0
        assert run("update planning_activityidea set municipality_id = %s", lillevik.pk) == 0
        assert run("update planning_activityidea set title = 'x'") == 0
        assert run("update planning_material set link = 'https://example.org'") == 0
        idea_of(lillevik, "Vår egen")
        assert ActivityIdea.objects.count() == ideas + 1
    with municipality(storfjell):
        assert ActivityIdea.objects.count() == ideas
    with transaction.atomic():
        activate(None)
        assert ActivityIdea.objects.count() == ideas


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_loading_twice_changes_nothing_and_what_left_the_file_goes_out_of_use() -> None:
    load_library(using="owner", on=date(2026, 9, 1))
    with connections["owner"].cursor() as cursor:
        cursor.execute("select count(*) from planning_activityideaevent")
        written = cursor.fetchone()
        ActivityIdea.objects.using("owner").create(
            key="gone", title="Borte", what="-", where="both", language_needed="none"
        )
        load_library(using="owner", on=date(2026, 10, 1))
        cursor.execute("select count(*) from planning_activityideaevent where pgh_label = 'insert'")
        assert cursor.fetchone() == (written[0] + 1,)
        cursor.execute("select key, title from planning_activityideaevent where pgh_label = 'update'")
        assert cursor.fetchall() == [("gone", "Borte")]
    gone = ActivityIdea.objects.using("owner").get(key="gone")
    assert gone.ended_on == date(2026, 10, 1)
    every = ActivityIdea.objects.using("owner").filter(ended_on=None)
    for row in every:
        assert set(row.in_other["nn"]) == {"title", "what", "realistic", "book"}, row.key
