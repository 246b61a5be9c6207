"""All groups that may be: rows of families, each with its cost, made level by level without those that break a rule."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from groups.composing.tables import Kind, Tables

CHUNK = 1 << 17


class TooMany(Exception):
    """There are more groups than may be listed in the time."""


@dataclass(frozen=True)
class Rows:
    """Groups of one kind and size: `members` (n, size) of positions, ascending but for the fixed; `costs` (n,)."""

    kind: Kind
    members: NDArray[np.int16]
    costs: NDArray[np.int32]


class Arrays:
    """The tables as arrays."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.slots = np.array(tables.slots, dtype=np.int64)
        self.talks = np.array(tables.talks, dtype=bool).reshape(len(tables.keys), len(tables.keys))
        self.near = np.array(tables.near, dtype=np.int32).reshape(len(tables.keys), len(tables.keys))
        self.children = np.array(tables.children, dtype=np.int32)
        self.at_ease = np.array(tables.at_ease, dtype=bool)
        self.backgrounds = np.array(tables.backgrounds, dtype=np.int8)
        self.walks = np.array(tables.walks, dtype=np.int8)
        self.apart = np.zeros((len(tables.keys), len(tables.keys)), dtype=bool)
        for first, others in enumerate(tables.apart):
            self.apart[first, list(others)] = True

    def costs(self, kind: Kind, members: NDArray[np.int16]) -> NDArray[np.int32]:
        """The cost of each row. The hard rules are not looked at: rows are made without those that break them."""
        parts = [self.some_costs(kind, members[at : at + CHUNK]) for at in range(0, len(members), CHUNK)]
        return np.concatenate(parts) if parts else np.zeros(0, dtype=np.int32)

    def some_costs(self, kind: Kind, members: NDArray[np.int16]) -> NDArray[np.int32]:
        rows, size = members.shape
        problem = self.tables.problem
        weights = problem.weights
        least, most = problem.normal
        total = np.full(rows, weights.size * max(least - size, size - most, 0) if size else 0, dtype=np.int32)
        columns = [members[:, i] for i in range(size)]
        slots = np.full(rows, -1, dtype=np.int64)
        said, alike = np.zeros(rows, dtype=np.int8), np.zeros(rows, dtype=np.int8)
        for i, f in enumerate(columns):
            company, near = self.at_ease[f], np.zeros(rows, dtype=np.int32)
            for j, g in enumerate(columns):
                if i != j:
                    company = company | self.talks[f, g]
                    near |= self.near[f, g]
            left = np.bitwise_count(self.children[f] & ~near).astype(np.int32)
            total += weights.child * left + np.where(company, 0, weights.language).astype(np.int32)
            background = self.backgrounds[f]
            said += background > 0
            alike |= background
            slots &= self.slots[f]
        total += np.where((said > 1) & (np.bitwise_count(alike) == 1), weights.background, 0).astype(np.int32)
        if not problem.time_is_hard:
            total += np.where(slots == 0, weights.time, 0).astype(np.int32)
        total += weights.reach * self.far(kind, members)
        return total

    def far(self, kind: Kind, members: NDArray[np.int16]) -> NDArray[np.int32]:
        """How many walk from another part than the group's, or than the part where most come from."""
        walks = self.walks[members]
        walkers: NDArray[np.int32] = (walks > 0).sum(axis=1, dtype=np.int32)
        most: NDArray[np.int32] = np.zeros(len(members), dtype=np.int32)
        for area in [kind.area] if kind.area else range(1, int(self.walks.max(initial=0)) + 1):
            np.maximum(most, (walks == area).sum(axis=1, dtype=np.int32), out=most)
        walkers -= most
        return walkers

    def rows(self, kind: Kind, free: list[int], limit: int) -> list[Rows]:
        """Every allowed group of the kind, by size. Raises TooMany above the limit."""
        problem = self.tables.problem
        level = np.array([kind.fixed], dtype=np.int16).reshape(1, -1)
        slots = np.array([np.bitwise_and.reduce(self.slots[list(kind.fixed)])], dtype=np.int64)
        last = np.full(1, -1)
        found: list[Rows] = []
        seen = 0
        pool = np.array(free, dtype=np.int16)
        for size in range(len(kind.fixed), problem.largest + 1):
            if size >= problem.smallest or not kind.is_new:
                found.append(Rows(kind, level, self.costs(kind, level)))
            if size == problem.largest or not len(level):
                break
            level, slots, last = self.longer(level, slots, last, pool)
            seen += len(level)
            if seen > limit:
                raise TooMany
        return found

    def longer(
        self, level: NDArray[np.int16], slots: NDArray[np.int64], last: NDArray[np.int64], pool: NDArray[np.int16]
    ) -> tuple[NDArray[np.int16], NDArray[np.int64], NDArray[np.int64]]:
        """Each row with each later family that may join it."""
        counts = len(pool) - 1 - last
        origin = np.repeat(np.arange(len(level)), counts)
        within = np.arange(len(origin)) - np.repeat(np.cumsum(counts) - counts, counts)
        at = last[origin] + 1 + within
        joins = pool[at]
        together = slots[origin] & self.slots[joins]
        fits = together != 0 if self.tables.problem.time_is_hard else np.ones(len(joins), dtype=bool)
        for i in range(level.shape[1]):
            fits &= ~self.apart[level[origin, i], joins]
        origin, joins = origin[fits], joins[fits]
        return np.column_stack([level[origin], joins]), together[fits], at[fits]


def rows_of(tables: Tables, kinds: list[Kind]) -> list[Rows]:
    """The groups that a search has looked at, by kind and size."""
    kind_at = {(kind.area if kind.is_new else -1 - kind.number): kind for kind in kinds}
    found: dict[tuple[int, int], list[tuple[tuple[int, ...], int]]] = {}
    for (at, members), cost in tables.known.items():
        if cost is not None:
            found.setdefault((at, len(members)), []).append((members, cost))
    rows = []
    for (at, size), groups in sorted(found.items()):
        groups.sort()
        listed = np.array([group for group, _cost in groups], dtype=np.int16).reshape(len(groups), size)
        rows.append(Rows(kind_at[at], listed, np.array([cost for _group, cost in groups], dtype=np.int32)))
    return rows
