"""The days of the plan are counted from the kick-off, and move when the first one gets a day or another one."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from audit.models import Event
from groups.models import Group
from planning.models import Round
from sessions_log.models import Gathering
from tests.conftest import Browser
from tests.factories import group_of, plan_task

Browse = Callable[[User | None], Browser]
ROOT = "/k/9901/samlinger/"


@pytest.fixture
def ahead(autumn: Round, birch: Group) -> Round:
    """Nothing is held, and the round lasts."""
    today = timezone.localdate()
    autumn.starts_on, autumn.ends_on = today - timedelta(days=10), today + timedelta(days=90)
    autumn.save()
    plan_task(autumn, "Bestill tolk", 3, due_days=-7)
    return autumn


def in_days(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def kick_off(group: Group, day: date, **more: Any) -> dict[str, Any]:
    return {
        "kind": "kick_off",
        "groups": [group.pk],
        "activity": "Vi lager mat",
        "day": day.isoformat(),
        "start": "16:30",
        "end": "18:30",
        "place": "Bjørkehuset",
        "address": "Skolegata 4",
        "directions": "Buss 21.",
        "coordinators": [group.coordinators.get().pk],
        **more,
    }


def due(found: Round) -> date | None:
    found.refresh_from_db()
    return found.tasks.get().due(found.kick_off_on)


def test_planning_moving_and_cancelling_it(ahead: Round, birch: Group, coordinator: User, browse: Browse) -> None:
    browser = browse(coordinator)
    assert due(ahead) is None
    browser.post(f"{ROOT}ny/", kick_off(birch, in_days(30)))
    assert due(ahead) == in_days(23)
    row = Gathering.objects.get()
    browser.post(f"{ROOT}{row.pk}/plan/", kick_off(birch, in_days(44)))
    assert due(ahead) == in_days(37)
    browser.post(f"{ROOT}{row.pk}/avlys/", {})
    assert due(ahead) == in_days(37)  # no other day is known
    assert Event.objects.filter(verb="move_kick_off").count() == 2


def test_it_is_the_first_of_several_groups_and_no_other_gathering(
    ahead: Round, birch: Group, coordinator: User, browse: Browse
) -> None:
    browser = browse(coordinator)
    other = group_of(ahead, coordinator, "Furu")
    browser.post(f"{ROOT}ny/", kick_off(birch, in_days(30)))
    browser.post(f"{ROOT}ny/", kick_off(other, in_days(40)))
    assert due(ahead) == in_days(23)
    browser.post(f"{ROOT}ny/", kick_off(birch, in_days(20), kind="gathering"))
    assert due(ahead) == in_days(23)
    first = Gathering.objects.get(groups=birch, kind="kick_off")
    browser.post(f"{ROOT}{first.pk}/avlys/", {})
    assert due(ahead) == in_days(33)


def test_a_day_outside_the_round_leaves_the_plan_alone(
    ahead: Round, birch: Group, coordinator: User, browse: Browse
) -> None:
    Round.objects.filter(pk=ahead.pk).update(kick_off_on=in_days(20))
    browse(coordinator).post(f"{ROOT}ny/", kick_off(birch, in_days(120)))
    assert Gathering.objects.get().starts_at > datetime.now(tz=timezone.get_current_timezone())
    assert due(ahead) == in_days(13)
