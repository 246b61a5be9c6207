"""Coordinators and the leader see families that may be one; nobody else learns of it."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from accounts.queries import act_in
from audit.models import Read
from families.duplicates.pairs import alike, all_alike
from families.models import Family, Merge, NotTheSame, Participation, Person
from families.services.referrals import NewAdult, NewChild, NewFamily, refer_family
from groups.models import Group
from municipalities.models import Municipality
from planning.models import Round
from tests.conftest import Browser
from tests.factories import FamilyFactory, waiting

Browse = Callable[[User | None], Browser]


def page(name: str, *arguments: Any) -> str:
    return reverse(f"families:{name}", args=["9901", *arguments])


def tesfay(town: Municipality, in_round: Round, name: str, adult: str, phone: str = "", **fields: Any) -> Family:
    row = FamilyFactory(municipality=town, name=name, people=False, **fields)
    Person.objects.create(municipality=town, family=row, kind="adult", name=adult, phone=phone, receives=bool(phone))
    for child, year in (("Bilen", 2018), ("Ruta", 2021)):
        Person.objects.create(municipality=town, family=row, kind="child", name=child, birth_year=year)
    waiting(row, in_round)
    return row


@pytest.fixture(autouse=True)
def no_other_children(birch: Group) -> None:
    """The children of the group's families are all called the same."""
    Person.objects.filter(family__memberships__group=birch, kind="child").delete()


@pytest.fixture
def two(lillevik: Municipality, autumn: Round, birch: Group) -> tuple[Family, Family]:
    """The same family twice in recruitment of Ingrid's round, spelt differently."""
    return (
        tesfay(lillevik, autumn, "Tesfay", "Selam Tesfay", "+4741000055"),
        tesfay(lillevik, autumn, "ተስፋይ", "ሰላም ተስፋይ", "+4741000056"),
    )


@pytest.fixture
def english(leader: User, coordinator: User, referrer: User) -> None:
    User.objects.update(language="en")
    for each in (leader, coordinator, referrer):
        each.refresh_from_db()


def test_the_list_names_both_and_says_why(
    two: tuple[Family, Family], english: None, coordinator: User, leader: User, browse: Browse
) -> None:
    for person in (leader, coordinator):
        answer = browse(person).get(page("duplicates"))
        assert [(pair.first, pair.second) for pair in answer.context["rows"]] == [two]
        text = answer.content.decode()
        assert (
            "An adult&#x27;s name in another spelling, the family name, 2 children of the same names and ages" in text
        )
        assert "very likely" in text
    assert Read.objects.filter(page="families:duplicates").first().ids == sorted(row.pk for row in two)


def test_a_card_on_the_family_and_a_line_in_the_list(
    two: tuple[Family, Family], english: None, coordinator: User, browse: Browse
) -> None:
    first, second = two
    shown = browse(coordinator).get(page("family", first.pk)).content.decode()
    assert "Perhaps the same as ተስፋይ" in shown
    assert page("compare", first.pk, second.pk) in shown
    assert "Perhaps the same as Tesfay" in browse(coordinator).get(page("waiting")).content.decode()
    other = FamilyFactory(municipality=first.municipality, name="Lind", people=False)
    waiting(other, Round.objects.get())
    assert "Perhaps the same" not in browse(coordinator).get(page("family", other.pk)).content.decode()


def test_only_where_she_may_see_both(
    two: tuple[Family, Family], other_coordinator: User, coordinator: User, browse: Browse, lillevik: Municipality
) -> None:
    first, second = two
    Participation.objects.filter(family=second).update(ended_on=date(2026, 9, 1), ending="ended")
    Participation.objects.filter(family=second).delete()
    assert alike([first], act_in(coordinator, lillevik)) == {}
    assert all_alike(act_in(coordinator, lillevik)) == []
    assert browse(coordinator).get(page("compare", first.pk, second.pk)).status_code == 404
    assert browse(coordinator).post(page("compare", first.pk, second.pk), {"then": "two"}).status_code == 404
    assert browse(other_coordinator).get(page("duplicates")).context["rows"] == []
    assert not NotTheSame.objects.exists()


def test_how_to_reach_a_protected_family_tells_nothing(
    birch: Group, leader: User, coordinator: User, lillevik: Municipality, browse: Browse
) -> None:
    protected = birch.memberships.first().family
    Family.objects.filter(pk=protected.pk).update(protection="confidential", address="Lia 4", postcode="1440")
    phone = protected.people.get(kind="adult").phone
    same = FamilyFactory(municipality=lillevik, name="Lind", people=False, address="Lia 4", postcode="1440")
    Person.objects.create(municipality=lillevik, family=same, kind="adult", name="Eva", phone=phone)
    waiting(same, birch.round)
    assert alike(list(Family.objects.filter(pk=same.pk)), act_in(leader, lillevik)) == {}
    assert all_alike(act_in(leader, lillevik)) == []
    assert [pair.reasons for pair in all_alike(act_in(coordinator, lillevik))] != []
    shown = browse(leader).get(page("compare", protected.pk, same.pk)).content.decode()
    assert "Lia 4" not in shown
    assert phone[3:6] not in shown


