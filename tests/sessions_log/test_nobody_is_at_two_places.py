"""A place and a coordinator are booked once at a time: said beside the field, and held by the database."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.models import User
from groups.models import Group
from municipalities.models import Municipality
from planning.models import Round, Venue
from sessions_log.models import Gathering, GatheringHelper
from sessions_log.services.gatherings import cancel_gathering
from tests.conftest import Browser
from tests.factories import gathering_of, group_of

Browse = Callable[[User | None], Browser]
VENUE, PERSON = "a_venue_is_booked_once", "nobody_is_at_two_gatherings"


@pytest.fixture
def hall(lillevik: Municipality) -> Venue:
    return Venue.objects.create(municipality=lillevik, name="Grendehuset", address="Skolegata 4", directions="Buss 4.")


@pytest.fixture
def start() -> datetime:
    return timezone.make_aware(
        datetime.combine(timezone.localdate() + timedelta(days=5), datetime.min.time().replace(hour=17))
    )


def plan(group: Group, start: datetime, **fields: object) -> dict[str, object]:
    local = timezone.localtime(start)
    return {
        "kind": "gathering",
        "groups": [group.pk],
        "activity": "Vi lager mat",
        "day": local.date().isoformat(),
        "start": f"{local:%H:%M}",
        "end": f"{local + timedelta(hours=2):%H:%M}",
        "place": "Et sted",
        **fields,
    }


@pytest.mark.parametrize(("shift", "is_free"), [(-120, True), (-119, False), (0, False), (119, False), (120, True)])
def test_a_place_is_free_to_the_minute(
    birch: Group, coordinator: User, hall: Venue, start: datetime, browse: Browse, shift: int, is_free: bool
) -> None:
    gathering_of(birch, start, venue=hall, activity="Foreldremøte")
    page = browse(coordinator).post(
        "/k/9901/samlinger/ny/", plan(birch, start + timedelta(minutes=shift), venue=hall.pk)
    )
    assert page.status_code == (302 if is_free else 200)
    if not is_free:
        [words] = page.context["form"].errors["venue"]
        assert words.startswith("Grendehuset er opptatt")
        assert "«Foreldremøte»" in words
    assert Gathering.objects.count() == 1 + is_free


def test_a_coordinator_is_at_one_place_and_what_she_may_not_see_is_not_named(
    birch: Group, autumn: Round, coordinator: User, leader: User, start: datetime, browse: Browse
) -> None:
    other = group_of(autumn, leader, name="Selje", families=1)
    hidden = gathering_of(other, start, activity="Hemmelig kveld")
    held = birch.coordinators.get()
    GatheringHelper.objects.create(
        municipality=birch.municipality, gathering=hidden, user=coordinator, certificate=held.certificate
    )
    page = browse(coordinator).post("/k/9901/samlinger/ny/", plan(birch, start, coordinators=[held.pk]))
    [words] = page.context["form"].errors["coordinators"]
    assert words.startswith(coordinator.name)
    assert "Hemmelig" not in page.content.decode()


def test_time_and_people_are_changed_in_one_breath(
    birch: Group, coordinator: User, start: datetime, browse: Browse
) -> None:
    gathering_of(birch, start)
    later = gathering_of(birch, start + timedelta(days=1))
    assert later.helpers.count() == 1
    change = plan(birch, start, coordinators=[])
    assert browse(coordinator).post(f"/k/9901/samlinger/{later.pk}/plan/", change).status_code == 302
    later.refresh_from_db()
    assert (later.starts_at, later.helpers.count()) == (start, 0)


def test_what_is_cancelled_takes_nobodys_time(
    birch: Group, coordinator: User, hall: Venue, start: datetime, browse: Browse
) -> None:
    gathering = gathering_of(birch, start, venue=hall)
    cancel_gathering(gathering=gathering, by=coordinator, now=timezone.now())
    again = plan(birch, start, venue=hall.pk, coordinators=[birch.coordinators.get().pk])
    assert browse(coordinator).post("/k/9901/samlinger/ny/", again).status_code == 302


def refused(name: str, work: Callable[[], object]) -> None:
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        work()


def test_the_database_refuses_whoever_writes(birch: Group, hall: Venue, start: datetime) -> None:
    first = gathering_of(birch, start, venue=hall)
    second = gathering_of(birch, start + timedelta(days=1), venue=hall)

    def sql(words: str) -> Callable[[], object]:
        return lambda: connection.cursor().execute(words, [start, start + timedelta(hours=1), second.pk])

    move = "update sessions_log_gathering set starts_at = %s, ends_at = %s where id = %s"
    refused(VENUE, sql(move))
    Gathering.objects.filter(pk=second.pk).update(venue=None)
    refused(PERSON, sql(move))
    GatheringHelper.objects.filter(gathering=second).delete()
    sql(move)()
    helper = first.helpers.get()
    refused(
        PERSON,
        lambda: GatheringHelper.objects.create(
            municipality=birch.municipality, gathering=second, user=helper.user, certificate=helper.certificate
        ),
    )
    GatheringHelper.objects.filter(pk=helper.pk).update(during=None)
    helper.refresh_from_db()
    assert (helper.during.lower, helper.during.upper) == (first.starts_at, first.ends_at)  # nobody writes it by hand


def test_one_who_works_in_two_municipalities_is_not_told_of_the_other(
    birch: Group, storfjell: Municipality, start: datetime
) -> None:
    """The rule holds within a municipality: a refusal would tell of what another one does."""
    constraint = "select pg_get_constraintdef(oid) from pg_constraint where conname = %s"
    with connection.cursor() as cursor:
        cursor.execute(constraint, [PERSON])
        assert "municipality_id WITH =" in cursor.fetchone()[0]
