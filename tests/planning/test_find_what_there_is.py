"""The page that leads to all resources; the smaller lists; how many questions each list asks the database."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from groups.models import Group
from municipalities.models import Municipality, SchoolHoliday
from planning.models import Arrangement, BudgetLine, Expense, MediaContact, MediaCoverage, RoundPartner
from tests.conftest import Browser
from tests.factories import VenueFactory, helping_in
from tests.planning.resources import idea_of, partner_of

Browse = Callable[[User | None], Browser]


def address(name: str, *arguments: Any) -> str:
    return reverse(f"planning:{name}", args=["9901", *arguments])


@pytest.fixture
def me(browse: Browse, leader: User) -> Browser:
    leader.language = "en"
    leader.save()
    return browse(leader)


def fill(group: Group, person: User, n: int) -> None:
    """n of everything, each with what its list shows."""
    town, day = group.municipality, date(2026, 9, 1)
    for i in range(n):
        partner = partner_of(town, f"Partner {i}")
        RoundPartner.objects.create(municipality=town, round=group.round, partner=partner)
        VenueFactory(municipality=town, name=f"Hus {i}")
        helping_in(group, f"Frivillig {i}")
        idea_of(town, f"Idé {i}")
        Arrangement.objects.create(municipality=town, kind="interpreter", name=f"Tolk {i}", speaks=["ar"], lead_days=2)
        MediaContact.objects.create(municipality=town, name=f"Sigrid {i}", outlet="Bladet")
        MediaCoverage.objects.create(
            municipality=town, round=group.round, title=f"Sak {i}", outlet="Bladet", published_on=day
        )
        SchoolHoliday.objects.create(municipality=town, name=f"Ferie {i}", starts_on=day, ends_on=day)
        line = BudgetLine.objects.create(municipality=town, round=group.round, name=f"Post {i}", amount=100)
        Expense.objects.create(municipality=town, line=line, on=day, amount=10, what="Mel", by=person)


LISTS = {  # how many questions each page asks
    "partners": 11,
    "round_partners": 12,
    "venues": 11,
    "volunteers": 13,
    "ideas": 12,
    "arrangements": 11,
    "media_contacts": 11,
    "coverage": 11,
    "school_holidays": 11,
    "budget": 12,
    "resources": 19,
}


@pytest.mark.parametrize("many", [1, 30])
def test_a_list_asks_the_same_questions_for_one_and_thirty(
    many: int,
    me: Browser,
    birch: Group,
    leader: User,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    fill(birch, leader, many)
    for name, questions in LISTS.items():
        arguments = [birch.round_id] if name in {"round_partners", "budget"} else []
        with django_assert_num_queries(questions, info=name):
            answer = me.get(address(name, *arguments))
        assert answer.status_code == 200, name


def test_three_hundred_ideas_ask_no_more(
    me: Browser, lillevik: Municipality, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for i in range(300):
        idea_of(lillevik, f"Idé {i:03}")
    with django_assert_num_queries(LISTS["ideas"]):
        answer = me.get(address("ideas") + "?free=yes&season=winter")
    assert (answer.context["listing"].total, len(answer.context["lines"])) == (300, 30)


def test_the_page_counts_plainly_and_leads_on(me: Browser, birch: Group, lillevik: Municipality) -> None:
    partner_of(lillevik)
    partner_of(lillevik, "Borte", ended_on=date(2026, 9, 1))
    idea_of(lillevik)
    idea_of(lillevik, "Bowling")
    page = me.get(address("resources")).content.decode()
    for words in ("one partner", "2 ideas", "none yet", "no holiday to come", "nobody yet"):
        assert words in page
    for name in ("partners", "venues", "volunteers", "ideas", "arrangements", "media_contacts", "school_holidays"):
        assert address(name) in page
    for name in ("round_partners", "budget"):
        assert address(name, birch.round_id) in page
    assert address("resources") in me.get(reverse("insight:today", args=["9901"])).content.decode()


def test_an_interpreter_is_arranged(me: Browser, lillevik: Municipality) -> None:
    form = {
        "kind": "interpreter",
        "name": "Tolketjenesten",
        "phone": "40000048",
        "speaks": ["ti", "ar"],
        "how_to_order": "På skjemaet.",
        "lead_days": "7",
        "price": "650 kr",
    }
    assert me.post(address("new_arrangement"), form).url == address("arrangements")
    row = Arrangement.objects.get()
    assert (row.kind, row.speaks, row.lead_days) == ("interpreter", ["ti", "ar"], 7)
    page = me.get(address("arrangements")).content.decode()
    for words in ("Tigrinya, Arabic", "7 days ahead", "650 kr", "tel:+4740000048"):
        assert words in page
    assert "Klingon" in me.post(address("new_arrangement"), form | {"speaks": "Klingon"}).content.decode()
    assert Arrangement.objects.count() == 1


def test_the_media_are_called_and_what_they_told_is_kept(me: Browser, birch: Group) -> None:
    contact = {"name": "Sigrid Aune", "outlet": "Lillevik Blad", "phone": "40000049"}
    assert me.post(address("new_media_contact"), contact).url == address("media_contacts")
    assert "tel:+4740000049" in me.get(address("media_contacts")).content.decode()
    told = {
        "round": birch.round_id,
        "title": "Ett bord",
        "outlet": "Lillevik Blad",
        "published_on": "2026-10-01",
        "link": "https://blad.example.org/ett-bord",
    }
    assert me.post(address("new_coverage"), told).url == address("coverage")
    assert 'href="https://blad.example.org/ett-bord"' in me.get(address("coverage")).content.decode()
    wrong = me.post(address("new_coverage"), told | {"link": "javascript:alert(1)"})
    assert (wrong.status_code, MediaCoverage.objects.count()) == (200, 1)
    row = MediaCoverage.objects.get()
    me.post(address("edit_coverage", row.pk), told | {"taken_out": "on"})
    assert MediaCoverage.objects.count() == 0
    assert "Ask SOS-barnebyer" in me.get(address("media_advice")).content.decode()


def test_school_days_are_kept_in_order(me: Browser, lillevik: Municipality) -> None:
    form = {"name": "Høstferie", "starts_on": "2026-10-05", "ends_on": "2026-10-09"}
    assert me.post(address("new_school_holiday"), form).url == address("school_holidays")
    page = me.get(address("school_holidays")).content.decode()
    assert "5 October 2026 – 9 October 2026" in page
    wrong = me.post(address("new_school_holiday"), form | {"ends_on": "2026-10-01"}).content.decode()
    assert "The last day cannot be before the first." in wrong
    with pytest.raises(IntegrityError, match="school_holiday_starts_before_it_ends"), transaction.atomic():
        SchoolHoliday.objects.create(
            municipality=lillevik, name="Feil", starts_on=date(2026, 10, 5), ends_on=date(2026, 10, 4)
        )
    row = SchoolHoliday.objects.get()
    me.post(address("edit_school_holiday", row.pk), form | {"taken_out": "on"})
    assert SchoolHoliday.objects.count() == 0
