"""What somebody has before her with families, for the start page: a coordinator's first conversations, those at the end
of a round and what she promised in them, and for everybody what is to be followed up after a gathering."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from accounts.permissions import Permission
from insight.queries.today import Todo
from municipalities.rows import rows
from sessions_log.models import GatheringKind
from sessions_log.queries.interviews import BEFORE_THE_END
from web.dates import near_day

# Families that wait in her rounds and nobody has talked with yet; rounds near their end, with how many families of her
# groups that have met wait for their exit interview; next steps that she owns; follow-ups of hers. One question: each
# costs the page its time.
CONVERSATIONS = """
    select 'first', 0, '', '', count(*), null::date, ''
    from families_participation p
    join planning_roundcoordinator c on c.round_id = p.round_id
    where %(talks)s and c.user_id = %(user)s and p.ended_on is null and p.contacted_on is null
        and not exists (select from groups_membership m where m.participation_id = p.id)
    union all (
    select 'last', r.id, r.name, '', sum(w.families), r.ends_on, ''
    from groups_group g
    join planning_round r on r.id = g.round_id
    cross join lateral (select count(*) as families from groups_membership m
        where m.group_id = g.id and m."to" is null and not exists (
            select from sessions_log_exitinterview e where e.participation_id = m.participation_id)) w
    where %(talks)s and g.id = any(%(groups)s) and r.closed_at is null
        and exists (select from sessions_log_gatheringgroup gg join sessions_log_gathering k on k.id = gg.gathering_id
            where gg.group_id = g.id and k.kind = 'kick_off' and k.cancelled_at is null and k.starts_at <= %(now)s)
        and (r.ends_on <= %(soon)s or exists (select from sessions_log_gatheringgroup gg
            join sessions_log_gathering s on s.id = gg.gathering_id
            where gg.group_id = g.id and s.kind = 'closing_party' and s.cancelled_at is null
                and s.starts_at <= %(moment)s))
    group by r.id, r.name, r.ends_on
    having sum(w.families) > 0
    order by r.ends_on, r.id)
    union all (
    select 'promised', e.participation_id, e.next_step, f.name, 1, e.due_on, ''
    from sessions_log_exitinterview e
    join families_participation p on p.id = e.participation_id
    join families_family f on f.id = p.family_id
    where %(talks)s and e.owner_id = %(user)s and e.done_at is null and e.next_step <> ''
    order by e.due_on, e.id)
    union all (
    select 'follow_up', g.id, f.text, g.activity, 1, f.due_on, g.kind
    from sessions_log_followup f
    join sessions_log_gathering g on g.id = f.gathering_id
    where f.owner_id = %(user)s and f.done_at is null
    order by f.due_on nulls last, f.id
    limit 10)
"""


def conversations_of(user: User, now: datetime) -> list[Todo]:
    """What she is to talk about with families, and what she follows up. One query."""
    today = timezone.localdate(now)
    talks = user.may(Permission.CONVERSATION_NOTE)
    params = {"user": user.pk, "talks": talks, "groups": user.followed_groups if talks else [], "now": now}
    params |= {"soon": today + BEFORE_THE_END, "moment": now + BEFORE_THE_END}
    found = []
    for what, pk, title, text, number, due, kind in rows(CONVERSATIONS, params):
        count = int(number)
        by = _("by %(day)s") % {"day": near_day(due)} if due else ""
        is_due = bool(due and due <= today)
        if what == "first" and count:
            words = ngettext("%(n)s family has not been called yet.", "%(n)s families have not been called yet.", count)
            found.append(Todo("Phone", _("Talk with those who wait"), words % {"n": count}, ("families:waiting", [])))
        elif what == "last":
            words = ngettext("%(n)s exit interview waits", "%(n)s exit interviews wait", count)
            found.append(Todo("Chat", words % {"n": count}, title, ("sessions_log:interviews", [pk])))
        elif what == "promised":
            found.append(Todo("Handshake", title, text, ("sessions_log:interview", [pk]), by, now=is_due))
        elif what == "follow_up":
            where = text or str(GatheringKind(kind).label).capitalize()
            found.append(Todo("Tasklist", title, where, ("sessions_log:log", [pk]), by, now=is_due))
    return found