def test_the_referrer_gets_the_same_answer_as_always(
    two: tuple[Family, Family], autumn: Round, referrer: User, coordinator: User, browse: Browse, lillevik: Municipality
) -> None:
    details = {
        "family_name": "Tesfai",
        "adult": "Selam Tesfai",
        "phone": "410 00 055",
        "language": "ti",
        "protection": "none",
        "source_kind": "nav",
        "agreed_to_contact": "on",
        "once": "a" * 32,
    }
    new = {**details, "once": "b" * 32, "family_name": "Nord", "adult": "Per Nord", "phone": "410 00 099"}
    browser = browse(referrer)
    answers = [browser.post(page("refer"), data) for data in (details, new)]
    assert [(answer.status_code, answer.url) for answer in answers] == [(302, page("my_referrals"))] * 2
    shown = browser.get(page("my_referrals"))
    assert {(row.name, row.status) for row in shown.context["referrals"]} == {
        ("Tesfai", "mottatt"),
        ("Nord", "mottatt"),
    }
    again = Family.objects.get(name="Tesfai")
    assert {pair.other(again) for pair in alike([again], act_in(coordinator, lillevik))[again.pk]} == set(two)
    assert browser.get(page("duplicates")).status_code == 403


def test_receiving_a_referral_asks_the_same_of_the_database(
    two: tuple[Family, Family], autumn: Round, referrer: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """Nor can it be felt: a family that is here already is received by the same work."""
    for name, adult, phone in (("Tesfay", "Selam Tesfay", "+4741000055"), ("Nord", "Per Nord", "+4741000099")):
        with django_assert_num_queries(7):
            refer_family(
                family=NewFamily(name, [NewAdult(adult, phone)], [NewChild("Bilen", 2018)]),
                in_round=autumn,
                referred_on=date(2026, 9, 1),
                agreed_to_contact=True,
                by=referrer,
            )


def test_they_are_two(two: tuple[Family, Family], coordinator: User, leader: User, browse: Browse) -> None:
    first, second = two
    answer = browse(coordinator).post(page("compare", second.pk, first.pk), {"then": "two"})
    assert answer.url == page("duplicates")
    pair = NotTheSame.objects.get()
    assert (pair.first, pair.second, pair.noted_by) == (first, second, coordinator)
    assert browse(leader).get(page("duplicates")).context["rows"] == []
    assert "alike" in browse(leader).get(page("family", first.pk)).context
    assert browse(leader).get(page("family", first.pk)).context["alike"] == []


def test_they_are_one_and_two_again(
    two: tuple[Family, Family], english: None, coordinator: User, browse: Browse
) -> None:
    first, second = two
    browser = browse(coordinator)
    form = browser.get(page("compare", first.pk, second.pk)).context["form"]
    adult, double = first.people.get(kind="adult"), second.people.get(kind="adult")
    sent = {name: form.get_initial_for_field(field, name) or "" for name, field in form.fields.items()}
    assert sent == {
        "family-name": "kept",
        f"person-{double.pk}": str(adult.pk),
        f"person-{double.pk}-name": "kept",
        f"person-{double.pk}-phone": "kept",
        **{
            f"person-{theirs.pk}": str(ours.pk)
            for theirs, ours in zip(second.people.filter(kind="child"), first.people.filter(kind="child"), strict=True)
        },
    }
    sent[f"person-{double.pk}-phone"] = "merged"
    answer = browser.post(page("compare", first.pk, second.pk), {**sent, "then": "merge"})
    assert answer.url == page("family", first.pk)
    assert [(person.name, person.phone) for person in first.people.all()] == [
        ("Selam Tesfay", "+4741000056"),
        ("Bilen", ""),
        ("Ruta", ""),
    ]
    shown = browser.get(page("family", first.pk)).content.decode()
    assert "ተስፋይ was merged into this family" in shown
    assert browser.get(page("family", second.pk)).url == page("family", first.pk)
    merge = Merge.objects.get()
    assert browser.post(page("undo_merge", merge.pk)).url == page("family", first.pk)
    assert "They are two families again" in browser.get(page("family", first.pk)).content.decode()
    assert browser.get(page("family", second.pk)).status_code == 200


def test_what_cannot_be_merged_is_said_on_the_page(
    birch: Group, english: None, coordinator: User, browse: Browse
) -> None:
    first, second = (row.family for row in list(birch.memberships.all())[:2])
    page_of_both = page("compare", first.pk, second.pk)
    form = browse(coordinator).get(page_of_both).context["form"]
    sent = {name: form.get_initial_for_field(field, name) or "" for name, field in form.fields.items()}
    answer = browse(coordinator).post(page_of_both, sent)
    assert "Take one of them out of its group first" in answer.content.decode()
    assert not Merge.objects.exists()
    missing = browse(coordinator).post(page_of_both, {})
    assert "family-name" in missing.context["form"].errors
    assert "Choose one." in missing.content.decode()


@pytest.mark.parametrize("number", [1, 30])
def test_as_many_questions_for_one_pair_as_for_thirty(
    number: int,
    lillevik: Municipality,
    autumn: Round,
    birch: Group,
    coordinator: User,
    leader: User,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for n in range(number):
        for spelling in ("Å", "Aa"):
            row = FamilyFactory(municipality=lillevik, name=f"{spelling}s{n}", people=False)
            Person.objects.create(
                municipality=lillevik, family=row, kind="adult", name=f"Eva{n} {spelling}s{n}", phone=f"+474100{n:04}"
            )
            waiting(row, autumn)
    protected = Family.objects.first()
    Family.objects.filter(pk=protected.pk).update(protection="confidential")
    rows = list(Family.objects.filter(name__startswith="Å"))
    ingrid, kari = act_in(coordinator, lillevik), act_in(leader, lillevik)
    assert (len(ingrid.followed_groups), kari.followed_groups) == (1, [])
    with django_assert_num_queries(5):
        assert len(alike(rows, ingrid)) == number
    with django_assert_num_queries(5):
        assert len(all_alike(kari)) == number
