"""A deputy has a group for some days, one evening too: she sees it then, and it goes back by itself."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction

from accounts.models import User
from accounts.services.certificates import CertificateMissing
from audit.models import Event
from groups.models import Group, GroupCoordinator
from groups.services.handover import (
    DaysAreOver,
    FollowsAlready,
    GroupHasEnded,
    NotYoursToGive,
    SomebodyHasIt,
    hand_over,
    take_back,
)
from tests.conftest import Browser
from tests.factories import certificate_for, deputy_of, gathering_of, person_with_role

Browse = Callable[[User | None], Browser]
TODAY = date(2026, 12, 1)
THURSDAY = date(2026, 12, 3)


@pytest.fixture(autouse=True)
def first_of_december() -> Any:
    with time_machine.travel("2026-12-01 12:00+01:00", tick=False):
        yield


def given(group: Group, deputy: User, by: User, **more: Any) -> GroupCoordinator:
    values: dict[str, Any] = {"since": THURSDAY, "until": THURSDAY, "today": TODAY, **more}
    return hand_over(group=group, deputy=deputy, by=by, **values)


def sees(browser: Browser, group: Group) -> bool:
    return browser.get(f"/k/9901/grupper/{group.pk}/").status_code == 200


def test_the_deputy_sees_the_group_on_those_days_only(
    birch: Group, coordinator: User, other_coordinator: User, browse: Browse
) -> None:
    row = gathering_of(birch)
    family = birch.memberships.first().family
    url = f"/k/9901/grupper/{birch.pk}/vikar/"
    answer = browse(coordinator).post(
        url, {"deputy": other_coordinator.pk, "since": "2026-12-03", "until": "2026-12-03"}
    )
    assert answer.url == url
    pages = [
        f"/k/9901/grupper/{birch.pk}/",
        f"/k/9901/samlinger/{row.pk}/",
        f"/k/9901/familier/{family.pk}/",
    ]
    seen = {}
    for day in ("2026-12-02 23:59", "2026-12-03 00:01", "2026-12-03 23:59", "2026-12-04 00:01"):
        with time_machine.travel(f"{day}+01:00", tick=False):
            seen[day] = {browse(other_coordinator).get(page).status_code for page in pages}
            assert sees(browse(coordinator), birch)  # it stays hers as well
    assert seen == {
        "2026-12-02 23:59": {404},
        "2026-12-03 00:01": {200},
        "2026-12-03 23:59": {200},
        "2026-12-04 00:01": {404},
    }
    assert list(Event.objects.filter(verb="hand_over").values_list("user", "ids")) == [
        (coordinator.pk, {"group": birch.pk, "deputy": other_coordinator.pk})
    ]


def test_nobody_without_a_certificate_not_even_when_the_leader_asks(birch: Group, leader: User, browse: Browse) -> None:
    without = person_with_role("Uten Attest", birch.municipality, "coordinator")
    browser = browse(leader)
    answer = browser.post(
        f"/k/9901/grupper/{birch.pk}/vikar/", {"deputy": without.pk, "since": "2026-12-03", "until": "2026-12-03"}
    )
    assert list(answer.context["form"].errors) == ["deputy"]
    leader.permissions = frozenset({"group_view_all"})
    with pytest.raises(CertificateMissing):
        given(birch, without, leader)
    with pytest.raises(IntegrityError, match="police certificate in force"), transaction.atomic():
        GroupCoordinator.objects.create(
            municipality=birch.municipality,
            group=birch,
            user=without,
            is_deputy=True,
            given_by=leader,
            since=THURSDAY,
            until=THURSDAY,
        )
    assert GroupCoordinator.objects.count() == 1


def test_double_and_overlapping_handovers_are_refused_with_a_sentence(
    birch: Group, coordinator: User, other_coordinator: User, leader: User, browse: Browse
) -> None:
    third = person_with_role("Vilde Vikar", birch.municipality, "coordinator")
    certificate_for(third, birch.municipality, leader)
    given(birch, other_coordinator, coordinator, until=THURSDAY + timedelta(days=2))
    with pytest.raises(FollowsAlready):
        given(birch, other_coordinator, coordinator)
    with pytest.raises(SomebodyHasIt):
        given(birch, third, coordinator, since=TODAY, until=THURSDAY)
    given(birch, third, coordinator, since=TODAY, until=THURSDAY - timedelta(days=1))  # the days before are free
    url = f"/k/9901/grupper/{birch.pk}/vikar/"
    twice = browse(coordinator).post(
        url, {"deputy": other_coordinator.pk, "since": "2026-12-05", "until": "2026-12-06"}
    )
    assert list(twice.context["form"].errors) == ["deputy"]
    taken = browse(coordinator).post(url, {"deputy": third.pk, "since": "2026-12-04", "until": "2026-12-04"})
    assert list(taken.context["form"].errors) == ["since"]
    assert "Jonas Lie-Hagen" in taken.context["form"].errors["since"][0]
    assert 'value="2026-12-04"' in taken.content.decode()
    assert GroupCoordinator.objects.filter(is_deputy=True).count() == 2


def test_the_database_refuses_them_on_its_own(birch: Group, coordinator: User, other_coordinator: User) -> None:
    deputy_of(birch, other_coordinator, THURSDAY, THURSDAY + timedelta(days=2))
    with pytest.raises(IntegrityError, match="one_deputy_a_day"), transaction.atomic():
        deputy_of(birch, None, TODAY, THURSDAY)
    with pytest.raises(IntegrityError, match="follows_a_group_once_a_day"), transaction.atomic():
        deputy_of(birch, coordinator, THURSDAY, THURSDAY)
    held = birch.coordinators.get(is_primary=True)
    for values, name in (
        ({"since": THURSDAY, "until": TODAY}, "follows_a_group_from_and_to|range lower bound"),
        ({"is_deputy": True}, "a_deputy_has_a_last_day_and_was_asked"),
    ):
        with pytest.raises(Exception, match=name), transaction.atomic():
            GroupCoordinator.objects.filter(pk=held.pk).update(**values)


@pytest.mark.parametrize(
    ("since", "until", "field"),
    [
        ("2026-11-30", "2026-12-02", "since"),
        ("2026-12-04", "2026-12-03", "until"),
        ("", "2026-12-03", "since"),
        ("torsdag", "2026-12-03", "since"),
    ],
)
def test_days_that_cannot_be_are_said_beside_the_field(
    since: str, until: str, field: str, birch: Group, coordinator: User, other_coordinator: User, browse: Browse
) -> None:
    answer = browse(coordinator).post(
        f"/k/9901/grupper/{birch.pk}/vikar/", {"deputy": other_coordinator.pk, "since": since, "until": until}
    )
    assert list(answer.context["form"].errors) == [field]
    assert GroupCoordinator.objects.filter(is_deputy=True).count() == 0
    with pytest.raises(DaysAreOver):
        given(birch, other_coordinator, coordinator, since=TODAY - timedelta(days=1))


def test_only_the_leader_and_the_primary_coordinator_give_it(
    birch: Group, coordinator: User, other_coordinator: User, leader: User, browse: Browse
) -> None:
    third = person_with_role("Vilde Vikar", birch.municipality, "coordinator")
    certificate_for(third, birch.municipality, leader)
    today = deputy_of(birch, other_coordinator, TODAY, TODAY)
    url = f"/k/9901/grupper/{birch.pk}/vikar/"
    deputy = browse(other_coordinator)
    assert f'href="{url}"' not in deputy.get(f"/k/9901/grupper/{birch.pk}/").content.decode()
    refused = deputy.post(url, {"deputy": third.pk, "since": "2026-12-03", "until": "2026-12-03"})
    assert refused.context["form"].non_field_errors()
    deputy.post(f"{url}{today.pk}/tilbake/")
    with pytest.raises(NotYoursToGive):
        given(birch, third, other_coordinator)
    assert [row.user for row in birch.coordinators.filter(is_deputy=True)] == [other_coordinator]
    assert (
        browse(leader).post(url, {"deputy": third.pk, "since": "2026-12-03", "until": "2026-12-04"}).status_code == 302
    )
    assert birch.coordinators.get(user=third).given_by == leader


def test_take_it_back(birch: Group, coordinator: User, other_coordinator: User, browse: Browse) -> None:
    coming = given(birch, other_coordinator, coordinator)
    browse(coordinator).post(f"/k/9901/grupper/{birch.pk}/vikar/{coming.pk}/tilbake/")
    assert not GroupCoordinator.objects.filter(pk=coming.pk).exists()
    begun = deputy_of(birch, other_coordinator, TODAY - timedelta(days=2), THURSDAY)
    assert sees(browse(other_coordinator), birch)
    take_back(held=begun, by=coordinator, today=TODAY)
    begun.refresh_from_db()
    assert begun.until == TODAY - timedelta(days=1)
    assert not sees(browse(other_coordinator), birch)
    assert Event.objects.filter(verb="take_back").count() == 2


def test_a_group_that_has_ended_goes_to_nobody(birch: Group, coordinator: User, other_coordinator: User) -> None:
    birch.ended_on = TODAY
    birch.save()
    with pytest.raises(GroupHasEnded):
        given(birch, other_coordinator, coordinator)
