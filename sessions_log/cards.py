"""What a group's page tells about its gatherings."""

from typing import Any

from django.utils import timezone

from groups.models import Group
from municipalities.rows import rows
from sessions_log.greetings import WELCOME, about_group
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


NOT_WELCOMED = """
    select count(*)
    from families_person p
    join families_family f on f.id = p.family_id
    join groups_membership m on m.family_id = f.id
    where m.group_id = %(group)s and m."to" is null and f.protection = 'none'
        and p.kind = 'adult' and p.receives and p.left_on is null and p.channel <> 'call'
        and not exists (select from outbox_message o
            where o.about = %(about)s and o.kind = %(kind)s and o.recipient = 'person:' || p.id)
"""


def welcome_card(group: Group) -> tuple[str, dict[str, Any]]:
    """How many have not had the welcome. One query, for the same people as `to_welcome`."""
    [(count,)] = rows(NOT_WELCOMED, {"group": group.pk, "about": about_group(group), "kind": WELCOME})
    return "sessions_log/welcome_card.html", {"group": group, "count": count}
