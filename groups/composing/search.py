"""A local search: families change places, at first also for the worse. It gives a good start and a pool of groups."""

import math
import random
from collections.abc import Callable

from groups.composing.greedy import greedy
from groups.composing.tables import Kind, Seating, Tables

Pool = dict[tuple[int, tuple[int, ...]], int]
HOT, WARM, COLD = 9.0, 3.0, 0.6
LATE = 0.05  # so far behind the clock it may be before it hurries


class Search:
    """One annealing. A table that is not filled enough yet counts as if its families waited."""

    def __init__(self, tables: Tables, kinds: list[Kind], chance: random.Random, pool: Pool) -> None:
        self.tables, self.chance, self.pool = tables, chance, pool
        self.tables_of_kind = [kind for kind in kinds for _key in kind.keys]
        self.fixed = [set(kind.fixed) for kind in self.tables_of_kind]
        self.waits = len(self.tables_of_kind)  # the place of those who wait
        self.groups: list[tuple[int, ...]] = [kind.fixed for kind in self.tables_of_kind] + [()]
        self.place = [self.waits] * len(tables.keys)
        self.free: list[int] = []
        self.best: Seating = []
        self.least = math.inf

    def begin(self, seating: Seating) -> None:
        for kind, members in seating:
            at = next(n for n, each in enumerate(self.tables_of_kind) if each is kind and self.groups[n] == kind.fixed)
            self.groups[at] = members
        for at, group in enumerate(self.groups):
            for f in group:
                self.place[f] = at
        staying = set().union(*self.fixed) if self.fixed else set()
        self.free = [f for f in range(len(self.place)) if f not in staying]
        self.groups[self.waits] = tuple(f for f in self.free if self.place[f] == self.waits)

    def cost(self, at: int, members: tuple[int, ...]) -> int | None:
        if at == self.waits:
            return sum(self.tables.price[f] for f in members)
        kind = self.tables_of_kind[at]
        if kind.is_new and len(members) < self.tables.problem.smallest:
            return sum(self.tables.price[f] for f in members) + len(members)
        return self.tables.cost(kind, members)

    def run(self, steps: int, used: Callable[[], float], hot: float = HOT) -> None:
        """Cool down over so many steps; the share of the time that is used cools it when the steps come too late.

        While they are in time the clock changes nothing: the same steps are taken on a slow machine as on a fast one.
        """
        if not self.free:
            steps = 0
        costs = [self.cost(at, group) or 0 for at, group in enumerate(self.groups)]
        now = sum(costs)
        self.keep(now)
        draw, pick, tables = self.chance.random, self.chance.choice, range(len(self.groups))
        gone, hurried = 0.0, False
        for step in range(steps):
            if step % 256 == 0:
                gone = used()
                if gone >= 1:
                    break
                hurried = gone > step / steps + LATE
            heat = hot * (COLD / hot) ** (max(gone, step / steps) if hurried else step / steps)
            f = pick(self.free)
            here = self.place[f]
            if draw() < 0.75:
                g = pick(self.free)
                there = self.place[g]
            else:
                g, there = -1, pick(tables)
            if there == here:
                continue
            ours = tuple(sorted([*(x for x in self.groups[here] if x != f), *([g] if g >= 0 else [])]))
            theirs = tuple(sorted([*(x for x in self.groups[there] if x != g), f]))
            if (one := self.cost(here, ours)) is None or (two := self.cost(there, theirs)) is None:
                continue
            change = one + two - costs[here] - costs[there]
            if change <= 0 or draw() < math.exp(-change / heat):
                self.groups[here], self.groups[there] = ours, theirs
                costs[here], costs[there] = one, two
                self.place[f] = there
                if g >= 0:
                    self.place[g] = here
                now += change
                if now < self.least:
                    self.keep(now)

    def keep(self, now: float) -> None:
        self.least = now
        self.best = []
        for at, kind in enumerate(self.tables_of_kind):
            cost = self.tables.cost(kind, self.groups[at])
            if cost is not None and self.groups[at]:
                self.best.append((kind, self.groups[at]))
                self.pool[kind.number, self.groups[at]] = cost


def searched(
    tables: Tables, kinds: list[Kind], *, seed: int, steps: int, used: Callable[[], float] = lambda: 0.0
) -> tuple[Seating, Pool]:
    """The best seating of an annealing, and every good group seen on the way. `used`: the share of the time gone."""
    pool: Pool = {}
    search = Search(tables, kinds, random.Random(seed), pool)  # noqa: S311 - no secret
    search.begin(greedy(tables, kinds))
    search.run(steps, used)
    return search.best, pool


def polished(tables: Tables, kinds: list[Kind], seating: Seating, *, seed: int, steps: int) -> Seating:
    """The best that a short annealing finds beside a seating: never worse than it."""
    search = Search(tables, kinds, random.Random(seed), {})  # noqa: S311 - no secret
    search.begin(seating)
    search.run(steps, lambda: 0.0, WARM)
    return search.best
