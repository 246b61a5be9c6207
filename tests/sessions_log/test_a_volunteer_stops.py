"""A volunteer stops: she is off every gathering to come, and whoever follows the group sees that help is missing."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from groups.models import Group
from planning.models import Volunteer
from sessions_log.models import Gathering, GatheringHelper
from sessions_log.services.helpers import take_off
from tests.conftest import Browser
from tests.factories import gathering_of, volunteer_of
from tests.sessions_log.test_plan_and_invite import plan

Browse = Callable[[User | None], Browser]


@pytest.fixture
def gerd(birch: Group, leader: User) -> Volunteer:
    return volunteer_of(birch.municipality, "Gerd Frivillig", leader)


def helped_by(volunteer: Volunteer, group: Group, days: float, **fields: object) -> Gathering:
    """A gathering so many days from now with her help."""
    row = gathering_of(group, timezone.now() + timedelta(days=days), **fields)
    GatheringHelper.objects.create(
        municipality=row.municipality, gathering=row, volunteer=volunteer, certificate=volunteer.certificate
    )
    return row


@pytest.mark.parametrize("way", ["her page", "the list of certificates"])
def test_she_is_taken_off_what_comes_and_what_was_stays(
    way: str, birch: Group, gerd: Volunteer, leader: User, coordinator: User, browse: Browse
) -> None:
    past, coming = helped_by(gerd, birch, -3), helped_by(gerd, birch, 3)
    cancelled = helped_by(gerd, birch, 5, cancelled_at=timezone.now())
    if way == "her page":
        browse(leader).post(f"/k/9901/frivillige/{gerd.pk}/", {"name": gerd.name, "ended": "on"})
    else:
        browse(leader).post(f"/k/9901/folk/volunteer-{gerd.pk}/avslutt-rolle/", {"role": "volunteer"})
    helps = set(GatheringHelper.objects.filter(volunteer=gerd).values_list("gathering", flat=True))
    assert helps == {past.pk, cancelled.pk}
    lost = dict(Gathering.objects.values_list("pk", "lost_helper"))
    assert lost == {past.pk: None, coming.pk: gerd.pk, cancelled.pk: None}
    assert coming.helpers.get().user == coordinator  # the others help as before


def test_whoever_follows_the_group_sees_it_until_the_plan_is_saved(
    birch: Group, gerd: Volunteer, leader: User, coordinator: User, browse: Browse
) -> None:
    row = helped_by(gerd, birch, 3)
    browser, page = browse(coordinator), f"/k/9901/samlinger/{row.pk}/"
    said, todo = "Gerd Frivillig skulle hjelpe, men har sluttet.", "Finn noen andre som kan hjelpe"
    assert said not in browser.get(page).content.decode()
    assert todo not in browser.get("/k/9901/").content.decode()
    take_off(gerd, timezone.localdate())
    assert said in browser.get(page).content.decode()
    assert todo in browser.get("/k/9901/").content.decode()
    assert todo in browse(leader).get("/k/9901/").content.decode()
    other = volunteer_of(birch.municipality, "Bjørn Dahl", leader)
    assert browser.post(f"{page}plan/", plan(birch, volunteers=[other.pk])).status_code == 302
    assert {str(each) for each in row.helpers.all()} == {"Ingrid Solheim", "Bjørn Dahl"}
    assert said not in browser.get(page).content.decode()
    assert todo not in browser.get("/k/9901/").content.decode()


def test_until_her_last_day_she_helps(birch: Group, gerd: Volunteer) -> None:
    day = timezone.localdate() + timedelta(days=4)
    before, after = helped_by(gerd, birch, 2), helped_by(gerd, birch, 6)
    take_off(gerd, day)
    assert set(GatheringHelper.objects.filter(volunteer=gerd).values_list("gathering", flat=True)) == {before.pk}
    after.refresh_from_db()
    assert after.lost_helper == gerd


def test_who_helps_with_an_account_no_longer_sees_it(
    birch: Group, gerd: Volunteer, volunteer_user: User, browse: Browse
) -> None:
    gerd.user = volunteer_user
    gerd.save()
    helped_by(gerd, birch, 3, activity="Vi baker lefser")
    assert "Vi baker lefser" in browse(volunteer_user).get("/k/9901/").content.decode()
    take_off(gerd, timezone.localdate())
    assert "Vi baker lefser" not in browse(volunteer_user).get("/k/9901/").content.decode()
