"""A group goes to another coordinator for good: she sees it from today on, and the one before her no longer does."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import time_machine

from accounts.models import Certificate, User
from accounts.permissions import Permission
from accounts.services.certificates import CertificateMissing
from audit.models import Event
from groups.models import Group, GroupCoordinator
from groups.services.coordinators import change_coordinator
from groups.services.handover import FollowsAlready, GroupHasEnded, NotYoursToGive, hand_over
from planning.models import RoundCoordinator
from tests.conftest import Browser
from tests.factories import person_with_role

Browse = Callable[[User | None], Browser]
TODAY, YESTERDAY = date(2026, 12, 1), date(2026, 11, 30)


@pytest.fixture(autouse=True)
def first_of_december() -> Any:
    with time_machine.travel("2026-12-01 12:00+01:00", tick=False):
        yield


@pytest.fixture
def leader(leader: User) -> User:
    """As a page of the municipality sees her."""
    leader.permissions = frozenset({Permission.GROUP_VIEW_ALL})
    return leader


def url(group: Group) -> str:
    return f"/k/9901/grupper/{group.pk}/koordinator/"


def following(group: Group) -> list[tuple[str, bool, date, date | None]]:
    rows = group.coordinators.order_by("since", "pk").select_related("user")
    return [(row.user.first_name, row.is_primary, row.since, row.until) for row in rows]


def test_the_coordinator_gives_it_away_and_sees_it_no_longer(
    birch: Group, coordinator: User, other_coordinator: User, browse: Browse
) -> None:
    since = birch.coordinators.get().since
    answer = browse(coordinator).post(url(birch), {"coordinator": other_coordinator.pk})
    assert answer.url == "/k/9901/grupper/"
    assert following(birch) == [
        (coordinator.first_name, True, since, YESTERDAY),
        (other_coordinator.first_name, True, TODAY, None),
    ]
    page = f"/k/9901/grupper/{birch.pk}/"
    family = f"/k/9901/familier/{birch.memberships.first().family_id}/"
    assert [browse(coordinator).get(page).status_code, browse(other_coordinator).get(page).status_code] == [404, 200]
    assert browse(other_coordinator).get(family).status_code == 200
    assert RoundCoordinator.objects.filter(round=birch.round, user=other_coordinator).exists()
    assert list(Event.objects.values_list("verb", "user", "ids")) == [
        ("change_coordinator", coordinator.pk, {"group": birch.pk, "coordinator": other_coordinator.pk})
    ]


def test_nobody_without_a_certificate_not_even_when_the_leader_asks(
    birch: Group, leader: User, coordinator: User, browse: Browse
) -> None:
    without = person_with_role("Uten Attest", birch.municipality, "coordinator")
    answer = browse(leader).post(url(birch), {"coordinator": without.pk})
    assert answer.context["form"].errors == {"coordinator": ["Velg en koordinator som har vist politiattest."]}
    with pytest.raises(CertificateMissing):
        change_coordinator(group=birch, coordinator=without, by=leader, today=TODAY)
    assert [row[0] for row in following(birch)] == [coordinator.first_name]


def test_the_leader_can_even_when_the_one_before_has_no_certificate_any_more(
    birch: Group, leader: User, coordinator: User, other_coordinator: User
) -> None:
    Certificate.objects.filter(user=coordinator).update(ended_on=YESTERDAY)
    change_coordinator(group=birch, coordinator=other_coordinator, by=leader, today=TODAY)
    assert following(birch)[-1] == (other_coordinator.first_name, True, TODAY, None)


def test_a_deputy_who_takes_over_is_no_deputy_any_more(
    birch: Group, leader: User, coordinator: User, other_coordinator: User
) -> None:
    for day in (TODAY, date(2026, 12, 9)):
        hand_over(group=birch, deputy=other_coordinator, since=day, until=day, by=leader, today=TODAY)
    change_coordinator(group=birch, coordinator=other_coordinator, by=leader, today=TODAY)
    assert following(birch)[1:] == [(other_coordinator.first_name, True, TODAY, None)]
    assert not GroupCoordinator.objects.filter(is_deputy=True).exists()


def test_who_follows_it_beside_her_becomes_the_first(
    birch: Group, leader: User, coordinator: User, other_coordinator: User
) -> None:
    GroupCoordinator.objects.create(
        municipality=birch.municipality,
        group=birch,
        user=other_coordinator,
        certificate=other_coordinator.certificates.get(),
        since=date(2026, 10, 1),
    )
    change_coordinator(group=birch, coordinator=other_coordinator, by=leader, today=TODAY)
    assert following(birch)[-1] == (other_coordinator.first_name, True, date(2026, 10, 1), None)


def test_only_the_leader_and_its_own_coordinator_give_it_and_only_to_somebody_else(
    birch: Group, leader: User, coordinator: User, other_coordinator: User
) -> None:
    for by, to, refused in (
        (other_coordinator, other_coordinator, NotYoursToGive),
        (leader, coordinator, FollowsAlready),
    ):
        with pytest.raises(refused):
            change_coordinator(group=birch, coordinator=to, by=by, today=TODAY)
    Group.objects.filter(pk=birch.pk).update(ended_on=YESTERDAY)
    with pytest.raises(GroupHasEnded):
        change_coordinator(group=birch, coordinator=other_coordinator, by=leader, today=TODAY)
    assert [row[0] for row in following(birch)] == [coordinator.first_name]
