"""The database itself keeps municipalities apart, tried by raw SQL as the application's role."""

import pytest
from django.db import Error, connection, transaction

from municipalities.models import Municipality
from municipalities.tenancy import activate, municipality
from planning.models import Venue
from tests.factories import VenueFactory

# Tables that exist before a municipality is known, or belong to none. Everything else is closed.
WITHOUT_TENANCY = {
    "accounts_roleassignment",
    "accounts_staffinvitation",
}


def rows(sql: str, *params: object) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def test_every_table_with_a_municipality_is_closed_and_forced(db: None) -> None:
    found = rows(
        """select c.relname, c.relrowsecurity and c.relforcerowsecurity from pg_class c
           join pg_attribute a on a.attrelid = c.oid and a.attname = 'municipality_id' and not a.attisdropped
           where c.relkind = 'r' order by 1"""
    )
    open_tables = {name for name, closed in found if not closed}
    assert open_tables == WITHOUT_TENANCY
    assert len(found) > 40


def test_the_application_owns_nothing_and_cannot_bypass(db: None) -> None:
    role, superuser, bypass, owns = rows(
        """select rolname, rolsuper, rolbypassrls, (select count(*) from pg_class where relowner = r.oid)
           from pg_roles r where rolname = current_user"""
    )[0]
    assert (superuser, bypass, owns) == (False, False, 0), role


@pytest.fixture
def two_venues(lillevik: Municipality, storfjell: Municipality) -> tuple[Venue, Venue]:
    own = VenueFactory(municipality=lillevik, name="Bjørkehuset")
    with municipality(storfjell):
        foreign = VenueFactory(municipality=storfjell, name="Fjellstua")
    return own, foreign


def test_a_municipality_reads_its_own_rows_only(two_venues: tuple[Venue, Venue], storfjell: Municipality) -> None:
    assert rows("select name from planning_venue") == [("Bjørkehuset",)]
    with municipality(storfjell):
        assert rows("select name from planning_venue") == [("Fjellstua",)]
    assert rows("select name from planning_venue") == [("Bjørkehuset",)]


def test_without_a_municipality_there_are_no_rows(two_venues: tuple[Venue, Venue]) -> None:
    activate(None)
    assert rows("select count(*) from planning_venue") == [(0,)]


def test_anothers_row_cannot_be_changed_or_deleted(two_venues: tuple[Venue, Venue], storfjell: Municipality) -> None:
    with connection.cursor() as cursor:
        cursor.execute("update planning_venue set name = 'x' where id = %s", [two_venues[1].pk])
        assert cursor.rowcount == 0
        cursor.execute("delete from planning_venue where id = %s", [two_venues[1].pk])
        assert cursor.rowcount == 0
    with municipality(storfjell):
        assert rows("select name from planning_venue") == [("Fjellstua",)]


def test_a_row_cannot_be_put_into_another_municipality(lillevik: Municipality, storfjell: Municipality) -> None:
    with pytest.raises(Error, match="row-level security"), transaction.atomic():
        VenueFactory(municipality=storfjell)


@pytest.mark.parametrize(
    "statement", ["update audit_event set verb = 'x'", "delete from audit_read", "delete from audit_refusal"]
)
def test_the_logs_only_grow(lillevik: Municipality, statement: str) -> None:
    with pytest.raises(Error, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_history_keeps_inserts_updates_and_deletes_under_the_same_walls(
    lillevik: Municipality, storfjell: Municipality
) -> None:
    venue = VenueFactory(municipality=lillevik, name="Bjørkehuset")
    Venue.objects.update(name="Bjørkestua")
    venue.delete()
    assert rows("select name, pgh_label from planning_venueevent order by pgh_id") == [
        ("Bjørkehuset", "insert"),
        ("Bjørkestua", "update"),
        ("Bjørkestua", "delete"),
    ]
    with municipality(storfjell):
        assert rows("select count(*) from planning_venueevent") == [(0,)]
