"""Friendly reminders to staff."""

from datetime import datetime

from django.db import transaction

from groups.models import GroupCoordinator
from sessions_log.models import Gathering
from sessions_log.staff_letters import promise_summary_letter


@transaction.atomic
def ask_for_summary(*, gathering_id: int, now: datetime) -> bool:
    """Ask the gathering's primary coordinator for the summary, once in a gathering's life. Whether she was asked.

    Asked twice at the same time, the second finds it done: the row is locked.
    """
    gathering = (
        Gathering.objects.select_for_update(of=("self",))
        .select_related("municipality")
        .filter(pk=gathering_id, asked_for_summary_at__isnull=True, cancelled_at__isnull=True, summary__isnull=True)
        .first()
    )
    if gathering is None:
        return False
    gathering.asked_for_summary_at = now
    gathering.save(update_fields=["asked_for_summary_at"])
    follow = GroupCoordinator.objects.current().filter(group__gatherings=gathering).select_related("user")
    held = follow.order_by("-is_primary", "since", "pk").first()
    promise_summary_letter(gathering=gathering, to=held.user if held else gathering.created_by, now=now)
    return True
