"""A round: its days, its people, its reference group."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from planning.models import ReferenceMember, Round
from planning.services.rounds import KickOffOutside, start_round
from tests.conftest import Browser
from tests.factories import person_with_role, reference_member

Browse = Callable[[User | None], Browser]


def values(leader: User, **more: Any) -> dict[str, Any]:
    return {
        "name": "Våren 2027",
        "starts_on": "2027-01-04",
        "ends_on": "2027-06-20",
        "kick_off_on": "2027-02-09",
        "goals": "Fem nye bord.",
        "project_leader": leader.pk,
        "coordinators": [],
        **more,
    }


def test_the_leader_starts_a_round_and_comes_to_its_plan(leader: User, coordinator: User, browse: Browse) -> None:
    answer = browse(leader).post("/k/9901/runder/ny/", values(leader, coordinators=[coordinator.pk]))
    found = Round.objects.get()
    assert answer.url == f"/k/9901/runder/{found.pk}/plan/"
    assert (found.name, found.kick_off_on, found.goals) == ("Våren 2027", date(2027, 2, 9), "Fem nye bord.")
    assert [row.user for row in found.coordinators.all()] == [coordinator]
    assert found.tasks.count() >= 25
    assert browse(coordinator).get(answer.url).status_code == 200


def test_a_coordinator_starts_and_changes_no_round(
    autumn: Round, coordinator: User, birch: Any, browse: Browse
) -> None:
    browser = browse(coordinator)
    for rest in ("ny/", f"{autumn.pk}/ny/", f"{autumn.pk}/endre/", f"{autumn.pk}/referansegruppe/ny/"):
        assert browser.get(f"/k/9901/runder/{rest}").status_code == 403
        assert browser.post(f"/k/9901/runder/{rest}", values(autumn.project_leader)).status_code == 403
    assert Round.objects.get().name == "Høsten 2026"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": ""}, "name"),
        ({"ends_on": "2026-12-31"}, "ends_on"),
        ({"kick_off_on": "2027-07-01"}, "kick_off_on"),
        ({"starts_on": "i morgen"}, "starts_on"),
        ({"project_leader": "0"}, "project_leader"),
        ({"coordinators": ["0"]}, "coordinators"),
        ({"contact_phone": "123"}, "contact_phone"),
        ({"contact_email": "nei"}, "contact_email"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(
    wrong: dict[str, Any], field: str, autumn: Round, leader: User, browse: Browse
) -> None:
    answer = browse(leader).post(f"/k/9901/runder/{autumn.pk}/endre/", values(leader, **wrong))
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [field]
    autumn.refresh_from_db()
    assert autumn.name == "Høsten 2026"


def test_the_service_and_the_database_hold_the_kick_off_inside_the_round(autumn: Round, leader: User) -> None:
    with pytest.raises(KickOffOutside):
        start_round(
            municipality=autumn.municipality,
            name="x",
            project_leader=leader,
            starts_on=date(2027, 1, 1),
            ends_on=date(2027, 2, 1),
            kick_off_on=date(2027, 2, 2),
            by=leader,
        )
    with pytest.raises(IntegrityError, match="kick_off_is_in_the_round"), transaction.atomic():
        Round.objects.filter(pk=autumn.pk).update(kick_off_on=date(2027, 2, 2))


def test_change_everything_about_a_round(autumn: Round, leader: User, coordinator: User, browse: Browse) -> None:
    other = person_with_role("Liv Ny", autumn.municipality, "leader")
    browse(leader).post(
        f"/k/9901/runder/{autumn.pk}/endre/",
        values(
            other,
            coordinators=[coordinator.pk],
            contact_name="Maja Lund",
            contact_phone="400 00 911",
            contact_email="maja.lund@example.org",
            lessons="Begynn tidligere.",
        ),
    )
    autumn.refresh_from_db()
    assert (autumn.name, autumn.project_leader, autumn.contact_name) == ("Våren 2027", other, "Maja Lund")
    assert (autumn.contact_phone, autumn.lessons) == ("+4740000911", "Begynn tidligere.")
    browse(leader).post(f"/k/9901/runder/{autumn.pk}/endre/", values(other))
    assert autumn.coordinators.count() == 0


def test_the_reference_group_is_kept_without_accounts(autumn: Round, leader: User, browse: Browse) -> None:
    browser, home = browse(leader), f"/k/9901/runder/{autumn.pk}/referansegruppe/"
    answer = browser.post(f"{home}ny/", {"name": "Ellen Moe", "role": "biblioteket", "phone": "40000912", "email": ""})
    assert answer.status_code == 302
    row = ReferenceMember.objects.get()
    assert (row.round, row.name, row.role, row.phone) == (autumn, "Ellen Moe", "biblioteket", "+4740000912")
    bad = browser.post(f"{home}{row.pk}/", {"name": "", "role": "", "phone": "40000912", "email": "x"})
    assert sorted(bad.context["form"].errors) == ["email", "name"]
    browser.post(f"{home}{row.pk}/", {"name": "Ellen Moe", "role": "frivilligsentralen", "phone": "", "email": ""})
    row.refresh_from_db()
    assert (row.role, row.phone) == ("frivilligsentralen", "")
    assert "Ellen Moe" in browser.get(f"/k/9901/runder/{autumn.pk}/plan/").content.decode()
    browser.post(f"{home}{row.pk}/ut/")
    assert ReferenceMember.objects.count() == 0


def test_a_member_of_another_rounds_group_is_not_found(autumn: Round, leader: User, browse: Browse) -> None:
    row = reference_member(autumn, "Ellen Moe")
    other = Round.objects.create(
        municipality=autumn.municipality,
        name="En annen",
        project_leader=leader,
        starts_on=date(2027, 1, 1),
        ends_on=date(2027, 2, 1),
    )
    browser = browse(leader)
    assert browser.get(f"/k/9901/runder/{other.pk}/referansegruppe/{row.pk}/").status_code == 404
    assert browser.post(f"/k/9901/runder/{other.pk}/referansegruppe/{row.pk}/ut/").status_code == 404


def test_two_presses_of_start_make_one_round(leader: User, autumn: Round, browse: Browse) -> None:
    browser = browse(leader)
    first, second = (browser.post("/k/9901/runder/ny/", values(leader)) for _press in range(2))
    assert (first.status_code, second.status_code) == (302, 200)
    assert list(second.context["form"].errors) == ["name"]
    other = browser.post(f"/k/9901/runder/{autumn.pk}/ny/", values(leader))
    assert list(other.context["form"].errors) == ["name"]
    renamed = browser.post(f"/k/9901/runder/{autumn.pk}/endre/", values(leader))
    assert list(renamed.context["form"].errors) == ["name"]
    assert sorted(Round.objects.values_list("name", flat=True)) == ["Høsten 2026", "Våren 2027"]
    Round.objects.filter(name="Våren 2027").update(closed_at=timezone.now())
    assert browser.post("/k/9901/runder/ny/", values(leader)).status_code == 302
    with pytest.raises(IntegrityError, match="running_rounds_differ_in_name"), transaction.atomic():
        Round.objects.filter(pk=autumn.pk).update(name="Våren 2027")
