"""What a group's page tells about its gatherings."""

from typing import Any

from django.utils import timezone

from groups.models import Group
from sessions_log.models import Gathering


def group_card(group: Group) -> tuple[str, dict[str, Any]]:
    """Its next gathering and its latest one. One query."""
    now = timezone.now()
    rows = list(Gathering.objects.live().filter(groups=group).order_by("starts_at", "pk"))
    context = {
        "group": group,
        "next": next((row for row in rows if row.ends_at >= now), None),
        "latest": next((row for row in reversed(rows) if row.ends_at < now), None),
    }
    return "sessions_log/group_card.html", context
