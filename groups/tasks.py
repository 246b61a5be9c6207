"""What the worker does for groups. The only module that loads the solver: nothing of a web process imports it."""

import time
from typing import Any

from celery import shared_task
from django.utils import timezone

from accounts.queries import act_in
from groups.composing.advice import nearest_swap
from groups.composing.problem import Problem
from groups.composing.solve import Outcome, propose
from groups.models import Composition
from groups.workbench import material_of, problem_of, settings_of
from municipalities.tenancy import municipality

State = Composition.State
SAID_EVERY = 1.0  # seconds


@shared_task(name="groups.propose")
def propose_groups(owner: int, pk: int) -> str:
    """Work out proposals for a composition that asks for them. Twice at once does no harm: one claims it."""
    with municipality(owner):
        claimed = Composition.objects.filter(pk=pk, state=State.QUEUED).update(state=State.RUNNING, progress=1)
        if not claimed:
            return ""
        row = Composition.objects.select_related("round", "made_by", "municipality").get(pk=pk)
        material = material_of(row.round, act_in(row.made_by, row.municipality))
        keep = settings_of(row, material)["keep"]
        problem = problem_of(row, material, timezone.localdate(), keep_moved=keep)
    said = Saying(owner, pk)
    try:
        outcome = propose(problem, seconds=row.time_limit, tell=said.tell, is_cancelled=said.is_cancelled)
    except Exception:
        keep_result(owner, pk, State.FAILED, {})
        raise
    if said.cancelled:
        keep_result(owner, pk, State.CANCELLED, {})
        return State.CANCELLED
    keep_result(owner, pk, State.DONE, result_of(problem, outcome))
    return State.DONE


def result_of(problem: Problem, outcome: Outcome) -> dict[str, Any]:
    """Ids only: no name, and no reason why two are kept apart."""
    return {
        "proposals": [
            {
                "placement": {str(family): group for family, group in placement.items()},
                "total": total,
                "swap": list(swap.moves) if (swap := nearest_swap(problem, placement)) else [],
            }
            for placement, total in zip(outcome.placements, outcome.totals, strict=True)
        ],
        "bound": outcome.bound,
        "stuck": list(outcome.stuck),
    }


def keep_result(owner: int, pk: int, state: str, result: dict[str, Any]) -> None:
    with municipality(owner):
        Composition.objects.filter(pk=pk, state=State.RUNNING).update(state=state, progress=100, result=result)


class Saying:
    """Says how far it has come, and hears whether to stop, once a second."""

    def __init__(self, owner: int, pk: int) -> None:
        self.owner, self.pk = owner, pk
        self.last, self.percent, self.cancelled = time.monotonic(), 1, False

    def tell(self, percent: int, _best: int) -> None:
        self.percent = percent
        self.is_cancelled()

    def is_cancelled(self) -> bool:
        if not self.cancelled and time.monotonic() - self.last > SAID_EVERY:
            self.last = time.monotonic()
            with municipality(self.owner):
                rows = Composition.objects.filter(pk=self.pk)
                rows.filter(state=State.RUNNING).update(progress=min(self.percent, 99))
                # Asked to stop, or asked anew: then another run has it.
                self.cancelled = not rows.filter(state=State.RUNNING, asked_to_cancel=False).exists()
        return self.cancelled
