"""What households answer, and that they were called."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from audit.services import record
from families.models import Family
from outbox.models import Message
from outbox.queries import quiet_of
from outbox.services import cancel, note_called
from sessions_log.letters import REMINDER, about, recipient
from sessions_log.models import CallNote, CallOutcome, Gathering, Reply
from sessions_log.replying import tell
from sessions_log.services.announcements import promise_reminder, recipients_of


@transaction.atomic
def note_reply(
    *,
    gathering: Gathering,
    family: Family,
    coming: bool,
    adults: int = 0,
    children: int = 0,
    needs_lift: bool = False,
    needs_interpreter: bool = False,
    words: str = "",
    food: str | None = None,
    by: User | None,
    now: datetime,
) -> Reply:
    """Note a household's answer; the last one counts and earlier ones stay.

    «No» stops the reminder, «yes» after it brings it back, unless somebody stopped it by hand. `by` is None when the
    family answered itself. A lift that nobody had asked for is not arranged yet. `food` None keeps what was said of it.
    """
    gathering = Gathering.objects.select_for_update(of=("self",)).select_related("municipality").get(pk=gathering.pk)
    earlier = Reply.objects.filter(gathering=gathering, family=family, is_current=True)
    before = earlier.first()
    food = (before.food if before else "") if food is None else food
    if coming and needs_lift and not earlier.filter(needs_lift=True).exists():
        Gathering.objects.filter(pk=gathering.pk, lifts_confirmed=True).update(lifts_confirmed=False)
    earlier.update(is_current=False)
    reply = Reply.objects.create(
        municipality_id=gathering.municipality_id,
        gathering=gathering,
        family=family,
        coming=coming,
        adults=adults if coming else 0,
        children=children if coming else 0,
        needs_lift=coming and needs_lift,
        needs_interpreter=coming and needs_interpreter,
        words=words,
        food=food if coming else "",
        food_noted_at=before.food_noted_at if coming and before and before.food == food else None,
        noted_by=by,
        noted_at=now,
    )
    people = recipients_of([family])
    if not coming:
        cancel(
            about=about(gathering),
            kinds=[REMINDER],
            recipients=[recipient(person) for person in people],
            reason=_("The family is not coming."),
        )
    elif gathering.invitations.filter(family=family, withdrawn_at__isnull=True).exists():
        stopped = Message.objects.filter(
            about=about(gathering),
            kind=REMINDER,
            recipient__in=[recipient(person) for person in people],
            state=Message.State.CANCELLED,
            key__contains=f":{gathering.generation}:",
        )
        by_hand = set(stopped.filter(stopped_by__isnull=False).values_list("recipient", flat=True))
        by_itself = stopped.filter(stopped_by__isnull=True, due_at__gt=now)
        if not by_itself.update(state=Message.State.QUEUED, error=""):
            quiet = quiet_of(gathering.municipality)
            for person in people:
                if recipient(person) not in by_hand:
                    promise_reminder(gathering, person, quiet=quiet, by=by)
    record("note_reply", by=by, municipality=gathering.municipality_id, gathering=gathering.pk, family=family.pk)
    if by is not None:
        tell(reply, by, now)
    return reply


@transaction.atomic
def note_food(*, reply: Reply, food_needs: str, by: User, now: datetime) -> None:
    """The coordinator has read what the household does not eat: this is what stands on the family from now on."""
    Reply.objects.filter(pk=reply.pk).update(food_noted_at=now)
    Family.objects.filter(pk=reply.family_id).update(food_needs=food_needs)
    record("note_food", by=by, municipality=reply.municipality_id, gathering=reply.gathering_id, family=reply.family_id)


@transaction.atomic
def note_call(*, gathering: Gathering, family: Family, outcome: str, by: User, now: datetime) -> CallNote:
    """Note that a family was called, and whether somebody answered. The calls that were to be made to it are done."""
    note_called(
        about=about(gathering),
        recipients=[recipient(person) for person in family.people.all()],
        talked=outcome == CallOutcome.CALLED,
        now=now,
    )
    return CallNote.objects.create(
        municipality_id=gathering.municipality_id, gathering=gathering, family=family, outcome=outcome, by=by, at=now
    )
