"""Exit interviews: held, or their absence explained."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit.services import record
from families.models import Moment, Participation, Person, Purpose
from families.services.consents import give_consent, withdraw_consent
from families.services.support import ToldSupport, keep_support
from groups.models import Group, Membership
from planning.models import Partner
from sessions_log.models import ExitInterview

EMPTY = {
    "held_on": None,
    "absence": "",
    "absence_words": "",
    "gave": "",
    "ready_for": "",
    "partner": None,
    "next_step": "",
    "owner": None,
    "due_on": None,
    "done_at": None,
    "more": "",
}


class WasInNoGroup(Exception):
    """The family was in no group of the round: there is nothing to look back on."""


class RoundIsClosed(Exception):
    """The round is closed: what was told of it stays as it is."""


class WasHeld(Exception):
    """There was an interview: no absence to explain."""


@dataclass(frozen=True)
class ToldAtTheEnd:
    """All that an exit interview can leave. `again_said_by`: who says that they may be asked again; `not_again`: they
    take that back, or say no. `shares`: adults who let the group's families have their number."""

    held_on: date
    gave: str = ""
    ready_for: str = ""
    partner: Partner | None = None
    next_step: str = ""
    owner: User | None = None
    due_on: date | None = None
    done: bool = False
    more: str = ""
    support: Sequence[ToldSupport] = ()
    again_said_by: Person | None = None
    not_again: bool = False
    shares: Sequence[Person] = ()


def group_of_family(participation: Participation) -> Group:
    """The group it is in, or was in last. Raises WasInNoGroup."""
    latest = Membership.objects.filter(participation=participation).select_related("group").order_by("-since", "-pk")
    row = latest.first()
    if row is None:
        raise WasInNoGroup
    return row.group


def check_open(participation: Participation) -> None:
    """Raises RoundIsClosed."""
    if participation.round.closed_at is not None:
        raise RoundIsClosed


@transaction.atomic
def hold_interview(*, participation: Participation, told: ToldAtTheEnd, by: User, now: datetime) -> ExitInterview:
    """Keep what a family told at the end; again later mends it, and an absence that was noted before is gone.

    Raises RoundIsClosed, WasInNoGroup and CannotAnswer.
    """
    check_open(participation)
    before = ExitInterview.objects.filter(participation=participation).first()
    done_at = (before and before.done_at) or now
    interview, _made = ExitInterview.objects.update_or_create(
        participation=participation,
        defaults={
            **EMPTY,
            "municipality_id": participation.municipality_id,
            "group": group_of_family(participation),
            "held_on": told.held_on,
            "gave": told.gave,
            "ready_for": told.ready_for,
            "partner": told.partner,
            "next_step": told.next_step,
            "owner": told.owner if told.next_step else None,
            "due_on": told.due_on if told.next_step else None,
            "done_at": done_at if told.done and told.next_step else None,
            "more": told.more,
            "noted_by": by,
            "noted_at": now,
        },
    )
    keep_support(participation=participation, support=told.support, moment=Moment.AFTER, on=told.held_on, by=by)
    keep_consents(participation, told, by, now)
    record(
        "hold_exit_interview",
        by=by,
        municipality=participation.municipality_id,
        family=participation.family_id,
        interview=interview.pk,
    )
    return interview


def keep_consents(participation: Participation, told: ToldAtTheEnd, by: User, now: datetime) -> None:
    """To be asked again, and that the group's families may have the number. A protected family's is given to nobody."""
    family = participation.family
    if told.again_said_by is not None:
        give_consent(
            family=family, purpose=Purpose.INVITE_AGAIN, person=None, given_by=told.again_said_by, by=by, now=now
        )
    elif told.not_again:
        for consent in family.consents.to(Purpose.INVITE_AGAIN):
            withdraw_consent(consent=consent, by=by, now=now)
    for adult in told.shares:
        if not family.is_protected:
            give_consent(family=family, purpose=Purpose.SHARE_CONTACT, person=adult, given_by=adult, by=by, now=now)


@transaction.atomic
def explain_absence(*, participation: Participation, absence: str, words: str, by: User, now: datetime) -> None:
    """Note why a family has no exit interview. Raises RoundIsClosed, WasInNoGroup and WasHeld."""
    check_open(participation)
    before = ExitInterview.objects.filter(participation=participation).first()
    if before is not None and before.held_on is not None:
        raise WasHeld
    row, _made = ExitInterview.objects.update_or_create(
        participation=participation,
        defaults={
            **EMPTY,
            "municipality_id": participation.municipality_id,
            "group": group_of_family(participation),
            "absence": absence,
            "absence_words": words,
            "noted_by": by,
            "noted_at": now,
        },
    )
    record(
        "explain_no_exit_interview",
        by=by,
        municipality=participation.municipality_id,
        family=participation.family_id,
        interview=row.pk,
    )


@transaction.atomic
def tick_next_step(*, interview: ExitInterview, by: User) -> None:
    """The next step is taken. Its owner may say so after the round is closed too; the first time counts."""
    if ExitInterview.objects.filter(pk=interview.pk, done_at__isnull=True).update(done_at=timezone.now()):
        record("tick_next_step", by=by, municipality=interview.municipality_id, interview=interview.pk)
