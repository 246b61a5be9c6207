"""Groups beside those that were looked at: one family more, one fewer, or one for another, all at once.

A search sees a few of many groups. What the linear programme leans on has better ones close by; with them its bound and
its answer come close to those of all groups.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from groups.composing.columns import Arrays, Rows
from groups.composing.master import Prices, Relaxation, reduced
from groups.composing.tables import Kind

TRIED = 48_000  # places in groups: so many times the families are looked at
ROOM = 12.0  # a group may cost so much more than the best ones, and is kept

Groups = NDArray[np.int16]


def widened(
    arrays: Arrays, relaxation: Relaxation, listed: Sequence[Rows], prices: Prices, chance: np.random.Generator
) -> list[Rows]:
    """The groups that are worth keeping at these prices, and those beside the best of them."""
    beyond = [reduced(rows, prices) - prices.kinds[relaxation.at[rows.kind.number]] for rows in listed]
    order = np.concatenate([left + 1e-3 * chance.random(len(left)) for left in beyond])  # alike ones by lot
    wanted = max(TRIED // len(arrays.tables.keys), 50)
    cut = float(np.partition(order, wanted)[wanted]) if len(order) > wanted else float(order.max(initial=0))
    signs = chance.integers(0, 2**63, size=len(arrays.tables.keys), dtype=np.uint64)
    found: dict[tuple[int, int], list[Groups]] = {}
    kinds = {kind.number: kind for kind in relaxation.kinds}
    at = 0
    for rows, left in zip(listed, beyond, strict=True):
        mine = order[at : at + len(left)]
        at += len(left)
        size = rows.members.shape[1]
        found.setdefault((rows.kind.number, size), []).append(rows.members[left <= cut + ROOM])
        for groups in beside(arrays, rows.kind, rows.members[mine <= cut], relaxation.free):
            found.setdefault((rows.kind.number, groups.shape[1]), []).append(groups)
    wide = []
    for (number, _size), parts in sorted(found.items(), key=lambda each: each[0]):
        members = distinct(np.concatenate(parts), signs)
        rows = Rows(kinds[number], members, arrays.costs(kinds[number], members))
        left = reduced(rows, prices) - prices.kinds[relaxation.at[number]]
        keep = left <= cut + ROOM
        wide.append(Rows(rows.kind, rows.members[keep], rows.costs[keep]))
    return wide


def distinct(groups: Groups, signs: NDArray[np.uint64]) -> Groups:
    """Each group once. Two groups of one size are told apart by the sum of their families' signs."""
    _sums, at = np.unique(signs[groups].sum(axis=1), return_index=True)
    return groups[np.sort(at)]


def beside(arrays: Arrays, kind: Kind, groups: Groups, free: Sequence[int]) -> list[Groups]:
    """All allowed groups one family away, by size, each ascending; some come twice. Who stays, stays."""
    count, size = groups.shape
    if not count or not size:
        return []
    problem = arrays.tables.problem
    pool = np.array(free, dtype=np.int16)
    movable = ~np.isin(groups, np.array(kind.fixed, dtype=np.int16))
    each, joins = np.repeat(groups, len(pool), axis=0), np.tile(pool, count)
    may = np.repeat(movable, len(pool), axis=0)
    swapped, fewer = [], []
    for i in range(size):
        other = each[may[:, i]].copy()
        other[:, i] = joins[may[:, i]]
        swapped.append(other)
        fewer.append(np.delete(groups[movable[:, i]], i, axis=1))
    found = [np.concatenate(swapped)]
    if size < problem.largest:
        found.append(np.column_stack([each, joins]))
    if size > (problem.smallest if kind.is_new else len(kind.fixed)) and size > 1:
        found.append(np.concatenate(fewer))
    return [allowed(arrays, np.sort(part, axis=1)) for part in found]


def allowed(arrays: Arrays, groups: Groups) -> Groups:
    """Those without the same family twice, two that should not be together, or, where it is hard, no common time."""
    fits = (np.diff(groups, axis=1) > 0).all(axis=1)
    groups = groups[fits]
    slots = np.full(len(groups), -1, dtype=np.int64)
    fits = np.ones(len(groups), dtype=bool)
    for i in range(groups.shape[1]):
        slots &= arrays.slots[groups[:, i]]
        for j in range(i):
            fits &= ~arrays.apart[groups[:, i], groups[:, j]]
    if arrays.tables.problem.time_is_hard:
        fits &= slots != 0
    return groups[fits]
