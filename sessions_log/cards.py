"""What a group's page tells about its gatherings."""

from typing import Any

from django.utils import timezone

from groups.models import Group
from municipalities.rows import rows
from sessions_log.greetings import to_welcome
from sessions_log.models import Gathering

LIVE = """
    select {g}
    from sessions_log_gathering g
    join sessions_log_gatheringgroup gg on gg.gathering_id = g.id
    where gg.group_id = %(group)s and g.cancelled_at is null
    order by g.starts_at, g.id
"""


def group_card(group: Group) -> tuple[str, dict[str, Any]]:
    """Its next gathering and its latest one. One query."""
    now = timezone.now()
    live = [row for (row,) in rows(LIVE, {"group": group.pk}, g=Gathering)]
    context = {
        "group": group,
        "next": next((row for row in live if row.ends_at >= now), None),
        "latest": next((row for row in reversed(live) if row.ends_at < now), None),
    }
    return "sessions_log/group_card.html", context


def welcome_card(group: Group) -> tuple[str, dict[str, Any]]:
    """Who has not had the welcome. Two queries."""
    return "sessions_log/welcome_card.html", {"group": group, "people": to_welcome(group)}
