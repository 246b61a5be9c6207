"""A round: a new one, its facts, who coordinates it, its reference group."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from accounts.models import User
from audit.services import record
from municipalities.models import Municipality
from planning.models import ReferenceMember, Round, RoundCoordinator
from planning.services.tasks import suggest_tasks

FACTS = (
    "name",
    "project_leader",
    "starts_on",
    "ends_on",
    "kick_off_on",
    "goals",
    "contact_name",
    "contact_phone",
    "contact_email",
    "lessons",
)


class KickOffOutside(Exception):
    """The planned kick-off is not between the first and the last day of the round."""


class NameTaken(Exception):
    """Another running round has that name: perhaps the same one, started by two presses of a button."""


@contextmanager
def differing_names() -> Iterator[None]:
    """Say in our words what the database says of a name. Raises NameTaken."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as refused:
        if "running_rounds_differ_in_name" not in str(refused):
            raise
        raise NameTaken from refused


def check_period(*, starts_on: date, ends_on: date, kick_off_on: date | None) -> None:
    """Raises KickOffOutside."""
    if kick_off_on is not None and not starts_on <= kick_off_on <= ends_on:
        raise KickOffOutside


@transaction.atomic
def start_round(
    *,
    municipality: Municipality,
    name: str,
    project_leader: User,
    starts_on: date,
    ends_on: date,
    kick_off_on: date | None = None,
    goals: str = "",
    coordinators: Collection[User] = (),
    by: User,
) -> Round:
    """Start a round with the programme's own plan, in the municipality's written language.

    Raises KickOffOutside and NameTaken.
    """
    check_period(starts_on=starts_on, ends_on=ends_on, kick_off_on=kick_off_on)
    with differing_names():
        found = Round.objects.create(
            municipality=municipality,
            name=name,
            project_leader=project_leader,
            starts_on=starts_on,
            ends_on=ends_on,
            kick_off_on=kick_off_on,
            goals=goals,
        )
    set_coordinators(round=found, coordinators=coordinators)
    suggest_tasks(round=found, language=municipality.language)
    record("start_round", by=by, municipality=municipality, round=found.pk)
    return found


@transaction.atomic
def change_round(*, round: Round, coordinators: Collection[User], by: User, **facts: Any) -> None:
    """Change what is known of a round; the plan's days follow the kick-off by themselves.

    Raises KickOffOutside and NameTaken.
    """
    check_period(starts_on=facts["starts_on"], ends_on=facts["ends_on"], kick_off_on=facts["kick_off_on"])
    for name in FACTS:
        setattr(round, name, facts[name])
    with differing_names():
        round.save(update_fields=FACTS)
    set_coordinators(round=round, coordinators=coordinators)
    record("change_round", by=by, municipality=round.municipality_id, round=round.pk)


@transaction.atomic
def move_kick_off(*, round: Round, day: date, by: User) -> bool:
    """The kick-off is on this day, and the plan's days follow; whether that is news.

    A day outside the round changes nothing: when the round begins and ends is the leader's to say.
    """
    inside = Round.objects.filter(pk=round.pk, starts_on__lte=day, ends_on__gte=day)
    if not inside.exclude(kick_off_on=day).update(kick_off_on=day):
        return False
    round.kick_off_on = day
    record("move_kick_off", by=by, municipality=round.municipality_id, round=round.pk)
    return True


def set_coordinators(*, round: Round, coordinators: Collection[User]) -> None:
    """Let just these coordinate the round. Who follows a group of it goes on doing so: that is the group's."""
    wanted = {user.pk for user in coordinators}
    round.coordinators.exclude(user__in=wanted).delete()
    there = set(round.coordinators.values_list("user", flat=True))
    RoundCoordinator.objects.bulk_create(
        RoundCoordinator(municipality_id=round.municipality_id, round=round, user_id=pk)
        for pk in sorted(wanted - there)
    )


@transaction.atomic
def save_reference_member(
    *, round: Round, member: ReferenceMember | None = None, name: str, role: str, phone: str, email: str, by: User
) -> ReferenceMember:
    """Add somebody to the reference group, or change what is known of them."""
    row = member or ReferenceMember(municipality_id=round.municipality_id, round=round)
    row.name, row.role, row.phone, row.email = name, role, phone, email
    row.save()
    record("save_reference_member", by=by, municipality=round.municipality_id, round=round.pk, member=row.pk)
    return row


@transaction.atomic
def remove_reference_member(*, member: ReferenceMember, by: User) -> None:
    """Take somebody out of the reference group."""
    pk = member.pk
    member.delete()
    record("remove_reference_member", by=by, municipality=member.municipality_id, round=member.round_id, member=pk)
