"""Telling families: invitations, changes, cancellations, reminders. Rows in the outbox, in the caller's transaction."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from audit.services import record
from families.models import Family, Person
from outbox.catalogue import letter_language
from outbox.models import Message
from outbox.queries import quiet_of
from outbox.rules.quiet_hours import Quiet
from outbox.services import cancel, enqueue
from outbox.texts import Text
from outbox.wordings import Wordings, wordings
from sessions_log.letters import (
    CANCELLATION,
    CHANGE,
    INVITATION,
    REMINDER,
    about,
    facts_for,
    recipient,
    reminder_due,
    useful_until,
    ways_to,
)
from sessions_log.models import Gathering, Invitation


class NotReady(Exception):
    """An invitation says what, when, where and how to get there; it is not sent without those (domain rule 5)."""


class PlanChanged(Exception):
    """The plan is another than the one she looked at."""


def recipients_of(families: list[Family]) -> list[Person]:
    """The adults of these families who get messages, in one query."""
    return list(
        Person.objects.recipients().filter(family__in=families).select_related("family").order_by("family", "position")
    )


def promise(
    gathering: Gathering,
    person: Person,
    kind: str,
    *,
    due_at: datetime,
    by: User | None,
    said: Wordings | None = None,
    at_night: bool = False,
) -> int:
    """One message to one adult by her first way; returns 1, or 0 when somebody is to call her instead.

    Without the words (`said`) it is planned, and written when it goes.
    """
    language = letter_language(person.language)
    way = ways_to(person)[0]
    text = said.render(kind, language, facts_for(gathering, person)) if said else None
    enqueue(
        key=f"{kind}:{gathering.pk}:{gathering.generation}:{person.pk}",
        kind=kind,
        channel=way.channel,
        address=way.address,
        recipient=recipient(person),
        recipient_name=person.first_name,
        about=about(gathering),
        language=language,
        due_at=due_at,
        text=Text(subject="", body="") if way.silent else text,
        municipality=gathering.municipality,
        by=by,
        passes_quiet_hours=at_night,
        useful_until=useful_until(gathering, kind, timezone.now()),
    )
    return int(way.channel != Message.Channel.CALL)


def promise_reminder(gathering: Gathering, person: Person, *, quiet: Quiet, by: User | None) -> None:
    """The day before; not to somebody who is told after that hour."""
    due = reminder_due(gathering, quiet)
    if due > timezone.now():
        promise(gathering, person, REMINDER, due_at=due, by=by)


@transaction.atomic
def invite(*, gathering: Gathering, families: list[Family], generation: int, by: User) -> int:
    """Invite these families: their invitations, the letters and the reminders, together or not at all.

    Returns how many messages were promised. A family invited before is not invited again. Raises NotReady, and
    PlanChanged when `generation` is not the gathering's.
    """
    gathering = Gathering.objects.select_for_update(of=("self",)).select_related("municipality").get(pk=gathering.pk)
    if gathering.generation != generation:
        raise PlanChanged
    if not gathering.can_be_announced or gathering.cancelled_at:
        raise NotReady
    now = timezone.now()
    known = set(gathering.invitations.filter(withdrawn_at__isnull=True).values_list("family", flat=True))
    new = [family for family in families if family.pk not in known]
    for family in new:
        Invitation.objects.update_or_create(
            gathering=gathering,
            family=family,
            municipality=gathering.municipality,
            defaults={"invited_at": now, "invited_by": by, "withdrawn_at": None},
        )
    promised, said, quiet = 0, wordings(INVITATION), quiet_of(gathering.municipality)
    for person in recipients_of(new):
        promised += promise(gathering, person, INVITATION, due_at=now, by=by, said=said)
        promise_reminder(gathering, person, quiet=quiet, by=by)
    if new:
        record("invite", by=by, municipality=gathering.municipality_id, gathering=gathering.pk)
    return promised


def invited_families(gathering: Gathering) -> list[Family]:
    """Families that were told and are still invited."""
    return list(Family.objects.filter(invitations__gathering=gathering, invitations__withdrawn_at__isnull=True))


def announce_change(*, gathering: Gathering, at_night_too: bool = False, by: User) -> int:
    """Tell everyone invited of the new time or place; what was promised for the old plan never goes."""
    cancel(
        about=about(gathering),
        kinds=[INVITATION, CHANGE, REMINDER],
        reason=_("The gathering was changed since."),
    )
    told, said, quiet = 0, wordings(CHANGE), quiet_of(gathering.municipality)
    for person in recipients_of(invited_families(gathering)):
        told += promise(gathering, person, CHANGE, due_at=timezone.now(), by=by, said=said, at_night=at_night_too)
        promise_reminder(gathering, person, quiet=quiet, by=by)
    return told


def announce_cancellation(*, gathering: Gathering, at_night_too: bool, by: User) -> int:
    """Tell everyone invited that it is cancelled; nothing else about it goes any more."""
    cancel(
        about=about(gathering),
        kinds=[INVITATION, CHANGE, REMINDER],
        reason=_("The gathering is cancelled."),
    )
    now, said = timezone.now(), wordings(CANCELLATION)
    return sum(
        promise(gathering, person, CANCELLATION, due_at=now, by=by, said=said, at_night=at_night_too)
        for person in recipients_of(invited_families(gathering))
    )


@transaction.atomic
def end_invitations(family: Family, moment: datetime, by: User) -> None:
    """The family left or withdrew its wish: nothing more goes to it (domain rule 3)."""
    Invitation.objects.filter(family=family, withdrawn_at__isnull=True, gathering__starts_at__gt=moment).update(
        withdrawn_at=moment
    )
    people = [recipient(person) for person in family.people.all()]
    Message.objects.filter(recipient__in=people, state=Message.State.QUEUED).update(
        state=Message.State.CANCELLED, error=_("The family is no longer invited.")
    )
