"""Merges that can still be taken back."""

from datetime import datetime, timedelta

from accounts.models import User
from accounts.permissions import Permission
from families.models import Family, Merge

CAN_BE_UNDONE = timedelta(days=30)


def merges_to_undo(family: Family, user: User, now: datetime) -> list[Merge]:
    """What was merged into this family in the last 30 days, for who may merge; each with `.last_day`. One query."""
    if not user.may(Permission.FAMILY_MERGE):
        return []
    rows = list(
        Merge.objects.filter(kept=family, undone_at__isnull=True, merged_at__gte=now - CAN_BE_UNDONE)
        .select_related("merged")
        .order_by("-merged_at")
    )
    for row in rows:
        row.last_day = row.merged_at + CAN_BE_UNDONE  # type: ignore[attr-defined]
    return rows
