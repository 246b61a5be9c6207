"""The page «People»: dates for who checks, «in order» or «missing» for everybody else; reminders where they are on."""

from collections.abc import Callable
from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Certificate, RoleAssignment, User
from accounts.services.certificates import CertificateMissing, valid_certificate
from accounts.standing import State, people_of, to_renew
from municipalities.models import Municipality
from tests.conftest import Browser
from tests.factories import asked_for_certificate, certificate_for, person_with_role, volunteer_of

Browse = Callable[[User | None], Browser]


@pytest.fixture
def everybody(lillevik: Municipality, leader: User, coordinator: User, administrator: User) -> None:
    """One in order, one asked, one missing; a volunteer without an account in order."""
    asked_for_certificate(person_with_role("Berit Bedt", lillevik, "coordinator"), lillevik, leader)
    person_with_role("Mona Mangler", lillevik, "coordinator")
    volunteer_of(lillevik, "Bjørn Dahl", leader)


def test_the_leader_sees_what_is_next_with_each(everybody: None, leader: User, browse: Browse) -> None:
    context = browse(leader).get("/k/9901/folk/").context
    seen = {name: [line.name for line in context[name]] for name in ("missing", "asked", "renew", "in_order", "others")}
    assert seen == {
        "missing": ["Mona Mangler"],
        "asked": ["Berit Bedt"],
        "renew": [],
        "in_order": ["Ingrid Solheim", "Bjørn Dahl"],
        "others": ["Ada Admin", "Kari Myhre"],
    }


@pytest.mark.parametrize("who", ["leader", "deputy"])
def test_who_checks_sees_dates(who: str, everybody: None, request: pytest.FixtureRequest, browse: Browse) -> None:
    page = browse(request.getfixturevalue(who)).get("/k/9901/folk/").content.decode()
    assert "12. august 2026" in page
    assert "1. september 2026" in page


def test_others_see_in_order_or_missing_and_no_date(everybody: None, administrator: User, browse: Browse) -> None:
    answer = browse(administrator).get("/k/9901/folk/")
    assert [(line.name, shown) for line, shown in answer.context["plain"]] == [
        ("Berit Bedt", False),
        ("Mona Mangler", False),
        ("Ingrid Solheim", True),
        ("Bjørn Dahl", True),
    ]
    page = answer.content.decode()
    for word in ("2026", "august", "september", "be-om-politiattest"):
        assert word not in page


def test_rows_with_dates_are_for_who_checks(everybody: None, coordinator: User) -> None:
    assert Certificate.objects.visible_to(coordinator).count() == 0


def test_a_volunteer_with_an_account_is_one_line(lillevik: Municipality, leader: User, volunteer_user: User) -> None:
    row = volunteer_of(lillevik, "Bjørn Dahl", leader)
    row.user = volunteer_user
    row.save()
    lines = [(line.name, line.state) for line in people_of(lillevik, date(2026, 11, 24))]
    assert lines == [("Bjørn Dahl", State.IN_ORDER), ("Kari Myhre", State.NOT_NEEDED)]


def test_thirty_people_cost_no_more_questions_than_one(lillevik: Municipality, leader: User) -> None:
    for n in range(30):
        if n in {0, 29}:
            with CaptureQueriesContext(connection) as asked:
                people_of(lillevik, date(2026, 11, 24))
            assert len(asked) == 5
        person = person_with_role(f"Person {n}", lillevik, "coordinator")
        certificate_for(person, lillevik, leader)
        asked_for_certificate(person, lillevik, leader)
        volunteer_of(lillevik, f"Frivillig {n}", leader)


def renewing(town: Municipality, ground: str, *, stops: bool = False) -> None:
    Certificate.objects.update(ground=ground)
    town.certificate_renewal_months, town.certificate_renewal_stops = 12, stops
    town.save()


@pytest.mark.parametrize(
    ("ground", "day", "due"),
    [
        ("organisation", "2027-08-12", True),
        ("organisation", "2027-08-11", False),
        ("other", "2027-08-12", True),
        ("health_and_care", "2030-01-01", False),
        ("child_welfare", "2030-01-01", False),
    ],
)
def test_a_new_one_is_asked_for_only_where_it_is_on_and_the_ground_allows_it(
    ground: str, day: str, due: bool, lillevik: Municipality, coordinator: User
) -> None:
    today = date.fromisoformat(day)
    Certificate.objects.update(ground=ground)
    assert to_renew(lillevik, today) == 0
    renewing(lillevik, ground)
    assert to_renew(lillevik, today) == int(due)
    line = next(line for line in people_of(lillevik, today) if line.name == coordinator.name)
    assert line.state == (State.RENEW if due else State.IN_ORDER)


def test_the_reminder_is_calm_and_stops_nobody(
    lillevik: Municipality, leader: User, coordinator: User, browse: Browse
) -> None:
    renewing(lillevik, "organisation")
    with time_machine.travel("2028-01-10 10:00+01:00"):
        titles = [todo.title for todo, _url in browse(leader).get("/k/9901/").context["todos"]]
        assert valid_certificate(user=coordinator, role="coordinator")
    assert len(titles) == 1


def test_the_municipality_may_let_it_stop_new_groups(lillevik: Municipality, coordinator: User) -> None:
    renewing(lillevik, "organisation", stops=True)
    with time_machine.travel("2028-01-10 10:00+01:00"):
        with pytest.raises(CertificateMissing):
            valid_certificate(user=coordinator, role="coordinator")
        renewing(lillevik, "health_and_care", stops=True)
        assert valid_certificate(user=coordinator, role="coordinator")


def test_only_one_deputy(lillevik: Municipality, deputy: User, coordinator: User, leader: User, browse: Browse) -> None:
    assert browse(deputy).get("/k/9901/").url == "/k/9901/folk/"
    data = {**settings_of(lillevik), "deputy": coordinator.pk}
    assert browse(leader).post("/k/9901/innstillinger/", data).status_code == 302
    assert list(RoleAssignment.objects.filter(role="checker").values_list("user", flat=True)) == [coordinator.pk]


def settings_of(town: Municipality) -> dict[str, object]:
    return {
        "language": town.language,
        "quiet_from": "21:00",
        "quiet_to": "08:00",
        "reminder_at": "16:00",
        "sms_sender": "SAMMEN",
        "sms_price_ore": 50,
        "waiting_limit_days": 30,
        "certificate_kept_days": 30,
    }
