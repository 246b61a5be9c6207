"""The group's own goal for the period."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from audit.services import record
from groups.models import Group
from planning.models import Round
from sessions_log.models import Gathering, GatheringKind, GroupGoal


class NotMetYet(Exception):
    """The group has had no kick-off: it has not met to say what it wants."""


def has_met(group: Group, now: datetime) -> bool:
    """Whether the group's kick-off has begun. One query."""
    return Gathering.objects.held(now).filter(kind=GatheringKind.KICK_OFF, groups=group).exists()


class RoundIsClosed(Exception):
    """The round is closed: the goal stays as it is."""


@transaction.atomic
def note_goal(*, group: Group, words: str, by: User, now: datetime) -> GroupGoal:
    """Note the goal in the group's words; the same words again change nothing. Raises NotMetYet and
    RoundIsClosed."""
    if Round.objects.filter(pk=group.round_id, closed_at__isnull=False).exists():
        raise RoundIsClosed
    if not has_met(group, now):
        raise NotMetYet
    before = GroupGoal.objects.filter(group=group).first()
    if before is not None and before.words == words:
        return before
    goal, _made = GroupGoal.objects.update_or_create(
        group=group,
        defaults={"municipality_id": group.municipality_id, "words": words, "noted_by": by, "noted_at": now},
    )
    record("note_goal", by=by, municipality=group.municipality_id, group=group.pk)
    return goal
