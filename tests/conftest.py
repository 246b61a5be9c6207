"""The named cast, and a browser that brings no municipality along.

Tests run as the application's role: row-level security holds in them. Tables are made and flushed by the owner.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import teardown_databases
from django.utils import timezone

from accounts.models import User
from groups.models import Group
from municipalities.models import Municipality
from municipalities.tenancy import activate, active_municipality
from outbox import clock
from planning.models import Round
from tests.factories import (
    MunicipalityFactory,
    RoundFactory,
    certificate_for,
    group_of,
    person_with_role,
)
from tests.template import make_databases


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What runs side by side: whole files, and all that starts `make run` in one process, on one copy of the tree."""
    for item in items:
        place = item.path.relative_to(item.config.rootpath)
        group = "local" if "local" in place.parts else str(place)
        item.add_marker(pytest.mark.xdist_group(group))


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_blocker: Any, django_db_modify_db_settings: None
) -> Iterator[None]:
    """Make the test database as its owner; "default" is the application's role in the same database.

    Tests that run side by side have a database each.
    """
    with django_db_blocker.unblock():
        config = make_databases()
    yield
    with django_db_blocker.unblock():
        for alias in ("default", "owner"):
            end_other_sessions(alias)
            connections[alias].close()
        teardown_databases(config, verbosity=0)


def end_other_sessions(alias: str) -> None:
    """A server thread of a journey may still hold a connection: the database could not be dropped."""
    with connections[alias].cursor() as cursor:
        cursor.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity"
            " where datname = current_database() and usename = current_user and pid <> pg_backend_pid()"
        )


class Browser(Client):
    """Django's client, except that a request begins without a municipality, as it does on a server."""

    def request(self, **request: Any) -> Any:
        before = active_municipality()
        activate(None)
        try:
            return super().request(**request)
        finally:
            activate(before)


@pytest.fixture
def lillevik(db: None) -> Municipality:
    """The municipality of the tests; active for rows that a test makes and reads."""
    municipality = MunicipalityFactory(number="9901", name="Lillevik")
    activate(municipality.pk)
    return municipality


@pytest.fixture
def storfjell(db: None) -> Municipality:
    """Another municipality, whose rows must never be seen."""
    return MunicipalityFactory(number="9902", name="Storfjell")


@pytest.fixture
def leader(lillevik: Municipality) -> User:
    return person_with_role("Kari Myhre", lillevik, "leader")


@pytest.fixture
def coordinator(lillevik: Municipality, leader: User) -> User:
    user = person_with_role("Ingrid Solheim", lillevik, "coordinator", phone="+4740000901")
    certificate_for(user, lillevik, leader)
    return user


@pytest.fixture
def other_coordinator(lillevik: Municipality, leader: User) -> User:
    """A coordinator of the same municipality who follows another group."""
    user = person_with_role("Jonas Lie-Hagen", lillevik, "coordinator")
    certificate_for(user, lillevik, leader)
    return user


@pytest.fixture
def referrer(lillevik: Municipality) -> User:
    return person_with_role("Tor Henviser", lillevik, "referrer")


@pytest.fixture
def volunteer_user(lillevik: Municipality) -> User:
    return person_with_role("Bjørn Dahl", lillevik, "volunteer")


@pytest.fixture
def administrator(lillevik: Municipality) -> User:
    return person_with_role("Ada Admin", lillevik, "administrator", is_staff=True)


@pytest.fixture
def deputy(lillevik: Municipality) -> User:
    """The one who checks police certificates besides the leader."""
    return person_with_role("Dina Stedfortreder", lillevik, "checker")


@pytest.fixture
def nobody(lillevik: Municipality) -> User:
    """Somebody with an account and no role anywhere."""
    return person_with_role("Nils Ingen", None)


@pytest.fixture
def stranger(storfjell: Municipality, lillevik: Municipality) -> User:
    """Leader and coordinator in another municipality."""
    return person_with_role("Siri Fremmed", storfjell, "leader", "coordinator")


@pytest.fixture
def autumn(lillevik: Municipality, leader: User) -> Round:
    return RoundFactory(municipality=lillevik, project_leader=leader, name="Høsten 2026")


@pytest.fixture
def birch(autumn: Round, coordinator: User) -> Group:
    """Bjørka: Ingrid's group of six families."""
    return group_of(autumn, coordinator, "Bjørka")


@pytest.fixture
def browse() -> Callable[[User | None], Browser]:
    """A browser in which this person is signed in."""

    def sign_in(user: User | None) -> Browser:
        browser = Browser()
        if user is not None:
            browser.force_login(user)
        return browser

    return sign_in


@pytest.fixture(autouse=True)
def one_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests freeze the machine's clock. The database's cannot be: in them the outbox goes by the machine's."""
    monkeypatch.setattr(clock, "now", timezone.now)
    monkeypatch.setattr(clock, "lately", timezone.now)
