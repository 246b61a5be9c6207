"""Two plain ways to compose: fill one table after another, and draw lots. The solvers start from the first; the
benchmark compares with both."""

import random

from groups.composing.tables import Kind, Seating, Tables, kinds_of, seating_cost


def lenient(kind: Kind) -> Kind:
    """The same, but it may be small on its way."""
    return Kind(kind.number, False, kind.area, kind.keys, kind.fixed)


def greedy(tables: Tables, kinds: list[Kind], order: list[int] | None = None) -> Seating:
    """Let the smallest group take whoever costs it the least, one family at a time; hardest to place first."""
    free = set(range(len(tables.keys))) - {f for kind in kinds for f in kind.fixed}
    order = order or sorted(free, key=lambda f: (tables.slots[f].bit_count(), -tables.price[f], f))
    groups = [(kind, list(kind.fixed)) for kind in kinds for _key in kind.keys]
    for most in (tables.problem.normal[1], tables.problem.largest):
        open_ones = list(range(len(groups)))
        while free and open_ones:
            at = min(open_ones, key=lambda n: (len(groups[n][1]), n))
            kind, members = groups[at]
            chosen = best_for(tables, lenient(kind), members, [f for f in order if f in free])
            if chosen is None or len(members) >= most:
                open_ones.remove(at)
            else:
                members.append(chosen)
                free.discard(chosen)
    found = [(kind, tuple(sorted(members))) for kind, members in groups if members]
    return [(kind, members) for kind, members in found if tables.fresh(kind, members) is not None]


def best_for(tables: Tables, kind: Kind, members: list[int], waiting: list[int]) -> int | None:
    """Who costs the group the least; the first of the order for an empty one."""
    if not members:
        return waiting[0]
    tried = [
        (cost, n)
        for n, f in enumerate(waiting)
        if (cost := tables.fresh(kind, tuple(sorted([*members, f])))) is not None
    ]
    return waiting[min(tried)[1]] if tried else None


def drawn(tables: Tables, kinds: list[Kind], chance: random.Random) -> Seating:
    """Families in a drawn order, each to a drawn group that may take it."""
    free = list(set(range(len(tables.keys))) - {f for kind in kinds for f in kind.fixed})
    free.sort()
    chance.shuffle(free)
    places = [(kind, list(kind.fixed)) for kind in kinds for _key in kind.keys]
    for f in free:
        chance.shuffle(places)
        for kind, members in places:
            fits = len(members) < tables.problem.normal[1]
            if fits and tables.fresh(lenient(kind), tuple(sorted([*members, f]))) is not None:
                members.append(f)
                break
    found = [(kind, tuple(sorted(members))) for kind, members in places if members]
    return [(kind, members) for kind, members in found if tables.fresh(kind, members) is not None]


def best_drawn(tables: Tables, seed: int, restarts: int) -> tuple[int, Seating]:
    """The best of so many draws."""
    chance, kinds = random.Random(seed), kinds_of(tables)  # noqa: S311 - no secret
    drawings = [drawn(tables, kinds, chance) for _restart in range(restarts)]
    best = min(drawings, key=lambda seating: seating_cost(tables, seating))
    return seating_cost(tables, best), best
