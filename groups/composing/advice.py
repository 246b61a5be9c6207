"""What a person asks at the table: why does this family wait, what would a move change, which rule to give way on."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from groups.composing.problem import Placement, Problem, Rule
from groups.composing.scoring import Score, Verdict, score
from groups.composing.tables import Kind, Tables, kinds_of, tables_of


@dataclass(frozen=True)
class Waits:
    """Why a family has no place. `group` would do if these hard `rules` gave way; no rules: there is room as it is.

    No group: none of them is in use, or there are too few families for one.
    """

    family: int
    group: str
    rules: tuple[Rule, ...]


def why_waiting(problem: Problem, placement: Placement, among: tuple[int, ...] | None = None) -> tuple[Waits, ...]:
    """For each family that waits the group that would have to give way the least."""
    now = score(problem, placement)
    used = [group for group in now.groups if group.members]
    found = []
    for key in now.waiting if among is None else among:
        options = []
        for number, group in enumerate(used):
            after = next(g for g in score(problem, {**placement, key: group.key}).groups if g.key == group.key)
            new = {verdict.rule for verdict in after.breaks} - {verdict.rule for verdict in group.breaks}
            options.append((len(new), after.cost - group.cost, number, tuple(sorted(new, key=list(Rule).index))))
        if options:
            _count, _cost, number, rules = min(options)
            found.append(Waits(key, used[number].key, rules))
        else:
            found.append(Waits(key, "", ()))
    return tuple(found)


@dataclass(frozen=True)
class Change:
    """A move or a swap, and what it changes: rules met that were broken (`gains`), and the other way (`losses`).

    `saves`: by how much the total falls. A verdict comes with the key of its group.
    """

    moves: tuple[tuple[int, str], ...]  # family, to which group ("" waits)
    saves: int
    gains: tuple[tuple[str, Verdict], ...]
    losses: tuple[tuple[str, Verdict], ...]
    seated: tuple[int, ...] = ()  # who gets a place by it


def change_of(problem: Problem, placement: Placement, moves: tuple[tuple[int, str], ...]) -> Change:
    """What these moves together would change, rule by rule."""
    before, after = score(problem, placement), score(problem, placement | dict(moves))
    old, new = verdicts_of(before), verdicts_of(after)
    gains = tuple((key[0], verdict) for key, verdict in old.items() if badness(new.get(key)) < badness(verdict))
    losses = tuple((key[0], verdict) for key, verdict in new.items() if badness(old.get(key)) < badness(verdict))
    seated = tuple(key for key in before.waiting if key not in after.waiting)
    return Change(moves, before.total - after.total, gains, losses, seated)


def verdicts_of(found: Score) -> dict[tuple[str, Rule], Verdict]:
    return {(group.key, verdict.rule): verdict for group in found.groups for verdict in group.verdicts}


def badness(verdict: Verdict | None) -> int:
    if verdict is None or verdict.is_met:
        return 0
    return verdict.cost + (1000 if verdict.is_hard else 0)


def best_change(problem: Problem, placement: Placement) -> Change | None:
    """The one move or swap that helps the most without breaking a hard rule; None when none helps."""
    ranked = changes(problem, placement)
    return change_of(problem, placement, ranked[0][1]) if ranked and ranked[0][0] > 0 else None


TRIED = 40


def nearest_swap(problem: Problem, placement: Placement) -> Change | None:
    """The swap of two families that puts a broken rule right at the least cost elsewhere: what there is to weigh, also
    when nothing is better as a whole. None when no swap puts anything right."""
    swaps = [moves for _saves, moves in changes(problem, placement) if len(moves) == 2]
    found = (change_of(problem, placement, moves) for moves in swaps[:TRIED])
    return next((change for change in found if change.gains), None)


def changes(problem: Problem, placement: Placement) -> list[tuple[int, tuple[tuple[int, str], ...]]]:
    """Every move and swap that breaks no hard rule with what it saves, the most first."""
    tables = tables_of(problem)
    at = {key: n for n, key in enumerate(tables.keys)}
    place = {at[key]: group for key, group in placement.items()}
    seated: dict[str, list[int]] = {}
    for f, group in sorted(place.items()):
        seated.setdefault(group, []).append(f)
    kinds = {key: kind for kind in kinds_of(tables) for key in kind.keys}
    ranked = [
        (saves, tuple((tables.keys[f], group) for f, group in moves))
        for moves in possible(problem, tables, place)
        if (saves := saving(tables, kinds, place, seated, dict(moves))) is not None
    ]
    return sorted(ranked, key=lambda each: -each[0])


def possible(problem: Problem, tables: Tables, place: dict[int, str]) -> Iterator[tuple[tuple[int, str], ...]]:
    """Every move of one family, and every swap of two, of those who may be moved."""
    movable = [f for f, family in enumerate(problem.families) if not family.stays]
    for f in movable:
        for group in problem.groups:
            if place.get(f, "") != group.key:
                yield ((f, group.key),)
    for f, g in combinations(movable, 2):
        if place.get(f, "") != place.get(g, ""):
            yield ((f, place.get(g, "")), (g, place.get(f, "")))


def saving(
    tables: Tables, kinds: dict[str, Kind], place: dict[int, str], seated: dict[str, list[int]], moves: dict[int, str]
) -> int | None:
    """By how much the total falls; None when a hard rule would be broken. `kinds` by the key of the group, `seated`
    who sits there, in order."""
    total = 0
    for key in sorted({place.get(f, "") for f in moves} | set(moves.values())):
        if key not in kinds:
            continue
        before_here = seated.get(key, [])
        stay, come = [f for f in before_here if f not in moves], [f for f, group in moves.items() if group == key]
        cost, was = tables.cost(kinds[key], tuple(sorted(stay + come))), tables.cost(kinds[key], tuple(before_here))
        if cost is None:
            return None
        total += (was if was is not None else 1000) - cost
    for f, group in moves.items():
        total += (0 if group else -tables.price[f]) + (0 if place.get(f, "") else tables.price[f])
    return total
