"""Rows of a fixed SQL text as instances: of this municipality only, each once, None where a join found nothing."""

from families.models import Family, Person
from municipalities.models import Municipality
from municipalities.rows import rows
from municipalities.tenancy import municipality
from tests.factories import FamilyFactory

FAMILIES = """
    select {f}, {p}, upper(f.name)
    from families_family f
    left join families_person p on p.family_id = f.id
    where f.name = any(%(names)s)
    order by f.name, p.id
"""


def test_each_row_gives_its_instances_and_then_the_rest(lillevik: Municipality) -> None:
    haddad, berg = (FamilyFactory(municipality=lillevik, name=name) for name in ("Haddad", "Berg"))
    haddad.people.all().delete()
    berg.people.all().delete()
    people = [
        Person.objects.create(municipality=lillevik, family=haddad, kind="adult", name=name)
        for name in ("Amira", "Omar")
    ]
    found = rows(FAMILIES, {"names": ["Haddad", "Berg"]}, f=Family, p=Person)
    assert found == [(berg, None, "BERG"), (haddad, people[0], "HADDAD"), (haddad, people[1], "HADDAD")]
    assert found[1][0] is found[2][0]
    assert {field.attname: getattr(found[1][1], field.attname) for field in Person._meta.concrete_fields} == {
        field.attname: getattr(people[0], field.attname) for field in Person._meta.concrete_fields
    }


def test_another_municipality_s_rows_do_not_come(lillevik: Municipality, storfjell: Municipality) -> None:
    with municipality(storfjell):
        FamilyFactory(municipality=storfjell, name="Berg")
    assert rows(FAMILIES, {"names": ["Berg"]}, f=Family, p=Person) == []
