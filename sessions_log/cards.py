"""What a group's page tells about its gatherings."""

from typing import Any

from django.utils import timezone

from groups.models import Group
from municipalities.rows import rows
from sessions_log.greetings import WELCOME, about_group
from sessions_log.models import Gathering, GatheringKind
from sessions_log.queries.interviews import BEFORE_THE_END

LIVE = """
    select {g}, o.words
    from groups_group gr
    left join sessions_log_groupgoal o on o.group_id = gr.id
    left join (sessions_log_gatheringgroup gg
        join sessions_log_gathering g on g.id = gg.gathering_id and g.cancelled_at is null) on gg.group_id = gr.id
    where gr.id = %(group)s
    order by g.starts_at, g.id
"""


def group_card(group: Group) -> tuple[str, dict[str, Any]]:
    """Its next gathering and its latest one, its own goal once it has met, and whether it ends soon. One query."""
    now = timezone.now()
    found = rows(LIVE, {"group": group.pk}, g=Gathering)
    live = [row for row, _words in found if row is not None]
    has_met = any(row.kind == GatheringKind.KICK_OFF and row.starts_at <= now for row in live)
    context = {
        "group": group,
        "next": next((row for row in live if row.ends_at >= now), None),
        "latest": next((row for row in reversed(live) if row.ends_at < now), None),
        "goal": found[0][1] or "",
        "has_met": has_met,
        "ends_soon": has_met
        and (
            group.round.ends_on <= timezone.localdate(now) + BEFORE_THE_END
            or any(row.kind == GatheringKind.CLOSING_PARTY and row.starts_at <= now + BEFORE_THE_END for row in live)
        ),
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
