"""Closing a round, and opening it again: the highest room that the round, its groups and its families meet in."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit.services import record
from groups.services.endings import begin_groups_again, end_groups
from planning.models import Round
from planning.services.rounds import differing_names
from sessions_log.models import RoundClosing
from sessions_log.queries.closings import Missing, before_closing


class NotReady(Exception):
    """Something is missing. `missing`: what, in sentences."""

    def __init__(self, missing: list[Missing]) -> None:
        super().__init__()
        self.missing = missing


class AlreadyClosed(Exception):
    """Somebody has closed it: the first time counts."""


class NotClosed(Exception):
    """There is nothing to open."""


@transaction.atomic
def close_round(*, round: Round, by: User, now: datetime) -> RoundClosing:
    """Close a round when each family was talked with or it is said why not, the evaluation is written, and nothing is
    ahead. Its groups end, and its families are free for another round.

    Raises AlreadyClosed and NotReady; the database refuses what rule 9 forbids on its own.
    """
    locked = Round.objects.select_for_update(of=("self",)).get(pk=round.pk)
    if locked.closed_at is not None:
        raise AlreadyClosed
    missing = before_closing(locked, now)
    if missing:
        raise NotReady(missing)
    ended = end_groups(round=locked, on=timezone.localdate(now))
    closing = RoundClosing.objects.create(
        municipality_id=locked.municipality_id,
        round=locked,
        closed_at=now,
        closed_by=by,
        groups=ended.groups,
        memberships=ended.memberships,
    )
    locked.closed_at = now
    locked.save(update_fields=["closed_at"])
    record("close_round", by=by, municipality=locked.municipality_id, round=locked.pk)
    return closing


@transaction.atomic
def reopen_round(*, round: Round, reason: str, by: User, now: datetime) -> int:
    """Open a closed round again, for a reason that is kept: what ended with it goes on, but a family that has gone on
    to another round stays there. Returns how many stayed. Raises NotClosed, and NameTaken by another running round."""
    locked = Round.objects.select_for_update(of=("self",)).get(pk=round.pk)
    closing = RoundClosing.objects.standing().filter(round=locked).first()
    if locked.closed_at is None or closing is None:
        raise NotClosed
    locked.closed_at = None
    with differing_names():
        locked.save(update_fields=["closed_at"])
    closing.reopened_at, closing.reopened_by, closing.reason = now, by, reason
    closing.save(update_fields=["reopened_at", "reopened_by", "reason"])
    stayed = begin_groups_again(groups=closing.groups, memberships=closing.memberships)
    record("reopen_round", by=by, municipality=locked.municipality_id, round=locked.pk)
    return stayed
