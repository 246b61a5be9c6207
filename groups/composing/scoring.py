"""How good a composition is, and why: each rule of each group, met or broken, for whom, at what cost.

This is the definition. The solvers use tables made for speed (tables.py); tests hold the two equal.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from groups.composing.problem import NEAR, WALKERS, FamilyIn, GroupIn, Placement, Problem, Rule

Facts = tuple[str | int, ...]


@dataclass(frozen=True)
class Verdict:
    """One rule of one group. `families`: those it is broken for. `facts`: what the words need (times, years, sizes)."""

    rule: Rule
    cost: int = 0
    is_hard: bool = False
    families: tuple[int, ...] = ()
    facts: Facts = ()
    is_met: bool = True


@dataclass(frozen=True)
class GroupScore:
    """One group with its families by key, and every rule in order of priority."""

    key: str
    members: tuple[int, ...]
    verdicts: tuple[Verdict, ...]

    @property
    def cost(self) -> int:
        return sum(verdict.cost for verdict in self.verdicts)

    @property
    def breaks(self) -> tuple[Verdict, ...]:
        """The hard rules that are broken."""
        return tuple(verdict for verdict in self.verdicts if verdict.is_hard and not verdict.is_met)


@dataclass(frozen=True)
class Score:
    """The whole composition. `total` is the lower the better."""

    groups: tuple[GroupScore, ...]
    waiting: tuple[int, ...]
    total: int

    @property
    def is_allowed(self) -> bool:
        return not any(group.breaks for group in self.groups)

    @property
    def wishes(self) -> tuple[int, int]:
        """How many rules are met, and of how many."""
        verdicts = [verdict for group in self.groups if group.members for verdict in group.verdicts]
        return sum(verdict.is_met for verdict in verdicts), len(verdicts)


def score(problem: Problem, placement: Placement) -> Score:
    """Every group judged, and what waiting costs. A key that is no group of the problem counts as waiting."""
    known = {group.key for group in problem.groups}
    groups = []
    for group in problem.groups:
        members = [family for family in problem.families if placement.get(family.key) == group.key]
        groups.append(GroupScore(group.key, tuple(family.key for family in members), judged(problem, group, members)))
    waiting = [family for family in problem.families if placement.get(family.key) not in known]
    total = sum(group.cost for group in groups) + sum(map(problem.price_of_waiting, waiting))
    return Score(tuple(groups), tuple(family.key for family in waiting), total)


def judged(problem: Problem, group: GroupIn, members: Sequence[FamilyIn]) -> tuple[Verdict, ...]:
    """Every rule of one group, the most important first. An empty group has none."""
    if not members:
        return ()
    return (
        apart(problem, members),
        common_time(problem, members),
        size(problem, group, members),
        language(problem, members),
        background(problem, members),
        children(problem, members),
        reach(problem, group, members),
    )


def keys(members: Iterable[FamilyIn]) -> tuple[int, ...]:
    return tuple(family.key for family in members)


def apart(problem: Problem, members: Sequence[FamilyIn]) -> Verdict:
    here = {family.key for family in members}
    pairs = sorted(pair for pair in problem.apart if here.issuperset(pair))
    broken = tuple(dict.fromkeys(key for pair in pairs for key in pair))
    return Verdict(Rule.APART, is_hard=True, families=broken, is_met=not broken)


def common_time(problem: Problem, members: Sequence[FamilyIn]) -> Verdict:
    """`facts`: the times all share, none when nobody has said; broken: those who cannot at the best time."""
    known = [family for family in members if family.times]
    if not known:
        return Verdict(Rule.TIME, is_hard=problem.time_is_hard)
    shared = frozenset.intersection(*(family.times for family in known))
    if shared:
        return Verdict(Rule.TIME, is_hard=problem.time_is_hard, facts=tuple(sorted(shared)))
    counts = Counter(time for family in known for time in family.times)
    best = min(counts, key=lambda time: (-counts[time], time))
    others = keys(family for family in known if best not in family.times)
    cost = 0 if problem.time_is_hard else problem.weights.time
    return Verdict(Rule.TIME, cost, problem.time_is_hard, others, (best,), is_met=False)


def size(problem: Problem, group: GroupIn, members: Sequence[FamilyIn]) -> Verdict:
    """A group that exists may be small: it is not dissolved here."""
    count, (least, most) = len(members), problem.normal
    away = max(least - count, count - most, 0)
    hard = count > problem.largest or (group.is_new and count < problem.smallest)
    return Verdict(Rule.SIZE, problem.weights.size * away, hard, facts=(count,), is_met=not away and not hard)


def language(problem: Problem, members: Sequence[FamilyIn]) -> Verdict:
    """Broken for a family that shares no language with another and has no interpreter arranged."""
    alone = [
        family
        for family in members
        if family.understood
        and not family.understood & problem.arranged
        and not any(family.understood & other.understood for other in members if other is not family)
    ]
    return Verdict(Rule.LANGUAGE, problem.weights.language * len(alone), families=keys(alone), is_met=not alone)


def background(problem: Problem, members: Sequence[FamilyIn]) -> Verdict:
    """Broken when at least two have answered and all the same. Who has not said counts neither way."""
    said = [family for family in members if family.background]
    same = len(said) > 1 and len({family.background for family in said}) == 1
    facts: Facts = (len(said),) if len(said) > 1 else ()
    cost = problem.weights.background if same else 0
    return Verdict(Rule.BACKGROUND, cost, families=keys(said) if same else (), facts=facts, is_met=not same)


def children(problem: Problem, members: Sequence[FamilyIn]) -> Verdict:
    """Broken for each child without a child of another family within two years. `facts`: pairs of family and year."""
    alone = [
        (family.key, year)
        for family in members
        for year in family.birth_years
        if not any(abs(year - other) <= NEAR for each in members if each is not family for other in each.birth_years)
    ]
    families = tuple(dict.fromkeys(key for key, _year in alone))
    facts = tuple(value for pair in alone for value in pair)
    return Verdict(Rule.CHILDREN, problem.weights.child * len(alone), families=families, facts=facts, is_met=not alone)


def reach(problem: Problem, group: GroupIn, members: Sequence[FamilyIn]) -> Verdict:
    """Broken for who walks or cycles from another part than the meeting place's; without one, than the best part."""
    walkers = [family for family in members if family.travels in WALKERS and family.area]
    counts = Counter(family.area for family in walkers)
    place = group.area or min(counts, key=lambda area: (-counts[area], area), default="")
    far = [family for family in walkers if family.area != place]
    return Verdict(Rule.REACH, problem.weights.reach * len(far), families=keys(far), facts=(place,), is_met=not far)
