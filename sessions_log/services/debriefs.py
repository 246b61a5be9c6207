"""The wish to talk after a gathering: that it is there, and nothing of what is said."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit.services import record
from sessions_log.models import Debrief, Gathering
from sessions_log.staff_letters import promise_debrief_letter


@transaction.atomic
def ask_for_debrief(*, gathering: Gathering, by: User, now: datetime) -> Debrief:
    """She wants to talk: the round's leader is told by e-mail, once."""
    debrief, made = Debrief.objects.get_or_create(
        municipality_id=gathering.municipality_id, gathering=gathering, asked_by=by, defaults={"asked_at": now}
    )
    if made:
        promise_debrief_letter(debrief=debrief, to=gathering.round.project_leader, now=now)
        record("ask_for_debrief", by=by, municipality=gathering.municipality_id, debrief=debrief.pk)
    return debrief


@transaction.atomic
def note_debrief(*, debrief: Debrief, on: date | None = None, by: User) -> None:
    """They have talked. The first note stands."""
    held = Debrief.objects.filter(pk=debrief.pk, held_on__isnull=True)
    if held.update(held_on=on or timezone.localdate(), held_with=by):
        record("note_debrief", by=by, municipality=debrief.municipality_id, debrief=debrief.pk)
