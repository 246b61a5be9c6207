"""What the gates of a round say today."""

from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass
from itertools import groupby

from planning.gates import Gate, Verdict, gates, reached
from planning.models import GatePass, Round
from planning.rules.steps import Step


@dataclass(frozen=True)
class Said:
    """One gate's sentence, and who passed it if somebody did."""

    gate: Gate
    verdict: Verdict
    passed: GatePass | None

    @property
    def stands_open(self) -> bool:
        """Whether nothing is in the way here: it is met, or somebody passed it."""
        return self.verdict.met or self.passed is not None


@dataclass(frozen=True)
class Threshold:
    """All gates before one step."""

    step: Step
    said: list[Said]

    @property
    def waits(self) -> list[Said]:
        return [said for said in self.said if not said.stands_open]


def thresholds(round: Round) -> Iterator[Threshold]:
    """The steps that are still ahead of a running round, each with its gates. Asked one step at a time: what stands
    far ahead costs nothing until somebody looks there."""
    if round.closed_at is not None:
        return
    round = copy(round)
    round.__dict__["known_to_gates"] = {}  # on the copy alone, so that nothing of it outlives these questions
    here = reached(round)
    passes = {
        row.key: row
        for row in GatePass.objects.filter(round=round, taken_back_at__isnull=True).select_related("passed_by")
    }
    for step, before in groupby(gates(), key=lambda gate: gate.step):
        if step <= here:
            continue
        verdicts = [(gate, gate.check(round)) for gate in before]
        said = [Said(gate, verdict, passes.get(gate.key)) for gate, verdict in verdicts if verdict is not None]
        if said:
            yield Threshold(step, said)


def next_threshold(round: Round) -> Threshold | None:
    """The first step that something still stands before."""
    return next((threshold for threshold in thresholds(round) if threshold.waits), None)
