"""Domain rule 4: no volunteer on a group without a certificate shown, through page, service and raw SQL."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from accounts.models import User
from accounts.services.certificates import CertificateMissing
from groups.models import Group, GroupVolunteer
from groups.services.volunteers import HasStopped, HelpsAlready, add_volunteer
from municipalities.models import Municipality
from planning.models import Volunteer
from tests.conftest import Browser
from tests.factories import helping_in, volunteer_of

Browse = Callable[[User | None], Browser]
TODAY = date(2026, 10, 1)


def address(name: str, *arguments: Any) -> str:
    return reverse(name, args=["9901", *arguments])


@pytest.fixture
def me(browse: Browse, coordinator: User) -> Browser:
    coordinator.language = "en"
    coordinator.save()
    return browse(coordinator)


@pytest.fixture
def lene(lillevik: Municipality, leader: User) -> Volunteer:
    """Nobody has seen her certificate."""
    return volunteer_of(lillevik, "Lene Ruud", leader, certificate=False)


def test_a_volunteer_is_kept_with_what_she_can(me: Browser, lillevik: Municipality) -> None:
    form = {
        "name": "Bjørn Dahl",
        "phone": "40000031",
        "speaks": ["nb", "uk"],
        "skills": "Baker",
        "networks": "Røde Kors",
    }
    assert me.post(address("planning:new_volunteer"), form).url == address("planning:volunteers")
    row = Volunteer.objects.get()
    assert (row.speaks, row.skills, row.networks, row.user, row.certificate) == (
        ["nb", "uk"],
        "Baker",
        "Røde Kors",
        None,
        None,
    )
    page = me.get(address("planning:volunteers")).content.decode()
    for words in ("Norwegian, bokmål, Ukrainian · Baker", "Røde Kors", "no police certificate shown yet"):
        assert words in page
    assert "Bjørn" in me.get(address("planning:volunteers") + "?language=uk").content.decode()
    assert "Nothing fits." in me.get(address("planning:volunteers") + "?language=ar").content.decode()


def test_an_account_belongs_to_one_volunteer(
    me: Browser, lillevik: Municipality, volunteer_user: User, referrer: User
) -> None:
    form = {"name": "Bjørn", "user": volunteer_user.pk}
    assert me.post(address("planning:new_volunteer"), form).status_code == 302
    for taken in (volunteer_user.pk, referrer.pk):
        answer = me.post(address("planning:new_volunteer"), {"name": "En annen", "user": taken})
        assert answer.status_code == 200
    assert [row.user for row in Volunteer.objects.all()] == [volunteer_user]


def test_a_volunteer_with_a_certificate_helps_and_stops(me: Browser, birch: Group, leader: User) -> None:
    gerd = volunteer_of(birch.municipality, "Gerd", leader)
    add = address("groups:add_volunteer", birch.pk)
    assert me.post(add, {"volunteer": gerd.pk}).url == address("groups:group", birch.pk)
    helping = GroupVolunteer.objects.get()
    assert (helping.volunteer, helping.group, helping.certificate, helping.until) == (
        gerd,
        birch,
        gerd.certificate,
        None,
    )
    assert "Gerd" in me.get(address("groups:group", birch.pk)).content.decode()
    assert "Helps Bjørka" in me.get(address("planning:volunteers")).content.decode()
    me.post(address("groups:end_volunteer", birch.pk, helping.pk))
    helping.refresh_from_db()
    assert helping.until is not None
    assert me.post(address("groups:end_volunteer", birch.pk, helping.pk)).status_code == 404


def test_without_a_certificate_the_page_refuses(me: Browser, birch: Group, lene: Volunteer) -> None:
    add = address("groups:add_volunteer", birch.pk)
    page = me.get(add).content.decode()
    assert "Lene Ruud cannot be chosen yet" in page
    assert "There is no volunteer to choose" in page
    answer = me.post(add, {"volunteer": lene.pk})
    assert answer.status_code == 200
    assert GroupVolunteer.objects.count() == 0


def test_without_a_certificate_the_service_refuses(birch: Group, lene: Volunteer, leader: User) -> None:
    with pytest.raises(CertificateMissing):
        add_volunteer(volunteer=lene, group=birch, since=TODAY, by=leader)
    ended = volunteer_of(birch.municipality, "Gerd", leader)
    assert ended.certificate is not None
    ended.certificate.ended_on = TODAY
    ended.certificate.save()
    with pytest.raises(CertificateMissing):
        add_volunteer(volunteer=ended, group=birch, since=TODAY, by=leader)
    assert GroupVolunteer.objects.count() == 0


INSERT = """insert into groups_groupvolunteer (municipality_id, group_id, volunteer_id, certificate_id, since)
            values (%s, %s, %s, %s, '2026-10-01')"""


def refused_by_the_database(match: str, statement: str, *values: object) -> None:
    with pytest.raises(IntegrityError, match=match), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_without_a_certificate_the_database_refuses(birch: Group, lene: Volunteer) -> None:
    refused_by_the_database("nobody helps a group without", INSERT, birch.municipality_id, birch.pk, lene.pk, None)


def test_the_database_refuses_a_certificate_that_is_not_hers(birch: Group, lene: Volunteer, leader: User) -> None:
    gerd = volunteer_of(birch.municipality, "Gerd", leader)
    coordinators = birch.coordinators.get().certificate_id
    town = birch.municipality_id
    for borrowed in (gerd.certificate_id, coordinators):
        refused_by_the_database("nobody helps a group without", INSERT, town, birch.pk, lene.pk, borrowed)
    point = "update planning_volunteer set certificate_id = %s where id = %s"
    refused_by_the_database("certificate of her own", point, coordinators, lene.pk)
    refused_by_the_database("a_certificate_is_one_volunteers", point, gerd.certificate_id, lene.pk)
    assert GroupVolunteer.objects.count() == 0


def test_the_database_lets_nobody_stay_longer_than_her_certificate(birch: Group) -> None:
    helping = helping_in(birch)
    GroupVolunteer.objects.filter(pk=helping.pk).update(until=TODAY)
    assert helping.volunteer.certificate is not None
    helping.volunteer.certificate.ended_on = TODAY
    helping.volunteer.certificate.save()
    refused_by_the_database(
        "nobody helps a group without", "update groups_groupvolunteer set until = null where id = %s", helping.pk
    )
    town = birch.municipality_id
    GroupVolunteer.objects.filter(pk=helping.pk).update(until=date(2026, 9, 30))  # ending it earlier is no matter
    refused_by_the_database(
        "nobody helps a group without", INSERT, town, birch.pk, helping.volunteer_id, helping.certificate_id
    )


def test_a_certificate_that_somebody_leans_on_cannot_be_deleted(birch: Group) -> None:
    helping = helping_in(birch)
    Volunteer.objects.update(certificate=None)
    delete = f"delete from accounts_certificate where id = {helping.certificate_id}; set constraints all immediate"
    with pytest.raises(IntegrityError, match="certificate_id"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(delete)


def test_nobody_helps_a_group_twice_at_a_time(birch: Group, leader: User) -> None:
    helping = helping_in(birch)
    with pytest.raises(HelpsAlready):
        add_volunteer(volunteer=helping.volunteer, group=birch, since=TODAY, by=leader)
    with pytest.raises(IntegrityError, match="helping_ends_later"), transaction.atomic():
        GroupVolunteer.objects.filter(pk=helping.pk).update(until=date(2026, 8, 1))


def test_who_has_stopped_helps_no_group_any_more(me: Browser, birch: Group, leader: User) -> None:
    helping = helping_in(birch)
    form = {"name": helping.volunteer.name, "ended": "on"}
    assert me.post(address("planning:edit_volunteer", helping.volunteer_id), form).status_code == 302
    helping.refresh_from_db()
    assert helping.until is not None
    helping.volunteer.refresh_from_db()
    with pytest.raises(HasStopped):
        add_volunteer(volunteer=helping.volunteer, group=birch, since=TODAY, by=leader)
