"""Two families that should not be in one group: noted, and taken back."""

from datetime import datetime

from django.db import IntegrityError, transaction

from accounts.models import User
from audit.services import record
from families.models import Family, NotTogether


class NotSeen(Exception):
    """She may not see both families."""


class NotedAlready(Exception):
    """It stands already that the two should not be in one group."""


@transaction.atomic
def keep_apart(*, first: Family, second: Family, reason: str, by: User) -> NotTogether:
    """Note that two families should not be in one group. Raises NotSeen and NotedAlready."""
    low, high = sorted((first, second), key=lambda family: family.pk)
    if Family.objects.visible_to(by).filter(pk__in=(low.pk, high.pk)).count() < 2:
        raise NotSeen
    try:
        with transaction.atomic():
            pair = NotTogether.objects.create(
                municipality_id=low.municipality_id, first=low, second=high, reason=reason, noted_by=by
            )
    except IntegrityError as stands:
        raise NotedAlready from stands
    record("keep_apart", by=by, municipality=low.municipality_id, family=low.pk, other=high.pk)
    return pair


@transaction.atomic
def let_together(*, pair: NotTogether, by: User, now: datetime) -> None:
    """They may be in one group after all; the reason goes with it. Raises NotSeen."""
    if Family.objects.visible_to(by).filter(pk__in=(pair.first_id, pair.second_id)).count() < 2:
        raise NotSeen
    if NotTogether.objects.standing().filter(pk=pair.pk).update(ended_at=now, reason=""):
        record("let_together", by=by, municipality=pair.municipality_id, family=pair.first_id, other=pair.second_id)
