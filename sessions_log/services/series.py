"""Planning a rhythm of gatherings, and moving the rest of one."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit.services import record
from groups.models import Group, GroupCoordinator
from planning.models import Volunteer
from sessions_log.models import Gathering, GatheringKind, Series
from sessions_log.queries.gatherings import later_in_series
from sessions_log.services.bookings import booking
from sessions_log.services.gatherings import Plan, change_gathering, plan_gathering, plan_of

PLACE = ("venue", "place", "address", "directions")


def on_day(moment: datetime, day: date) -> datetime:
    """The same time on the wall in Norway, on another day."""
    return timezone.make_aware(datetime.combine(day, timezone.localtime(moment).time()))


@transaction.atomic
def plan_series(
    *,
    plan: Plan,
    days: Sequence[date],
    weeks: int,
    groups: Sequence[Group],
    coordinators: Iterable[GroupCoordinator],
    volunteers: Iterable[Volunteer],
    by: User,
) -> list[Gathering]:
    """Plan the same on each of these days, all or none. Kick-offs and closing parties are held once: ValueError.

    Raises DoubleBooked when the place or a coordinator is taken on one of them.
    """
    if plan.kind != GatheringKind.GATHERING or not days:
        raise ValueError("only gatherings repeat, on one day at least")
    first = groups[0]
    series = Series.objects.create(
        municipality=first.municipality, round=first.round, weeks=weeks, until=max(days), created_by=by
    )
    coordinators, volunteers = list(coordinators), list(volunteers)
    planned = []
    for day in days:
        its = replace(plan, starts_at=on_day(plan.starts_at, day), ends_at=on_day(plan.ends_at, day))
        planned.append(
            plan_gathering(
                plan=its, groups=groups, coordinators=coordinators, volunteers=volunteers, series=series, by=by
            )
        )
    record("plan_series", by=by, municipality=first.municipality_id, series=series.pk)
    return planned


def moved_like(row: Gathering, plan: Plan, was: Gathering) -> Plan:
    """The plan of a later gathering when `was` is changed to `plan`: as many days on, at the new time of day, and at
    the new place when that is new. What they do and who helps is its own."""
    filled, own = plan.filled(), plan_of(row)
    shift = timezone.localdate(plan.starts_at) - timezone.localdate(was.starts_at)
    day = timezone.localdate(row.starts_at) + shift
    place = {}
    if any(getattr(filled, name) != getattr(was, name) for name in PLACE):
        place = {name: getattr(filled, name) for name in PLACE}
    return replace(own, starts_at=on_day(plan.starts_at, day), ends_at=on_day(plan.ends_at, day), **place)


@transaction.atomic
def change_series_from(
    *, gathering: Gathering, plan: Plan, at_night_too: bool = False, by: User, **people: object
) -> int:
    """Change a gathering, and move those after it in its series along; returns how many gatherings' families are told.

    `people`, `announce` and `stay` are as for `change_gathering`, and are about the first one alone. Raises
    DoubleBooked and SecondKickOff.
    """
    was = Gathering.objects.select_for_update().get(pk=gathering.pk)
    later = list(later_in_series(was).select_for_update(of=("self",)).prefetch_related("groups", "helpers"))

    def change_this() -> int:
        return change_gathering(gathering=was, plan=plan, at_night_too=at_night_too, by=by, **people)  # type: ignore[arg-type]

    def change_later(row: Gathering) -> int:
        return change_gathering(
            gathering=row,
            plan=moved_like(row, plan, was_then),
            groups=list(row.groups.all()),
            coordinators=[],
            volunteers=[],
            stay=list(row.helpers.all()),
            is_looked_at=False,
            at_night_too=at_night_too,
            by=by,
        )

    was_then = Gathering.objects.get(pk=gathering.pk)
    with booking():
        # Whoever moves on makes room for the one behind.
        if plan.starts_at > was_then.starts_at:
            told = sum(change_later(row) for row in reversed(later)) + change_this()
        else:
            told = change_this() + sum(change_later(row) for row in later)
    record("change_series", by=by, municipality=was.municipality_id, gathering=was.pk)
    return told
