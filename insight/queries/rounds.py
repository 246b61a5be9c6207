"""Where the groups of a round stand: the five steps, what blocks the next one, attendance."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from families.models import Family
from groups.models import Group
from groups.queries import coordinators_of
from groups.services.groups import NORMAL_SIZE
from municipalities.rows import rows
from planning.models import Round
from sessions_log.models import Gathering, GatheringKind
from web.dates import day, short_date

STEPS = [
    gettext_lazy("Planning"),
    gettext_lazy("Recruitment"),
    gettext_lazy("Kick-off"),
    gettext_lazy("Gatherings"),
    gettext_lazy("Closing party"),
]
PLANNING, RECRUITMENT, KICK_OFF, GATHERINGS, CLOSING, DONE = range(6)


@dataclass
class GroupInRound:
    """A group with everything its part of the page says."""

    group: Group
    coordinators: list[Any]
    families: list[Family]
    gatherings: list[Any]  # with has_summary
    now: datetime
    marks: dict[tuple[int, int], tuple[str, str]] = field(default_factory=dict)
    replies: dict[int, tuple[int, int]] = field(default_factory=dict)

    @property
    def held(self) -> list[Any]:
        return [row for row in self.gatherings if row.cancelled_at is None and row.starts_at <= self.now]

    @property
    def coming(self) -> list[Any]:
        return [row for row in self.gatherings if row.cancelled_at is None and row.starts_at > self.now]

    @property
    def without_summary(self) -> list[Any]:
        return [row for row in self.held if row.ends_at <= self.now and not row.has_summary]

    @property
    def next(self) -> Any:
        return next(iter(self.coming), None)

    def of_kind(self, kind: GatheringKind, rows: list[Any]) -> Any:
        return next((row for row in rows if row.kind == kind), None)

    @property
    def step(self) -> int:
        """Read from what happened: 0 planning … 4 closing party, 5 everything done."""
        if self.of_kind(GatheringKind.CLOSING_PARTY, self.held):
            return DONE
        if self.of_kind(GatheringKind.KICK_OFF, self.held):
            only_the_party = all(row.kind == GatheringKind.CLOSING_PARTY for row in self.coming)
            return CLOSING if self.coming and only_the_party else GATHERINGS
        if len(self.families) >= NORMAL_SIZE.start:
            return KICK_OFF
        return RECRUITMENT if self.coordinators else PLANNING

    @property
    def blocked_by(self) -> str:
        """What the next step waits for, in one sentence; "" when nothing is in the way."""
        if self.step == PLANNING:
            return _("The group has no coordinator.")
        if self.step == RECRUITMENT:
            missing = NORMAL_SIZE.start - len(self.families)
            return ngettext("%(n)s more family is needed.", "%(n)s more families are needed.", missing) % {"n": missing}
        if self.step == KICK_OFF:
            kick_off = self.of_kind(GatheringKind.KICK_OFF, self.coming)
            return not_ready(kick_off) if kick_off else _("No kick-off is planned.")
        if self.step == GATHERINGS and not self.coming:
            return _("No gathering is planned.")
        party = self.of_kind(GatheringKind.CLOSING_PARTY, self.coming)
        if self.step == GATHERINGS and party is None:
            return _("The closing party has no date yet.")
        unready = (words for row in (self.next, party) if row is not None and (words := not_ready(row)))
        return next(unready, "")

    @property
    def next_answers(self) -> str:
        if self.next is None:
            return ""
        yes, no = self.replies.get(self.next.pk, (0, 0))
        return _("%(yes)s coming, %(no)s not coming, %(waiting)s not answered yet") % {
            "yes": yes,
            "no": no,
            "waiting": max(0, len(self.families) - yes - no),
        }

    @property
    def table(self) -> list[str]:
        """States for the small table of the next gathering."""
        yes, no = self.replies.get(self.next.pk, (0, 0)) if self.next else (0, 0)
        return (["yes"] * yes + ["no"] * no + ["wait"] * len(self.families))[: max(len(self.families), yes + no)]

    @property
    def grid(self) -> list[tuple[Family, list[tuple[str, str]]]]:
        """A row per family: (mark, words) for each gathering that was held."""
        nothing = ("wait", _("not logged"))
        return [
            (family, [self.marks.get((family.pk, row.pk), nothing) for row in self.held]) for family in self.families
        ]


def not_ready(gathering: Gathering) -> str:
    """Why a coming gathering cannot be announced, if so."""
    if gathering.can_be_announced:
        return ""
    return _("The plan for %(day)s is not complete: what, where or how to get there.") % {
        "day": day(gathering.starts_at)
    }


# What the groups of a round have: each text begins from groups that `visible_to` gave.
FAMILIES = """
    select {f}, m.group_id
    from groups_membership m
    join groups_group g on g.id = m.group_id
    join families_family f on f.id = m.family_id
    where m.group_id = any(%(groups)s) and (m."to" is null or g.ended_on is not null)
    order by nb_key(f.name), m.id
