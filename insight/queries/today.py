"""What a person does next."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models.expressions import RawSQL
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from planning.queries.plan import due_soon
from sessions_log.models import Debrief, Gathering
from sessions_log.queries.interpreters import ASKED, NOTED
from web.dates import day, near_day

BACK, AHEAD = timedelta(days=60), timedelta(days=45)
OVERDUE = timedelta(hours=72)
PLAN_AHEAD = timedelta(days=14)
SOON, VERY_SOON = timedelta(days=21), timedelta(days=3)


MEMBERS = """sessions_log_gatheringgroup gg join groups_membership m on m.group_id = gg.group_id
    join families_family f on f.id = m.family_id"""
MAY_COME = """gg.gathering_id = sessions_log_gathering.id
    and m.since <= (sessions_log_gathering.starts_at at time zone 'Europe/Oslo')::date
    and (m."to" is null or m."to" > (sessions_log_gathering.starts_at at time zone 'Europe/Oslo')::date)
    and not exists (select from sessions_log_reply r where r.gathering_id = gg.gathering_id
        and r.family_id = m.family_id and r.is_current and not r.coming)"""
NOT_ORDERED = """not exists (select from sessions_log_interpreterbooking b where b.gathering_id = gg.gathering_id
    and b.language = needed.language and b.ordered_on is not null)"""
# What is known about each gathering at a moment (%s). Written as SQL: building these with the ORM took longer than
# asking them.
ABOUT_IT = {
    "group_names": """array(select g.name from groups_group g join sessions_log_gatheringgroup gg on gg.group_id = g.id
        where gg.gathering_id = sessions_log_gathering.id order by g.name)""",
    "has_summary": """exists (select from sessions_log_summary s
        where s.gathering_id = sessions_log_gathering.id)""",
    "has_invited": """exists (select from sessions_log_invitation i
        where i.gathering_id = sessions_log_gathering.id and i.withdrawn_at is null)""",
    "has_unconfirmed_interpreter": """exists (select from sessions_log_interpreterbooking b
        where b.gathering_id = sessions_log_gathering.id and b.confirmed_on is null)""",
    # A language that somebody who may come needs, and nobody has ordered an interpreter for.
    "has_unordered_interpreter": f"""sessions_log_gathering.ends_at > %s and (
        exists (select from {MEMBERS} cross join lateral ({NOTED}) needed(language) where {MAY_COME} and {NOT_ORDERED})
        or (exists (select from sessions_log_reply r where r.gathering_id = sessions_log_gathering.id and r.is_current
                and r.needs_interpreter)
            and exists (select from {MEMBERS} cross join lateral ({ASKED}) needed(language)
                where {MAY_COME} and {NOT_ORDERED})))""",  # noqa: S608 - fixed texts of ours
    "has_lifts": """exists (select from sessions_log_reply r
        where r.gathering_id = sessions_log_gathering.id and r.is_current and r.coming and r.needs_lift)""",
    "has_failed": """exists (select from outbox_message m
        where m.about = 'gathering:' || sessions_log_gathering.id and m.state = 'failed')""",
    # As `outbox.rules.overdue` has it, in the last day before it begins: then somebody has to know.
    "has_late": """exists (select from outbox_message m
        where m.about = 'gathering:' || sessions_log_gathering.id and m.state in ('queued', 'sending')
            and m.channel <> 'call' and (m.due_at < %s::timestamptz - interval '10 minutes' or m.attempts >= 6)
            and sessions_log_gathering.starts_at < %s::timestamptz + interval '24 hours')""",
}


@dataclass(frozen=True)
class Todo:
    """One line: what, why, where it leads. `target` is (url name, further arguments); `now`: it waits already."""

    icon: str
    title: str
    text: str
    target: tuple[str, list[Any]]
    tag: str = ""
    now: bool = False


def gatherings_around(user: User, now: datetime) -> list[Any]:
    """Gatherings she sees, from 60 days back to 45 days ahead, with what may be missing on each. One query."""
    return list(
        Gathering.objects.visible_to(user)
        .live()
        .filter(ends_at__gt=now - BACK, starts_at__lt=now + AHEAD)
        .annotate(
            **{
                name: RawSQL(question, [now] * question.count("%s"))  # noqa: S611 - fixed texts
                for name, question in ABOUT_IT.items()
            }
        )
        .order_by("starts_at", "pk")
    )


def next_gathering(gatherings: list[Any], now: datetime) -> Any:
    """The one that is on, or comes first."""
    return next((row for row in gatherings if row.ends_at >= now), None)


def todos_about(gatherings: list[Any], now: datetime, *, writes: bool) -> list[Todo]:
    """What gatherings wait for: summaries first, oldest first, then what is missing for those that come soon.

    `writes`: she writes the summaries herself. A leader is told of those overdue by 72 hours, and of what is missing
    for the next three days.
    """
    found = []
    for row in gatherings:
        if row.ends_at < now:
            if not row.has_summary and (writes or now - row.ends_at > OVERDUE):
                found.append(summary_todo(row, now, writes=writes))
            continue
        if row.starts_at - now > (SOON if writes else VERY_SOON):
            continue
        found += preparations(row, whose="" if writes else names(row))
    return found


def summary_todo(row: Any, now: datetime, *, writes: bool) -> Todo:
    days = (timezone.localdate(now) - timezone.localdate(row.ends_at)).days
    tag = ngettext("waits for %(n)s day", "waits for %(n)s days", days) % {"n": days} if days else ""
    if writes:
        text = _("%(title)s, %(day)s. Takes about three minutes.") % {
            "title": row.title,
            "day": near_day(row.starts_at),
        }
        return Todo("PencilWriting", _("Write the summary"), text, ("sessions_log:log", [row.pk]), tag, now=True)
    text = _("%(group)s: %(title)s, %(day)s.") % {
        "group": names(row),
        "title": row.title,
        "day": near_day(row.starts_at),
    }
    return Todo("PencilWriting", _("A summary is missing"), text, ("sessions_log:gathering", [row.pk]), tag, now=True)


def preparations(row: Any, *, whose: str) -> list[Todo]:
    """What a coming gathering still needs; `whose`: the group, where it is not plain."""
    page = ("sessions_log:gathering", [row.pk])
    line = ", ".join(filter(None, [whose, row.title, near_day(row.starts_at)]))
    found = []
    if not row.can_be_announced:
        found.append(
            Todo(
                "Calendar",
                _("Complete the plan for %(day)s") % {"day": day(row.starts_at)},
                _("What, where or how to get there is missing."),
                ("sessions_log:edit", [row.pk]),
            )
        )
    elif not row.has_invited:
        found.append(Todo("Paperplane", _("Invite the families"), line, ("sessions_log:preview", [row.pk])))
    if row.lost_helper_id:
        found.append(Todo("Handshake", _("Find somebody else to help"), line, page))
    if row.has_failed:
        found.append(Todo("ExclamationmarkTriangle", _("A message did not arrive"), line, page, now=True))
    if row.has_late:
        found.append(Todo("Clock", _("A message is late: call instead"), line, page, now=True))
    if row.has_unordered_interpreter:
        found.append(Todo("Language", _("Order an interpreter"), line, page))
    elif row.has_unconfirmed_interpreter:
        found.append(Todo("Language", _("Get the interpreter confirmed"), line, page))
    if row.has_lifts and not row.lifts_confirmed:
        found.append(Todo("Car", _("Arrange the lifts"), line, page))
    return found


def names(row: Any) -> str:
    return ", ".join(row.group_names)


def plan_tasks_of(user: User) -> list[Todo]:
    """What of a round's plan is hers and due within two weeks. One query."""
    today = timezone.localdate()
    return [
        Todo(
            "Tasklist",
            task.title,
            task.round.name,
            ("planning:task", [task.round_id, task.pk]),
            _("by %(day)s") % {"day": near_day(due)} if due >= today else _("was due %(day)s") % {"day": near_day(due)},
            now=due <= today,
        )
        for task, due in due_soon(user, today, today + PLAN_AHEAD)
    ]


def debriefs_to_hold(user: User) -> list[Todo]:
    """Colleagues of her rounds who would like to talk. One query."""
    rows = Debrief.objects.filter(gathering__round__project_leader=user, held_on__isnull=True).select_related(
        "asked_by", "gathering"
    )
    return [
        Todo(
            "Chat",
            _("%(name)s would like to talk") % {"name": row.asked_by.name},
            f"{row.gathering.title}, {near_day(row.gathering.starts_at)}",
            ("sessions_log:debrief", [row.pk]),
            now=True,
        )
        for row in rows.order_by("asked_at")
    ]


def certificates_to_renew(count: int) -> list[Todo]:
    """A calm line for the leader where the municipality asks for new certificates now and then. No query."""
    if not count:
        return []
    words = ngettext(
        "Ask %(n)s person for a new police certificate", "Ask %(n)s people for a new police certificate", count
    )
    return [Todo("ShieldCheckmark", words % {"n": count}, _("When it suits."), ("accounts:staff", []))]
