"""Propose compositions: up to three good and different ones, each with how far it is from the proven best."""

import math
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from groups.composing.columns import Arrays, Rows, TooMany, rows_of
from groups.composing.master import SLACK, Prices, Relaxation, choose, dived, price_out, worth_trying
from groups.composing.mending import completed, listed_among, mended
from groups.composing.neighbours import widened
from groups.composing.problem import Placement, Problem
from groups.composing.search import polished, searched
from groups.composing.tables import Kind, Seating, Tables, kinds_of, placement_of, seating_cost, tables_of

MOST = 3  # proposals
ROOM = 0.5  # a further proposal may cost so much more than the best, of the best
LISTED_A_SECOND = 30_000
CLOSE = 30  # what a dive found may cost so much more than the best, and is polished


@dataclass(frozen=True)
class Effort:
    """How much work at most. With the same effort and seed comes the same proposal, however fast or busy the machine:
    the clock decides nothing before the time is out, and `seconds=math.inf` leaves it out of the matter."""

    steps: int = 100_000
    widenings: int = 3
    dives: int = 40
    polish: int = 12_000  # steps after each dive that came close
    rounds: int = 200
    listed: int = 600_000
    choice: float = 4.0  # CP-SAT's own measure of work


@dataclass(frozen=True)
class Outcome:
    """`placements`, best first, with their `totals`. `bound`: no composition can cost less; None when nothing is known.

    `stuck`: groups whose families break a hard rule already; nobody is added to them.
    """

    placements: tuple[Placement, ...]
    totals: tuple[int, ...]
    bound: int | None
    stuck: tuple[str, ...] = ()

    @property
    def is_proven(self) -> bool:
        return self.bound is not None and self.totals[0] <= self.bound


class Clock:
    """Time and the wish to stop; `tell` hears the share done in per cent and the cost of the best so far."""

    def __init__(self, seconds: float, tell: Callable[[int, int], None], is_cancelled: Callable[[], bool]) -> None:
        self.began, self.seconds, self.tell, self.is_cancelled = time.monotonic(), seconds, tell, is_cancelled

    def left(self, share: float = 1.0) -> float:
        """Seconds until this share of the time is used."""
        return self.began + share * self.seconds - time.monotonic()

    def used(self, share: float) -> Callable[[], float]:
        """How much of this share of the time is gone: 1 when it is over or somebody wants to stop."""
        return lambda: 1.0 if self.is_cancelled() else (time.monotonic() - self.began) / (share * self.seconds)

    def over(self, share: float = 1.0) -> Callable[[], bool]:
        return lambda: self.left(share) <= 0 or self.is_cancelled()


