"""What stands before each step of a round, said in one sentence each. Higher rooms register theirs when they start.

A gate that is not met can be passed with a reason that is kept, unless its key is one of `rules.gates.DomainRule`:
those nobody passes, and no registration can say otherwise.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from planning.models import Round
from planning.rules.gates import DomainRule
from planning.rules.steps import Step


@dataclass(frozen=True)
class Verdict:
    """What a gate says of a round today: whether it is met, in one sentence without any family's name.

    `target` is where to mend it: (url name, arguments after the municipality's number).
    """

    met: bool
    sentence: str
    target: tuple[str, tuple[Any, ...]] | None = None


# None: there is nothing to ask yet.
Check = Callable[[Round], Verdict | None]


@dataclass(frozen=True)
class Gate:
    """One thing to have in place before a step."""

    step: Step
    key: str
    check: Check

    @property
    def can_be_passed(self) -> bool:
        return self.key not in DomainRule.values


class UnknownGate(LookupError):
    """No gate of that key is registered."""


GATES: dict[str, Gate] = {}


def register_gate(step: Step, key: str, check: Check) -> None:
    """Put a gate before a step; gates of a step are said in the order in which they were registered.

    Called from AppConfig.ready(). `check` asks a fixed number of questions, whatever the number of families.
    """
    GATES[key] = Gate(step, key, check)


def gate(key: str) -> Gate:
    """The gate of that key. Raises UnknownGate."""
    try:
        return GATES[key]
    except KeyError as unknown:
        raise UnknownGate(key) from unknown


def gates() -> list[Gate]:
    """All of them, by step."""
    return sorted(GATES.values(), key=lambda each: each.step)


T = TypeVar("T")


def asked_once(round: Round, question: Callable[[Round], T]) -> T:
    """What a question says of the round. Several gates lean on the same facts: while `thresholds` asks them all, each
    question is put once; by itself a gate asks anew."""
    known: dict[Callable[[Round], Any], Any] | None = round.__dict__.get("known_to_gates")
    if known is None:
        return question(round)
    if question not in known:
        known[question] = question(round)
    found: T = known[question]
    return found


PROGRESS: list[Callable[[Round], Step]] = []


def register_progress(far: Callable[[Round], Step]) -> None:
    """Tell how far a round has come, from facts that planning does not know. Called from AppConfig.ready()."""
    if far not in PROGRESS:
        PROGRESS.append(far)


def reached(round: Round) -> Step:
    """The step that a round is in, as far as anybody knows: what stood before it asks no more."""
    return max((far(round) for far in PROGRESS), default=Step.PLANNING)
