"""Planning, moving and cancelling gatherings."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from audit.services import record
from groups.models import Group, GroupCoordinator
from planning.models import Venue, Volunteer
from sessions_log.models import Gathering, GatheringGroup, GatheringHelper, GatheringKind, InterpreterBooking, Series
from sessions_log.queries.quiet import is_soon
from sessions_log.services.announcements import announce_cancellation, announce_change
from sessions_log.services.bookings import booking
from sessions_log.services.kick_offs import follow_kick_off


class SecondKickOff(Exception):
    """A group has one live kick-off at most."""


class AlreadyOver(Exception):
    """What has begun cannot be planned, moved or cancelled any more."""


@dataclass(frozen=True)
class Plan:
    """What a gathering is planned to be. Empty place, address and directions are taken from the venue."""

    kind: str
    activity: str
    starts_at: datetime
    ends_at: datetime
    venue: Venue | None = None
    place: str = ""
    address: str = ""
    directions: str = ""
    bring: str = ""
    shopping_note: str = ""
    asks_lift: bool = True
    asks_interpreter: bool = True
    lifts_confirmed: bool = False

    def filled(self) -> "Plan":
        """With the venue's values where the plan says nothing."""
        if self.venue is None:
            return self
        return replace(
            self,
            place=self.place or self.venue.name,
            address=self.address or self.venue.address,
            directions=self.directions or self.venue.directions,
        )


def plan_of(gathering: Gathering) -> Plan:
    """What it is planned to be now."""
    return Plan(**{name: getattr(gathering, name) for name in Plan.__dataclass_fields__})


TIME_AND_PLACE = ("starts_at", "ends_at", "place", "address", "directions")


def fill(gathering: Gathering, plan: Plan) -> None:
    """Put the plan's values into the row."""
    filled = plan.filled()
    for name in Plan.__dataclass_fields__:
        setattr(gathering, name, getattr(filled, name))


def is_told(gathering: Gathering, plan: Plan, *, announce: bool) -> bool:
    """Whether changing to this plan tells those who are invited: a new time or place always, the rest on request."""
    filled = plan.filled()
    moved = any(getattr(gathering, name) != getattr(filled, name) for name in TIME_AND_PLACE)
    return (moved or announce) and gathering.invitations.filter(withdrawn_at__isnull=True).exists()


@transaction.atomic
def plan_gathering(
    *,
    plan: Plan,
    groups: Sequence[Group],
    coordinators: Iterable[GroupCoordinator],
    volunteers: Iterable[Volunteer],
    series: Series | None = None,
    by: User,
) -> Gathering:
    """Plan a gathering of one or more groups of one round. Raises SecondKickOff and DoubleBooked."""
    first = groups[0]
    gathering = Gathering(municipality=first.municipality, round=first.round, series=series, created_by=by)
    fill(gathering, plan)
    with booking():
        gathering.save()
        set_groups(gathering, groups)
        set_helpers(gathering, coordinators, volunteers)
    if gathering.kind == GatheringKind.KICK_OFF:
        follow_kick_off(round=gathering.round, by=by)
    record("plan_gathering", by=by, municipality=gathering.municipality_id, gathering=gathering.pk)
    return gathering


@transaction.atomic
def change_gathering(
    *,
    gathering: Gathering,
    plan: Plan,
    groups: Sequence[Group],
    coordinators: Iterable[GroupCoordinator],
    volunteers: Iterable[Volunteer],
    stay: Iterable[GatheringHelper] = (),
    announce: bool = False,
    is_looked_at: bool = True,
    at_night_too: bool = False,
    by: User,
) -> bool:
    """Change the plan; returns whether those who had been invited are told.

    `stay`: helpers whom she was not offered, and who are left as they are. A new time or place is always told and
    raises the generation; other changes only with `announce`. `at_night_too`: who sends it was asked, and lets it pass
    the quiet hours, which only what concerns the next 24 hours does. `is_looked_at`: somebody saw its page, and who
    helps. Raises SecondKickOff and DoubleBooked.
    """
    gathering = Gathering.objects.select_for_update().get(pk=gathering.pk)
    was, began = gathering.kind, gathering.starts_at
    tells = is_told(gathering, plan, announce=announce)
    fill(gathering, plan)
    if tells:
        gathering.generation += 1
    if is_looked_at:
        gathering.lost_helper = None
    with booking():
        gathering.save()
        set_groups(gathering, groups)
        set_helpers(gathering, coordinators, volunteers, stay)
    if GatheringKind.KICK_OFF in {was, gathering.kind}:
        follow_kick_off(round=gathering.round, by=by)
    if tells:
        passes = at_night_too and is_soon(timezone.now(), began, gathering.starts_at)
        announce_change(gathering=gathering, at_night_too=passes, by=by)
    record("change_gathering", by=by, municipality=gathering.municipality_id, gathering=gathering.pk)
    return tells


