"""The days of a round's plan are counted from its kick-off: when that gets a day, or another one, they follow."""

from django.utils import timezone

from accounts.models import User
from planning.models import Round
from planning.services.rounds import move_kick_off
from sessions_log.models import Gathering, GatheringKind


def follow_kick_off(*, round: Round, by: User) -> bool:
    """Count the plan's days from the first kick-off that is planned or held; whether they moved.

    Without any the day that was thought of stands.
    """
    first = Gathering.objects.live().filter(round=round, kind=GatheringKind.KICK_OFF).order_by("starts_at").first()
    if first is None:
        return False
    return move_kick_off(round=round, day=timezone.localdate(first.starts_at), by=by)
