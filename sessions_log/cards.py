"""What a group's page tells about its gatherings."""

from typing import Any

from django.utils import timezone

from groups.models import Group
from sessions_log.models import Gathering


def group_card(group: Group) -> tuple[str, dict[str, Any]]:
    """Its next gathering and its latest one. Two queries."""
    now = timezone.now()
    rows = Gathering.objects.filter(groups=group)
    context = {
        "group": group,
        "next": rows.coming(now).first(),
        "latest": rows.held(now).filter(ends_at__lt=now).select_related("summary").first(),
    }
    return "sessions_log/group_card.html", context