def propose(
    problem: Problem,
    *,
    seed: int = 1,
    seconds: float = 20.0,
    effort: Effort | None = None,
    tell: Callable[[int, int], None] = lambda _percent, _best: None,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> Outcome:
    """The best compositions found within the effort and the seconds, whichever ends first."""
    effort = effort or Effort(listed=int(LISTED_A_SECOND * seconds))
    clock = Clock(seconds, tell, is_cancelled)
    whole = tables_of(problem)
    stuck = tuple(
        kind.keys[0]
        for kind in kinds_of(whole)
        if kind.fixed and not kind.is_new and whole.cost(kind, kind.fixed) is None
    )
    kept: Placement = {family.key: family.stays for family in problem.families if family.stays in stuck}
    tables = tables_of(
        replace(
            problem,
            families=tuple(family for family in problem.families if family.key not in kept),
            groups=tuple(group for group in problem.groups if group.key not in stuck),
        )
    )
    seatings, bound = Proposing(tables, clock, effort, seed).run()
    totals = tuple(seating_cost(tables, seating) for seating in seatings)
    placements = tuple(placement_of(tables, seating) | kept for seating in seatings)
    return Outcome(placements, totals, bound, stuck)


class Proposing:
    """One run: search, price, decide, then others unlike the best."""

    def __init__(self, tables: Tables, clock: Clock, effort: Effort, seed: int) -> None:
        self.tables, self.clock, self.effort, self.seed = tables, clock, effort, seed
        self.kinds: list[Kind] = kinds_of(tables)
        self.among = list(range(len(tables.keys)))
        self.arrays = Arrays(tables)
        self.best: Seating = []
        self.least = 0

    def run(self) -> tuple[list[Seating], int | None]:
        self.best, pool = searched(
            self.tables, self.kinds, seed=self.seed, steps=self.effort.steps, used=self.clock.used(0.4)
        )
        self.least = seating_cost(self.tables, self.best)
        self.clock.tell(35, self.least)
        if not self.among:
            return [self.best], self.least
        try:
            listed = listed_among(self.arrays, self.kinds, self.among, self.effort.listed)
            is_whole = True
        except TooMany:
            listed = rows_of(self.tables, self.kinds)
            is_whole = False
        relaxation = Relaxation(self.tables, self.kinds, self.among)
        by_number = {kind.number: kind for kind in self.kinds}
        for (number, members), cost in pool.items():
            relaxation.add(by_number[number], members, cost)
        prices = price_out(relaxation, listed, math.inf, lambda _bound: None, self.clock.over(0.7))
        if not is_whole:
            listed, prices = self.widen(relaxation, listed, prices)
        self.clock.tell(50, self.least)
        bound = self.decide(listed, prices) if is_whole else None
        if bound is None or self.least > bound:
            self.dive(relaxation, listed, bound)
        self.clock.tell(85, self.least)
        return [self.best, *self.others(listed, prices)], bound

    def better(self, seating: Seating) -> None:
        cost = seating_cost(self.tables, seating)
        if cost < self.least:
            self.best, self.least = seating, cost

    def decide(self, listed: Sequence[Rows], prices: Prices) -> int:
        """With every group listed: the best, or a bound that says how far it may be."""
        bound = max(math.ceil(prices.bound - SLACK), 0) if prices.bound > -math.inf else 0
        if self.least <= bound:
            return self.least
        room = self.least - 1 - max(prices.bound, 0)
        columns = worth_trying(listed, prices, self.kinds, room, 60_000)
        if not columns:
            return self.least
        chosen = choose(
            self.tables,
            self.kinds,
            self.among,
            columns,
            hint=self.best,
            less_than=self.least,
            seconds=self.clock.left(0.8),
            effort=self.effort.choice,
            is_over=self.clock.is_cancelled,
        )
        if chosen.seating is not None:
            self.better(chosen.seating)
        # Only when no column was left out does the choice prove that nothing is better.
        return self.least if chosen.is_best and len(columns) < 60_000 else bound

    def widen(self, relaxation: Relaxation, listed: list[Rows], prices: Prices) -> tuple[list[Rows], Prices]:
        """Look beside the groups that were seen, at prices that become better each time."""
        chance, is_over = np.random.default_rng(self.seed), self.clock.over(0.6)
        for _widening in range(self.effort.widenings):
            if is_over() or not any(len(rows.costs) for rows in listed):
                break
            listed = widened(self.arrays, relaxation, listed, prices, chance)
            prices = price_out(relaxation, listed, math.inf, lambda _bound: None, self.clock.over(0.7))
        return listed, prices

    def dive(self, relaxation: Relaxation, listed: Sequence[Rows], bound: int | None) -> None:
        """Too many groups to list them all: lean on the prices of those seen, and seat the last tables exactly."""
        chance, is_over = random.Random(self.seed), self.clock.over(0.9)  # noqa: S311 - no secret
        for number in range(self.effort.dives):
            if is_over() or self.least <= (bound or 0):
                return
            decided = dived(relaxation, listed, chance if number else None, 3, is_over)
            if not is_over():
                seating = completed(self.arrays, self.kinds, decided, self.clock.left(0.9))
                self.better(seating)
                if seating_cost(self.tables, seating) < self.least + CLOSE:
                    steps = self.effort.polish
                    self.better(polished(self.tables, self.kinds, seating, seed=self.seed + number, steps=steps))
            self.clock.tell(50 + 30 * number // self.effort.dives, self.least)
        self.best = mended(
            self.arrays,
            self.kinds,
            self.best,
            seed=self.seed,
            rounds=self.effort.rounds,
            tell=lambda _number, _seating: None,
            left=lambda: self.clock.left(0.9),
            is_over=is_over,
        )
        self.least = seating_cost(self.tables, self.best)

    def others(self, listed: Sequence[Rows], prices: Prices) -> list[Seating]:
        """Further compositions that share at most half of their groups with each before."""
        most = self.least + max(40, math.ceil(ROOM * self.least))
        columns = worth_trying(listed, prices, self.kinds, most - max(prices.bound, 0), 2_000)
        found: list[Seating] = []
        for number in range(MOST - 1):
            if self.clock.left() <= 0 or self.clock.is_cancelled():
                break
            before = [self.best, *found]
            chosen = choose(
                self.tables,
                self.kinds,
                self.among,
                columns,
                hint=[],
                less_than=most + 1,
                unlike=[(seating, len(seating) // 2) for seating in before],
                seconds=self.clock.left(),
                effort=self.effort.choice / 4,
            )
            drawn = (
                chosen.seating
                or searched(
                    self.tables, self.kinds, seed=self.seed + number + 1, steps=8_000, used=self.clock.used(1.0)
                )[0]
            )
            if seating_cost(self.tables, drawn) <= most and all(unlike(drawn, other) for other in before):
                found.append(drawn)
        return sorted(found, key=lambda seating: seating_cost(self.tables, seating))


def unlike(seating: Seating, other: Seating) -> bool:
    same = {members for _kind, members in seating} & {members for _kind, members in other}
    return len(same) <= len(other) // 2
