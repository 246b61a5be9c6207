"""Mend a composition: take a few tables, seat their families in the best of all ways, and again with other tables."""

import math
import random
from collections.abc import Callable, Sequence
from dataclasses import replace

from groups.composing.columns import Arrays, Rows, TooMany
from groups.composing.master import SLACK, Relaxation, choose, dived, price_out, worth_trying
from groups.composing.tables import Kind, Seating, Tables, seating_cost

TABLES = 4
LISTED = 300_000
TRIED = 4_000
EFFORT = 0.15


def listed_among(arrays: Arrays, kinds: Sequence[Kind], among: Sequence[int], limit: int) -> list[Rows]:
    """Every group that these families can make. Raises TooMany."""
    staying = {f for kind in kinds for f in kind.fixed}
    free = [f for f in sorted(among) if f not in staying]
    found: list[Rows] = []
    for kind in kinds:
        found += arrays.rows(kind, free, limit - sum(len(rows.costs) for rows in found))
    return found


def part_cost(tables: Tables, seating: Seating, among: Sequence[int]) -> int:
    """What a part of a composition costs: these groups, and these families where they wait."""
    placed = {f for _kind, members in seating for f in members}
    waiting = sum(tables.price[f] for f in among if f not in placed)
    return waiting + sum(tables.cost(kind, members) or 0 for kind, members in seating)


def reseated(
    arrays: Arrays, kinds: Sequence[Kind], part: Seating, among: Sequence[int], seconds: float
) -> Seating | None:
    """The best seating of the part's families at the part's tables, if it is better; None also when too many fit."""
    tables = arrays.tables
    least = part_cost(tables, part, among)
    if least == 0:
        return part
    try:
        listed = listed_among(arrays, kinds, among, LISTED)
    except TooMany:
        return None
    relaxation = Relaxation(tables, kinds, among)
    for kind, members in part:
        relaxation.add(kind, members, tables.cost(kind, members) or 0)
    prices = price_out(relaxation, listed, least, lambda _bound: None, lambda: False)
    if prices.bound == -math.inf or math.ceil(prices.bound - SLACK) >= least:
        return None
    best: Seating | None = dived(relaxation, listed, None, 0, lambda: False)
    cost = part_cost(tables, best or [], among)
    if cost >= least:
        best, cost = None, least
    columns = worth_trying(listed, prices, kinds, cost - 1 - prices.bound, TRIED)
    if columns and cost > prices.bound + 1 - SLACK:
        chosen = choose(
            tables, kinds, among, columns, hint=best or part, less_than=cost, seconds=seconds, effort=EFFORT
        )
        best = chosen.seating or best
    return best


def split(kinds: Sequence[Kind], picked: Seating) -> list[Kind]:
    """The kinds of these tables, each with as many tables as are picked of it."""
    counts = {kind.number: sum(1 for k, _m in picked if k.number == kind.number) for kind, _m in picked}
    return [replace(kind, keys=kind.keys[: counts[kind.number]]) for kind in kinds if kind.number in counts]


def at_tables(kinds: Sequence[Kind], seating: Seating) -> Seating:
    """The same with tables not in use, which are empty."""
    used = [kind.number for kind, _members in seating]
    return seating + [(kind, kind.fixed) for kind in kinds for _n in range(len(kind.keys) - used.count(kind.number))]


def completed(arrays: Arrays, kinds: Sequence[Kind], decided: Seating, seconds: float) -> Seating:
    """What is decided, and the rest of the tables seated in the best of all ways."""
    placed = {f for _kind, members in decided for f in members}
    open_tables = at_tables(kinds, decided)[len(decided) :]
    among = [f for f in range(len(arrays.tables.keys)) if f not in placed]
    local = split(kinds, open_tables)
    fixed = [(kind, members) for kind, members in open_tables if members]
    rest = reseated(arrays, local, [(own(local, kind), members) for kind, members in fixed], among, seconds)
    return decided + [(own(kinds, kind), members) for kind, members in (fixed if rest is None else rest)]


def own(kinds: Sequence[Kind], kind: Kind) -> Kind:
    return next(each for each in kinds if each.number == kind.number)


def mended(
    arrays: Arrays,
    kinds: Sequence[Kind],
    seating: Seating,
    *,
    seed: int,
    rounds: int,
    tell: Callable[[int, Seating], None],
    left: Callable[[], float],
    is_over: Callable[[], bool],
) -> Seating:
    """Mend for so many rounds, or until it is over; `left` in seconds. Costly tables are taken more often."""
    chance, tables = random.Random(seed), arrays.tables  # noqa: S311 - no secret
    tries: set[tuple[tuple[int, ...], ...]] = set()
    for number in range(rounds):
        if is_over() or seating_cost(tables, seating) == 0:
            break
        tables_now = at_tables(kinds, seating)
        weights = [1 + (tables.cost(kind, members) or 0) for kind, members in tables_now]
        first = chance.choices(range(len(tables_now)), weights)[0]
        others = [n for n in range(len(tables_now)) if n != first]
        picked = [tables_now[n] for n in [first, *chance.sample(others, min(TABLES - 1, len(others)))]]
        mark = tuple(sorted(members for _kind, members in picked))
        if mark not in tries:
            tries.add(mark)
            seating = mended_at(arrays, kinds, seating, picked, chance, left())
        tell(number, seating)
    return seating


def mended_at(
    arrays: Arrays, kinds: Sequence[Kind], seating: Seating, picked: Seating, chance: random.Random, seconds: float
) -> Seating:
    """The families of the picked tables, and some who wait, seated anew."""
    seated = {f for _kind, members in seating for f in members}
    waiting = [f for f in range(len(arrays.tables.keys)) if f not in seated]
    among = sorted([f for _kind, members in picked for f in members] + chance.sample(waiting, min(4, len(waiting))))
    local = split(kinds, picked)
    part = [(own(local, kind), members) for kind, members in picked if members]
    better = reseated(arrays, local, part, among, seconds)
    if better is None:
        return seating
    gone = {members for _kind, members in picked if members}
    rest = [(kind, members) for kind, members in seating if members not in gone]
    return rest + [(own(kinds, kind), members) for kind, members in better]
