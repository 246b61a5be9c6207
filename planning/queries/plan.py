"""The plan of a round as its page says it: step by step, and what comes next."""

from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from planning.models import Material, NeededFor, PlanTask, Round
from planning.rules.steps import Step
from web.dates import near_day

NEXT = 3


@dataclass(frozen=True)
class Line:
    """A task, the day it is due (None: no day), whether that has passed, and the same in words."""

    task: PlanTask
    due: date | None
    overdue: bool
    words: str


@dataclass
class StepOfPlan:
    """One of the six parts of the plan: what is left to do, what is done, what this round does without."""

    step: Step
    open: list[Line] = field(default_factory=list)
    done: list[Line] = field(default_factory=list)
    dropped: list[Line] = field(default_factory=list)
    material: list[Material] = field(default_factory=list)

    @property
    def size(self) -> int:
        return len(self.open) + len(self.done)


STEP_OF_MATERIAL = {
    NeededFor.PLAN: Step.PLANNING,
    NeededFor.RECRUIT: Step.RECRUITMENT,
    NeededFor.KICK_OFF: Step.KICK_OFF,
    NeededFor.GATHERINGS: Step.GATHERINGS,
    NeededFor.CLOSING: Step.CLOSING,
}


def with_material(steps: list[StepOfPlan]) -> list[StepOfPlan]:
    """The same, each with what SOS-barnebyer offers for it. One query."""
    by_step = {part.step: part for part in steps}
    for row in Material.objects.in_use().filter(needed_for__in=STEP_OF_MATERIAL):
        by_step[STEP_OF_MATERIAL[NeededFor(row.needed_for)]].material.append(row)
    return steps


def plan_of(round: Round, today: date) -> list[StepOfPlan]:
    """Every step with its tasks in their order. One query."""
    found = {step: StepOfPlan(step) for step in Step}
    for task in round.tasks.select_related("owner", "done_by"):
        part = found[Step(task.step)]
        line = line_of(task, round, today)
        (part.done if task.done_at else part.dropped if task.dropped_at else part.open).append(line)
    return list(found.values())


def line_of(task: PlanTask, round: Round, today: date) -> Line:
    due = task.due(round.kick_off_on)
    overdue = bool(due and due < today and not task.done_at and not task.dropped_at)
    return Line(task, due, overdue, due_in_words(task, due, today))


def due_in_words(task: PlanTask, due: date | None, today: date) -> str:
    """«by Tuesday 3 November», or how far from a kick-off that has no day yet; "" for a task without any."""
    if due is not None:
        return _("by %(day)s") % {"day": near_day(due, today=today)}
    return "" if task.due_days is None else from_the_kick_off(task.due_days)


def from_the_kick_off(days: int) -> str:
    """«three weeks before the kick-off», in weeks where it comes out even."""
    if days == 0:
        return _("on the day of the kick-off")
    far = abs(days)
    if far % 7 == 0:
        n = far // 7
        length = ngettext("%(n)s week", "%(n)s weeks", n) % {"n": n}
    else:
        length = ngettext("%(n)s day", "%(n)s days", far) % {"n": far}
    words = _("%(length)s before the kick-off") if days < 0 else _("%(length)s after the kick-off")
    return words % {"length": length}


def next_lines(plan: list[StepOfPlan]) -> list[Line]:
    """What to do first: what is due longest ago or soonest; without any day, the first of the first step."""
    lines = [line for part in plan for line in part.open]
    lines.sort(key=lambda line: (line.due is None, line.due or date.max, line.task.step, line.task.position))
    return lines[:NEXT]


def due_soon(user: User, today: date, until: date) -> list[tuple[PlanTask, date]]:
    """Her own open tasks of running rounds that are due by `until`, soonest first. One query."""
    rows = PlanTask.objects.open().filter(owner=user, round__closed_at__isnull=True).select_related("round")
    found = [(task, due) for task in rows if (due := task.due(task.round.kick_off_on)) and due <= until]
    return sorted(found, key=lambda pair: (pair[1], pair[0].pk))
