"""Conversations with families that a coordinator has before her, for the start page: the first one, the one at the end
of a round, and what she promised in it."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from insight.queries.today import Todo
from municipalities.rows import rows
from sessions_log.queries.interviews import BEFORE_THE_END
from web.dates import near_day

# Families that wait in her rounds and nobody has talked with yet; rounds near their end, with how many families of her
# groups that have met wait for their exit interview; next steps that she owns. One question: each costs the page time.
CONVERSATIONS = """
    select 'first', 0, '', '', count(*), null::date
    from families_participation p
    join planning_roundcoordinator c on c.round_id = p.round_id
    where c.user_id = %(user)s and p.ended_on is null and p.contacted_on is null
        and not exists (select from groups_membership m where m.participation_id = p.id)
    union all (
    select 'last', r.id, r.name, '', count(*), r.ends_on
    from groups_membership m
    join groups_group g on g.id = m.group_id
    join planning_round r on r.id = g.round_id
    where m.group_id = any(%(groups)s) and m."to" is null and r.closed_at is null
        and not exists (select from sessions_log_exitinterview e where e.participation_id = m.participation_id)
        and exists (select from sessions_log_gatheringgroup gg join sessions_log_gathering k on k.id = gg.gathering_id
            where gg.group_id = g.id and k.kind = 'kick_off' and k.cancelled_at is null and k.starts_at <= %(now)s)
        and (r.ends_on <= %(soon)s or exists (select from sessions_log_gatheringgroup gg
            join sessions_log_gathering s on s.id = gg.gathering_id
            where gg.group_id = g.id and s.kind = 'closing_party' and s.cancelled_at is null
                and s.starts_at <= %(moment)s))
    group by r.id, r.name, r.ends_on
    order by r.ends_on, r.id)
    union all (
    select 'promised', e.participation_id, e.next_step, f.name, 1, e.due_on
    from sessions_log_exitinterview e
    join families_participation p on p.id = e.participation_id
    join families_family f on f.id = p.family_id
    where e.owner_id = %(user)s and e.done_at is null and e.next_step <> ''
    order by e.due_on, e.id)
"""


def conversations_of(user: User, now: datetime) -> list[Todo]:
    """What she is to talk about with families, in the order in which it comes. One query."""
    today = timezone.localdate(now)
    params = {"user": user.pk, "groups": user.followed_groups, "now": now}
    params |= {"soon": today + BEFORE_THE_END, "moment": now + BEFORE_THE_END}
    found = []
    for kind, pk, title, family, count, due in rows(CONVERSATIONS, params):
        if kind == "first" and count:
            words = ngettext("%(n)s family has not been called yet.", "%(n)s families have not been called yet.", count)
            found.append(Todo("Phone", _("Talk with those who wait"), words % {"n": count}, ("families:waiting", [])))
        elif kind == "last":
            words = ngettext("%(n)s exit interview waits", "%(n)s exit interviews wait", count)
            found.append(Todo("Chat", words % {"n": count}, title, ("sessions_log:interviews", [pk])))
        elif kind == "promised":
            by = _("by %(day)s") % {"day": near_day(due)} if due else ""
            is_due = bool(due and due <= today)
            found.append(Todo("Handshake", title, family, ("sessions_log:interview", [pk]), by, now=is_due))
    return found
