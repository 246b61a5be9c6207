"""What gatherings keep of two families that turn out to be one."""

from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from families.duplicates.relations import Merging, decide, move
from outbox.models import Message
from sessions_log.letters import recipient
from sessions_log.models import Attendance, ExitInterview, Invitation, Reply, Ride
from sessions_log.models.attendance import AttendanceState

TOLD = (
    *("held_on", "absence", "absence_words", "gave", "ready_for", "partner_id"),
    *("next_step", "owner_id", "due_on", "done_at", "more"),
)


def move_invitations(merging: Merging, model: type[Model], name: str, kept: Any, merged: Any) -> None:
    """A family is invited once. Where both were, one that stands makes the kept one's stand."""
    standing = Invitation.objects.filter(family=merged, withdrawn_at__isnull=True).values("gathering")
    for ours in Invitation.objects.filter(family=kept, gathering__in=standing, withdrawn_at__isnull=False):
        merging.ledger.set(ours, withdrawn_at=None)
    move("gathering")(merging, model, name, kept, merged)


def move_replies(merging: Merging, model: type[Model], name: str, kept: Any, merged: Any) -> None:
    """All answers come; of two that count, the last one does."""
    ours = {row.gathering_id: row for row in Reply.objects.filter(family=kept, is_current=True)}
    for their in Reply.objects.filter(family=merged, is_current=True, gathering__in=ours):
        earlier, _later = sorted((ours[their.gathering_id], their), key=lambda row: (row.noted_at, row.pk))
        merging.ledger.set(earlier, is_current=False)
    merging.ledger.move(Reply.objects.filter(family=merged), name, kept)


def move_attendance(merging: Merging, model: type[Model], name: str, kept: Any, merged: Any) -> None:
    """One row a person and gathering: somebody who was there by one of them was there."""
    theirs = {row.gathering_id: row for row in Attendance.objects.filter(person=merged)}
    for ours in Attendance.objects.filter(person=kept, gathering__in=theirs):
        if theirs[ours.gathering_id].state == AttendanceState.PRESENT:
            merging.ledger.set(ours, state=AttendanceState.PRESENT.value)
    move("gathering")(merging, model, name, kept, merged)
    move_messages(merging, kept, merged)


def move_messages(merging: Merging, kept: Any, merged: Any) -> None:
    """Letters that have not gone go to the one who is left, or not at all when she gets the same one already."""
    waiting = Message.objects.filter(recipient=recipient(merged), state=Message.State.QUEUED)
    for message in waiting:
        key = f"{message.key.rpartition(':')[0]}:{kept.pk}"
        if Message.objects.filter(key=key).exists():
            merging.ledger.set(message, state=Message.State.CANCELLED.value, error=_("The same message goes already."))
        else:
            merging.ledger.set(message, recipient=recipient(kept), key=key)


def move_family_of_attendance(merging: Merging, model: type[Model], name: str, kept: Any, merged: Any) -> None:
    """The family that the row repeats is its person's."""
    merging.ledger.move(Attendance.objects.filter(family=merged, person__family=kept), name, kept)


def move_rides(merging: Merging, model: type[Model], name: str, kept: Any, merged: Any) -> None:
    """Lifts come over, one a gathering. One between the two tells of nobody any more, and stays."""
    other = "driver" if name == "family" else "family"
    rows = Ride.objects.filter(**{name: merged}).exclude(**{other: kept})
    if name == "family":
        rows = rows.exclude(gathering__in=Ride.objects.filter(family=kept).values("gathering"))
    merging.ledger.move(rows, name, kept)


def join_interviews(merging: Merging, model: type[Model], name: str, kept: Any, merged: Any) -> None:
    """A round has one exit interview with a family: the one that was held, else the first; texts of both stay."""
    ours = ExitInterview.objects.filter(participation=kept).first()
    theirs = ExitInterview.objects.filter(participation=merged).first()
    if theirs is None:
        return
    if ours is None:
        merging.ledger.set(theirs, participation_id=kept.pk)
    elif kept.round.closed_at is not None:
        return  # what was told in a closed round stays as it is
    elif theirs.held_on is not None and ours.held_on is None:
        merging.ledger.set(ours, **{name: getattr(theirs, name) for name in TOLD})
    elif theirs.held_on is not None:
        texts = {
            name: "\n".join(filter(None, [getattr(ours, name), getattr(theirs, name)])) for name in ("gave", "more")
        }
        merging.ledger.set(ours, **texts)


def decide_relations() -> None:
    decide("sessions_log.Attendance.person", move_attendance)
    decide("sessions_log.Attendance.family", move_family_of_attendance)
    decide("sessions_log.Invitation.family", move_invitations)
    decide("sessions_log.Reply.family", move_replies)
    decide("sessions_log.ExitInterview.participation", join_interviews)
    decide("sessions_log.CallNote.family", move())
    decide("sessions_log.Ride.driver", move_rides)
    decide("sessions_log.Ride.family", move_rides)
    decide("sessions_log.Contribution.family", move("gathering"))
