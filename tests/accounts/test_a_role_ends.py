"""When a role ends: what holds, what is deleted, and what nobody can tell afterwards."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.models import Certificate, CertificateRequest, RoleAssignment, User
from accounts.rules.certificates import is_short_break
from accounts.services.roles import follow_roles, forget_certificates
from accounts.tasks import forget_ended_certificates
from audit.models import Event
from groups.models import Group, GroupCoordinator
from municipalities.models import Municipality
from municipalities.tenancy import municipality
from planning.models import Volunteer
from tests.conftest import Browser
from tests.factories import asked_for_certificate, certificate_for, helping_in, person_with_role, volunteer_of

Browse = Callable[[User | None], Browser]
TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("ended", "too_late"),
    [
        (date(2026, 11, 30), date(2027, 2, 28)),
        (date(2027, 11, 30), date(2028, 2, 29)),
        (date(2026, 8, 31), date(2026, 11, 30)),
        (date(2028, 2, 29), date(2028, 5, 29)),
    ],
)
def test_a_break_of_three_months_asks_for_a_new_one(ended: date, too_late: date) -> None:
    assert is_short_break(ended_on=ended, back_on=ended)
    assert is_short_break(ended_on=ended, back_on=too_late - timedelta(days=1))
    assert not is_short_break(ended_on=ended, back_on=too_late)


def test_it_ends_with_the_role_and_holds_again_after_a_short_break(lillevik: Municipality, coordinator: User) -> None:
    row = Certificate.objects.get(user=coordinator)
    role = RoleAssignment.objects.filter(user=coordinator)
    role.delete()
    assert follow_roles(municipality=lillevik, today=TODAY) == (1, 0)
    assert follow_roles(municipality=lillevik, today=TODAY) == (0, 0)
    row.refresh_from_db()
    assert row.ended_on == TODAY
    RoleAssignment.objects.create(user=coordinator, municipality=lillevik, role="coordinator")
    assert follow_roles(municipality=lillevik, today=date(2027, 2, 24)) == (0, 0)
    assert follow_roles(municipality=lillevik, today=date(2027, 2, 23)) == (0, 1)
    row.refresh_from_db()
    assert row.ended_on is None


def test_it_does_not_end_while_she_follows_a_group(birch: Group, coordinator: User) -> None:
    RoleAssignment.objects.filter(user=coordinator).delete()
    assert follow_roles(municipality=birch.municipality, today=TODAY) == (0, 0)


def test_it_is_gone_thirty_days_after(lillevik: Municipality, coordinator: User) -> None:
    Certificate.objects.update(ended_on=TODAY)
    assert forget_certificates(municipality=lillevik, today=TODAY + timedelta(days=29)) == 0
    assert forget_certificates(municipality=lillevik, today=TODAY + timedelta(days=30)) == 1
    assert Certificate.objects.count() == 0


def test_where_a_group_leans_on_it_nothing_is_left_in_it(birch: Group, coordinator: User) -> None:
    GroupCoordinator.objects.update(until=TODAY)
    Certificate.objects.filter(user=coordinator).update(ended_on=TODAY)
    later = TODAY + timedelta(days=30)
    assert forget_certificates(municipality=birch.municipality, today=later) == 1
    assert forget_certificates(municipality=birch.municipality, today=later) == 0
    assert list(Certificate.objects.values()) == [
        {
            "id": birch.coordinators.get().certificate_id,
            "municipality_id": birch.municipality_id,
            "user_id": None,
            "role": "coordinator",
            "ground": "",
            "asked_on": None,
            "issued_on": None,
            "shown_on": None,
            "checked_by_id": None,
            "ended_on": TODAY,
        }
    ]


def test_the_worker_does_it_for_each_municipality_by_its_own_days(
    lillevik: Municipality, storfjell: Municipality, leader: User, stranger: User
) -> None:
    Municipality.objects.filter(pk=storfjell.pk).update(certificate_kept_days=60)
    for town in (lillevik, storfjell):
        with municipality(town):
            row = certificate_for(stranger, town, stranger, role="volunteer")
            Certificate.objects.filter(pk=row.pk).update(ended_on=timezone.localdate() - timedelta(days=45))
    assert forget_ended_certificates() == 1
    with municipality(storfjell):
        assert Certificate.objects.count() == 1
    with municipality(lillevik):
        assert Certificate.objects.count() == 0


def test_who_does_not_show_one_leaves_no_trace(lillevik: Municipality, leader: User, browse: Browse) -> None:
    person = person_with_role("Nora Ny", lillevik, "coordinator")
    asked_for_certificate(person, lillevik, leader)
    answer = browse(leader).post(f"/k/9901/folk/{person.pk}/avslutt-rolle/", {"role": "coordinator"})
    assert answer.url == "/k/9901/folk/"
    assert (CertificateRequest.objects.count(), Certificate.objects.count()) == (0, 0)
    assert not person.role_assignments.exists()
    # The same is kept as of anybody who stops: that, and nothing of why.
    assert list(Event.objects.values_list("verb", "ids")) == [("end_role", {"user": person.pk})]


def test_who_follows_a_group_hands_it_over_first(birch: Group, leader: User, coordinator: User, browse: Browse) -> None:
    answer = browse(leader).post(f"/k/9901/folk/{coordinator.pk}/avslutt-rolle/", {"role": "coordinator"}, follow=True)
    assert "følger en gruppe" in answer.content.decode() or "follows a group" in answer.content.decode()
    assert coordinator.role_assignments.exists()
    assert Certificate.objects.in_force().filter(user=coordinator).exists()


def test_a_volunteer_stops(lillevik: Municipality, leader: User, browse: Browse) -> None:
    volunteer = volunteer_of(lillevik, "Bjørn Dahl", leader)
    with time_machine.travel("2026-11-24 10:00+01:00"):
        browse(leader).post(f"/k/9901/folk/volunteer-{volunteer.pk}/avslutt-rolle/", {"role": "volunteer"})
    assert (Volunteer.objects.get().ended_on, Certificate.objects.get().ended_on) == (TODAY, TODAY)


def test_a_volunteer_who_stops_helps_no_group_any_more(birch: Group, leader: User, browse: Browse) -> None:
    helping = helping_in(birch)
    with time_machine.travel("2026-11-24 10:00+01:00"):
        browse(leader).post(f"/k/9901/folk/volunteer-{helping.volunteer_id}/avslutt-rolle/", {"role": "volunteer"})
    helping.refresh_from_db()
    assert helping.until == TODAY