def set_groups(gathering: Gathering, groups: Sequence[Group]) -> None:
    """These groups and no others. The database refuses a group's second live kick-off."""
    live_kick_off = gathering.kind == GatheringKind.KICK_OFF and gathering.cancelled_at is None
    gathering.gathering_groups.exclude(group__in=groups).delete()
    try:
        with transaction.atomic():
            for group in groups:
                GatheringGroup.objects.update_or_create(
                    gathering=gathering,
                    group=group,
                    municipality_id=gathering.municipality_id,
                    defaults={"live_kick_off": live_kick_off},
                )
    except IntegrityError as refused:
        raise SecondKickOff from refused


def set_helpers(
    gathering: Gathering,
    coordinators: Iterable[GroupCoordinator],
    volunteers: Iterable[Volunteer],
    stay: Iterable[GatheringHelper] = (),
) -> None:
    """These people help. Each row carries the certificate that allows it; who has none is not among the choices."""
    coordinators, volunteers = list(coordinators), list(volunteers)
    gathering.helpers.exclude(user__in=[held.user_id for held in coordinators]).exclude(
        volunteer__in=volunteers
    ).exclude(pk__in=[helper.pk for helper in stay]).delete()
    known: set[tuple[int | None, int | None]] = set(gathering.helpers.values_list("user", "volunteer"))
    GatheringHelper.objects.bulk_create(
        [
            GatheringHelper(
                municipality_id=gathering.municipality_id,
                gathering=gathering,
                user_id=held.user_id,
                certificate_id=held.certificate_id,
            )
            for held in {held.user_id: held for held in coordinators}.values()
            if (held.user_id, None) not in known
        ]
        + [
            GatheringHelper(
                municipality_id=gathering.municipality_id,
                gathering=gathering,
                volunteer=volunteer,
                certificate=volunteer.certificate,
            )
            for volunteer in volunteers
            if volunteer.certificate is not None and (None, volunteer.pk) not in known
        ]
    )


@transaction.atomic
def cancel_gathering(*, gathering: Gathering, at_night_too: bool = False, by: User, now: datetime) -> int:
    """Cancel a gathering: everybody who was invited is told, reminders stop. Returns how many are told.

    `at_night_too`: as for a change. Cancelling twice tells nobody twice. Raises AlreadyOver when it has ended.
    """
    gathering = Gathering.objects.select_for_update().get(pk=gathering.pk)
    if gathering.ends_at <= now:
        raise AlreadyOver
    if gathering.cancelled_at is not None:
        return 0
    gathering.cancelled_at, gathering.cancelled_by = now, by
    gathering.save(update_fields=["cancelled_at", "cancelled_by"])
    gathering.gathering_groups.update(live_kick_off=False)
    if gathering.kind == GatheringKind.KICK_OFF:
        follow_kick_off(round=gathering.round, by=by)
    passes = at_night_too and is_soon(now, gathering.starts_at)
    told = announce_cancellation(gathering=gathering, at_night_too=passes, by=by)
    record("cancel_gathering", by=by, municipality=gathering.municipality_id, gathering=gathering.pk)
    return told


@transaction.atomic
def set_interpreter(*, gathering: Gathering, language: str, step: str, today: date, by: User) -> InterpreterBooking:
    """An interpreter is `needed`, `ordered` or `confirmed`: a state, set as often as one likes."""
    booking, _made = InterpreterBooking.objects.get_or_create(
        gathering=gathering, language=language, municipality_id=gathering.municipality_id
    )
    booking.ordered_on = (booking.ordered_on or today) if step in {"ordered", "confirmed"} else None
    booking.confirmed_on = (booking.confirmed_on or today) if step == "confirmed" else None
    booking.save()
    record("set_interpreter", by=by, municipality=gathering.municipality_id, gathering=gathering.pk)
    return booking


@transaction.atomic
def confirm_lifts(*, gathering: Gathering, by: User) -> None:
    """The lifts are arranged."""
    Gathering.objects.filter(pk=gathering.pk).update(lifts_confirmed=True)
    record("confirm_lifts", by=by, municipality=gathering.municipality_id, gathering=gathering.pk)


def what_is_missing(gathering: Gathering) -> list[str]:
    """What an invitation still needs to say (domain rule 5), in words."""
    gaps = {
        _("what you will do"): gathering.activity,
        _("where it is"): gathering.place,
        _("how to get there"): gathering.directions,
    }
    return [words for words, value in gaps.items() if not value.strip()]