"""
MEETINGS = """
    select {g}, gg.group_id, exists (select from sessions_log_summary s where s.gathering_id = g.id), r.yes, r.no
    from sessions_log_gatheringgroup gg
    join sessions_log_gathering g on g.id = gg.gathering_id
    join lateral (select count(*) filter (where coming) as yes, count(*) filter (where not coming) as no
        from sessions_log_reply where gathering_id = g.id and is_current) r on true
    where gg.group_id = any(%(groups)s)
    order by g.starts_at, g.id
"""
MARKS = """
    select a.family_id, a.gathering_id, count(*),
        count(*) filter (where a.state = 'present'), count(*) filter (where a.state = 'told_us')
    from sessions_log_attendance a
    where a.gathering_id = any(%(gatherings)s)
    group by a.family_id, a.gathering_id
"""


def round_in_full(found: Round, user: User, now: datetime) -> list[GroupInRound]:
    """The groups of a round, each with its coordinators, families, gatherings and attendance. Five queries."""
    groups = list(Group.objects.visible_to(user).filter(round=found))
    ids = {"groups": [group.pk for group in groups]}
    coordinators = coordinators_of(groups)
    families: dict[int, list[Family]] = {group.pk: [] for group in groups}
    for family, group_id in rows(FAMILIES, ids, f=Family):
        families[group_id].append(family)
    gatherings: dict[int, list[Any]] = {group.pk: [] for group in groups}
    replies = {}
    for gathering, group_id, has_summary, yes, no in rows(MEETINGS, ids, g=Gathering):
        gathering.has_summary = has_summary
        replies[gathering.pk] = (yes, no)
        gatherings[group_id].append(gathering)
    marks = {
        (family_id, gathering_id): mark(*counts)
        for family_id, gathering_id, *counts in rows(MARKS, {"gatherings": list(replies)})
    }
    return [
        GroupInRound(
            group=group,
            coordinators=coordinators[group.pk],
            families=families[group.pk],
            gatherings=gatherings[group.pk],
            now=now,
            marks=marks,
            replies=replies,
        )
        for group in groups
    ]


def mark(total: int, here: int, told: int) -> tuple[str, str]:
    if here == total:
        return "yes", _("all came")
    if here:
        return "some", _("some came")
    return ("told", _("told us")) if told else ("no", _("did not come"))


@dataclass(frozen=True)
class RoundInShort:
    """A line about a round on the leader's start page."""

    round: Round
    groups: int
    held: int
    coming: int
    without_summary: int


def rounds_in_short(user: User, gatherings: list[Any], now: datetime) -> list[RoundInShort]:
    """Running rounds with what is known of the gatherings already fetched. One query."""
    rows: Any = Round.objects.visible_to(user).running().annotate(size=Count("groups", distinct=True))
    return [
        RoundInShort(
            round=row,
            groups=row.size,
            held=sum(each.round_id == row.pk and each.ends_at < now for each in gatherings),
            coming=sum(each.round_id == row.pk and each.ends_at >= now for each in gatherings),
            without_summary=sum(
                each.round_id == row.pk and each.ends_at < now and not each.has_summary for each in gatherings
            ),
        )
        for row in rows
    ]


def steps_of(groups: list[GroupInRound], found: Round) -> list[dict[str, str]]:
    """The five steps of the round: as far as the group that has come the shortest way."""
    reached = min((group.step for group in groups), default=PLANNING)
    notes = {
        PLANNING: short_date(found.starts_on),
        GATHERINGS: _("%(held)s held, %(coming)s to come")
        % {
            "held": len({row.pk for group in groups for row in group.held}),
            "coming": len({row.pk for group in groups for row in group.coming}),
        },
        CLOSING: _("by %(day)s") % {"day": short_date(found.ends_on)},
    }
    return [
        {
            "title": str(title),
            "note": notes.get(number, ""),
            "state": "done" if number < reached else "current" if number == reached else "",
        }
        for number, title in enumerate(STEPS)
    ]
