"""A family is found by any of its names, however it is written, by those who may see it."""

from datetime import date
from typing import Any

import pytest
from django.db import connection

from accounts.models import User
from accounts.queries import act_in
from families.models import Family, Person, Trace
from families.rules.sameness import Child, Household, keys_of
from groups.models import Group
from municipalities.models import Municipality
from municipalities.tenancy import municipality
from tests.factories import FamilyFactory


def family(town: Municipality, name: str, *adults: str, children: tuple[str, ...] = (), **fields: object) -> Family:
    row = FamilyFactory(municipality=town, name=name, people=False, **fields)
    for kind, names in (("adult", adults), ("child", children)):
        for each in names:
            Person.objects.create(municipality=town, family=row, kind=kind, name=each)
    return row


@pytest.fixture
def families(lillevik: Municipality) -> list[Family]:
    return [
        family(lillevik, "Ås", "Kåre Ås", children=("Bjørn",)),
        family(lillevik, "Moe", "Karin Moe", children=("Åse",)),
        family(lillevik, "محمد", "علي محمد", children=("زهرا",)),
        family(lillevik, "Muhammad", "Ali Muhammad"),
        family(lillevik, "ተስፋይ", "ሰላም ተስፋይ"),
        family(lillevik, "Шевченко", "Юлія Шевченко"),
        family(lillevik, "Aasen", "Per Aasen"),
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("aas", ["Ås", "Aasen", "Moe"]),
        ("Kaare As", ["Ås"]),
        ("ås kåre", ["Ås"]),
        ("bjoern", ["Ås"]),
        ("Mohamed", ["Muhammad", "محمد"]),
        ("محمد", ["محمد", "Muhammad"]),
        ("zahra", ["محمد"]),
        ("tesfai", ["ተስፋይ"]),
        ("ሰላም", ["ተስፋይ"]),
        ("julia sjevtsjenko", ["Шевченко"]),
        ("Шев", ["Шевченко"]),
        ("Kari", ["Moe"]),
        ("Hansen", []),
        ("!", []),
    ],
)
def test_every_word_of_a_search_begins_a_name(families: list[Family], text: str, found: list[str]) -> None:
    assert [row.name for row in Family.objects.search(text)] == found


def test_nothing_searched_is_nothing_narrowed(families: list[Family]) -> None:
    assert Family.objects.search(" ").count() == len(families)


def test_only_families_she_may_see_are_found(birch: Group, coordinator: User, lillevik: Municipality) -> None:
    family(lillevik, "Bjørkelund", "Eva Bjørkelund")
    ingrid = act_in(coordinator, lillevik)
    assert {row.name for row in Family.objects.visible_to(ingrid).search("bjork")} == {
        f"Bjørkafamilie {n}" for n in range(1, 7)
    }


def test_a_phone_finds_except_a_protected_familys(
    birch: Group, leader: User, coordinator: User, lillevik: Municipality
) -> None:
    kari, ingrid = act_in(leader, lillevik), act_in(coordinator, lillevik)
    protected = birch.memberships.first().family
    phone = protected.people.get(kind="adult").phone
    open_family = family(lillevik, "Lind")
    Person.objects.create(municipality=lillevik, family=open_family, kind="adult", name="Eva", phone="+4740090077")
    Person.objects.filter(family=open_family).update(email="Eva@example.org")
    shown = f"{phone[3:6]} {phone[6:8]} {phone[8:]}"

    def found(text: str, by: User) -> list[Family]:
        return list(Family.objects.visible_to(by).search(text, by=by))

    assert found("400 90 077", kari) == [open_family] == found("eva@EXAMPLE.org", kari)
    assert found(shown, kari) == [protected]
    Family.objects.filter(pk=protected.pk).update(protection="confidential")
    assert found(shown, kari) == []
    assert found(shown, ingrid) == [protected]
    assert list(Family.objects.visible_to(kari).search("400 90 077")) == []


def test_traces_follow_every_change(lillevik: Municipality) -> None:
    row = family(lillevik, "Lind", "Eva Lind")
    Family.objects.filter(pk=row.pk).update(name="Moe")
    row.people.update(name="Jo Moe")
    assert [list(Family.objects.search(text)) for text in ("lind", "moe", "jo")] == [[], [row], [row]]
    row.people.update(left_on=date(2026, 9, 1))
    assert list(Family.objects.search("jo")) == []
    other = family(lillevik, "Vik", "Per Vik")
    other.people.update(family=row)
    assert list(Family.objects.search("per")) == [row]
    Family.objects.filter(pk=row.pk).update(merged_into=other)
    assert not Trace.objects.filter(family=row).exists()
    Family.objects.filter(pk=row.pk).update(merged_into=None)
    assert Trace.objects.filter(family=row).exists()
    row.delete()
    assert not Trace.objects.filter(family=row.pk).exists()


def test_the_databases_traces_are_those_of_the_rule(lillevik: Municipality) -> None:
    row = family(lillevik, "Tesfay Haile", address="Moerveien 12 B", postcode="1440")
    people: list[dict[str, Any]] = [
        {"kind": "adult", "name": "Selam Åsa Tesfay", "phone": "+4740000002", "email": "Selam@example.org"},
        {"kind": "adult", "name": "Yonas"},
        {"kind": "child", "name": "Bilen Selam", "birth_year": 2018, "birth_year_about": True},
        {"kind": "child", "name": "Ruta", "birth_year": 2021},
        {"kind": "child", "name": "ዮናስ", "birth_year": 2021, "birth_year_about": True},
        {"kind": "child", "name": "Liv"},
        {"kind": "child", "birth_year": 2020},
    ]
    for fields in people:
        Person.objects.create(municipality=lillevik, family=row, **fields)
    household = Household(
        row.name,
        adults=("Selam Åsa Tesfay", "Yonas"),
        children=tuple(
            Child(each.get("name", ""), each.get("birth_year"), each.get("birth_year_about", False))
            for each in people
            if each["kind"] == "child"
        ),
        phones=frozenset({"+4740000002"}),
        emails=frozenset({"Selam@example.org"}),
        address=row.address,
        postcode=row.postcode,
    )
    assert set(Trace.objects.exclude(kind__in=["word", "bones"]).values_list("kind", "key")) == keys_of(household)


def test_another_municipality_finds_nothing(families: list[Family], storfjell: Municipality) -> None:
    with municipality(storfjell):
        assert not Trace.objects.exists()
        assert list(Family.objects.search("aas")) == []


def test_the_index_is_used_behind_row_level_security(families: list[Family]) -> None:
    """Only comparisons that cannot leak may use an index there: no trigrams, but letter by letter they may."""
    with connection.cursor() as cursor:
        cursor.execute(  # enough for the planner to prefer one index, whatever it knows of the table so far
            "insert into families_trace (municipality_id, family_id, kind, key, place)"
            " select municipality_id, id, 'word', md5(n::text), 0 from families_family, generate_series(1, 2000) n"
        )
        cursor.execute("set local enable_seqscan = off")
        cursor.execute(
            "explain select family_id from families_trace where kind = 'word' and key >= 'mo' and key < 'mp'"
        )
        plan = " ".join(row[0] for row in cursor.fetchall())
    assert "trace_by_key" in plan
    assert "key >= 'mo'" in plan.split("Filter:")[0]
