"""The plan's tasks: suggested, added, changed, done, dropped, moved."""

from datetime import date, datetime
from typing import Literal

from django.db import transaction
from django.db.models import Max
from django.utils import translation

from accounts.models import User
from audit.services import record
from planning.models import PlanTask, Round
from planning.programme import PROGRAMME


class AlreadyDone(Exception):
    """A task that is done cannot be dropped: it happened."""


def suggest_tasks(*, round: Round, language: str) -> None:
    """Copy the programme's tasks into a new round, in this language."""
    with translation.override(language):
        PlanTask.objects.bulk_create(
            PlanTask(
                municipality_id=round.municipality_id,
                round=round,
                step=each.step,
                title=str(each.title),
                notes=str(each.notes),
                due_days=each.due_days,
                position=position,
            )
            for position, each in enumerate(PROGRAMME)
        )


def lock(round: Round) -> None:
    """Let one person at a time change the order of a round's tasks."""
    Round.objects.select_for_update().get(pk=round.pk)


@transaction.atomic
def add_task(
    *,
    round: Round,
    step: int,
    title: str,
    notes: str = "",
    owner: User | None = None,
    due_days: int | None = None,
    due_on: date | None = None,
    by: User,
) -> PlanTask:
    """Add a task at the end of its step."""
    lock(round)
    task = PlanTask.objects.create(
        municipality_id=round.municipality_id,
        round=round,
        step=step,
        title=title,
        notes=notes,
        owner=owner,
        due_days=due_days,
        due_on=due_on,
        position=last_position(round, step) + 1,
    )
    record("add_task", by=by, municipality=round.municipality_id, round=round.pk, task=task.pk)
    return task


def last_position(round: Round, step: int) -> int:
    last: int | None = round.tasks.filter(step=step).aggregate(last=Max("position"))["last"]
    return -1 if last is None else last


@transaction.atomic
def change_task(
    *,
    task: PlanTask,
    step: int,
    title: str,
    notes: str,
    owner: User | None,
    due_days: int | None,
    due_on: date | None,
    by: User,
) -> None:
    """Change a task; one that is given another step comes last there."""
    if step != task.step:
        lock(task.round)
        task.position = last_position(task.round, step) + 1
    task.step, task.title, task.notes = step, title, notes
    task.owner, task.due_days, task.due_on = owner, due_days, due_on
    task.save(update_fields=["step", "position", "title", "notes", "owner", "due_days", "due_on"])
    record("change_task", by=by, municipality=task.municipality_id, round=task.round_id, task=task.pk)


@transaction.atomic
def mark_done(*, task: PlanTask, by: User, now: datetime) -> None:
    """A task is done. Saying so twice is the same as once; one that was dropped and is done comes back."""
    changed = PlanTask.objects.filter(pk=task.pk, done_at__isnull=True).update(done_at=now, done_by=by, dropped_at=None)
    if changed:
        record("mark_done", by=by, municipality=task.municipality_id, round=task.round_id, task=task.pk)


@transaction.atomic
def drop_task(*, task: PlanTask, by: User, now: datetime) -> None:
    """This round does without it. Raises AlreadyDone."""
    row = PlanTask.objects.select_for_update().get(pk=task.pk)
    if row.done_at:
        raise AlreadyDone
    if row.dropped_at is None:
        PlanTask.objects.filter(pk=task.pk).update(dropped_at=now)
        record("drop_task", by=by, municipality=task.municipality_id, round=task.round_id, task=task.pk)


@transaction.atomic
def reopen_task(*, task: PlanTask, by: User) -> None:
    """A task that was done or dropped is to be done again."""
    open_again = {"done_at": None, "done_by": None, "dropped_at": None}
    if PlanTask.objects.filter(pk=task.pk).exclude(done_at=None, dropped_at=None).update(**open_again):
        record("reopen_task", by=by, municipality=task.municipality_id, round=task.round_id, task=task.pk)


@transaction.atomic
def move_task(*, task: PlanTask, way: Literal["up", "down"], by: User) -> bool:
    """Let an open task change places with the open one above or below it in its step; False at the end of the row."""
    lock(task.round)
    in_step = list(PlanTask.objects.filter(round=task.round_id, step=task.step).order_by("position", "pk"))
    shown = [row for row in in_step if not row.done_at and not row.dropped_at]
    here = next((n for n, row in enumerate(shown) if row.pk == task.pk), None)
    there = None if here is None else here + (-1 if way == "up" else 1)
    if here is None or there is None or not 0 <= there < len(shown):
        return False
    one, other = in_step.index(shown[here]), in_step.index(shown[there])
    in_step[one], in_step[other] = in_step[other], in_step[one]
    for position, row in enumerate(in_step):
        row.position = position
    PlanTask.objects.bulk_update(in_step, ["position"])
    record("move_task", by=by, municipality=task.municipality_id, round=task.round_id, task=task.pk)
    return True
