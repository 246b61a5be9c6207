"""Where the groups of a round stand: the five steps, what blocks the next one, attendance."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, Prefetch, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from families.models import Family
from groups.models import Group, GroupCoordinator, Membership
from groups.services.groups import NORMAL_SIZE
from planning.models import Round
from sessions_log.models import Attendance, AttendanceState, Gathering, GatheringKind, Reply
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
    gatherings: list[Gathering]
    now: datetime
    marks: dict[tuple[int, int], tuple[str, str]] = field(default_factory=dict)
    replies: dict[int, tuple[int, int]] = field(default_factory=dict)

    @property
    def held(self) -> list[Gathering]:
        return [row for row in self.gatherings if row.cancelled_at is None and row.starts_at <= self.now]

    @property
    def coming(self) -> list[Gathering]:
        return [row for row in self.gatherings if row.cancelled_at is None and row.starts_at > self.now]

    @property
    def without_summary(self) -> list[Gathering]:
        return [row for row in self.held if row.ends_at <= self.now and not hasattr(row, "summary")]

    @property
    def next(self) -> Gathering | None:
        return next(iter(self.coming), None)

    def of_kind(self, kind: GatheringKind, rows: list[Gathering]) -> Gathering | None:
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
        if self.step == GATHERINGS and not self.of_kind(GatheringKind.CLOSING_PARTY, self.coming):
            return _("The closing party has no date yet.")
        return not_ready(self.next) if self.next else ""

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


def round_in_full(found: Round, user: User, now: datetime) -> list[GroupInRound]:
    """The groups of a round, each with its coordinators, families, gatherings and attendance. Seven queries."""
    groups = list(
        Group.objects.visible_to(user)
        .filter(round=found)
        .prefetch_related(
            Prefetch("coordinators", queryset=GroupCoordinator.objects.current().select_related("user"), to_attr="now"),
            Prefetch(
                "memberships",
                queryset=Membership.objects.filter(Q(to__isnull=True) | Q(group__ended_on__isnull=False))
                .select_related("family")
                .order_by("family__name"),
                to_attr="shown",
            ),
            Prefetch("gatherings", queryset=Gathering.objects.select_related("summary").order_by("starts_at", "pk")),
        )
    )
    marks = attendance_marks(found)
    replies = {
        row["gathering"]: (row["yes"], row["no"])
        for row in Reply.objects.filter(gathering__round=found, gathering__starts_at__gt=now, is_current=True)
        .values("gathering")
        .annotate(yes=Count("pk", filter=Q(coming=True)), no=Count("pk", filter=Q(coming=False)))
    }
    return [
        GroupInRound(
            group=group,
            coordinators=group.now,  # type: ignore[attr-defined]
            families=[membership.family for membership in group.shown],  # type: ignore[attr-defined]
            gatherings=list(group.gatherings.all()),
            now=now,
            marks=marks,
            replies=replies,
        )
        for group in groups
    ]


def attendance_marks(found: Round) -> dict[tuple[int, int], tuple[str, str]]:
    """(family, gathering) → (mark, words): all came, some, told us, did not come. One query."""
    rows = (
        Attendance.objects.filter(gathering__round=found)
        .values("family", "gathering")
        .annotate(
            total=Count("pk"),
            here=Count("pk", filter=Q(state=AttendanceState.PRESENT)),
            told=Count("pk", filter=Q(state=AttendanceState.TOLD_US)),
        )
    )
    return {(row["family"], row["gathering"]): mark(row["total"], row["here"], row["told"]) for row in rows}


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
