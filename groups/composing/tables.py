"""The same costs as scoring.py, from tables over pairs of families, for the solvers: families are positions here."""

from dataclasses import dataclass, field

from groups.composing.problem import NEAR, WALKERS, FamilyIn, GroupIn, Placement, Problem

BACKGROUNDS = {"new_in_norway": 1, "moved_here": 2, "grew_up_here": 4}


@dataclass
class Tables:
    """`near[f][g]`: bits of f's children who have somebody near their age in g. `slots[f]`: bits of times.

    `walks[f]`: number of the part of the municipality from which f walks, 0 when it does not or we do not know.
    `masks[f]`: families as bits: those it may not sit with, those it can talk with (all, itself too, when it needs
    nobody), and for each child those near its age.
    """

    problem: Problem
    keys: list[int]
    slots: list[int]
    talks: list[list[bool]]
    at_ease: list[bool]  # needs nobody to talk with: nothing known, or an interpreter is arranged
    near: list[list[int]]
    children: list[int]
    backgrounds: list[int]
    walks: list[int]
    area_of: dict[str, int]
    apart: list[set[int]]
    price: list[int]
    stays: dict[str, list[int]]
    masks: list[tuple[int, int, tuple[int, ...]]] = field(init=False)
    known: dict[tuple[int, tuple[int, ...]], int | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        everyone = range(len(self.keys))
        self.masks = [
            (
                sum(1 << g for g in self.apart[f]),
                -1 if self.at_ease[f] else sum(1 << g for g in everyone if g != f and self.talks[f][g]),
                tuple(
                    sum(1 << g for g in everyone if self.near[f][g] >> child & 1)
                    for child in range(self.children[f].bit_length())
                ),
            )
            for f in everyone
        ]

    def cost(self, kind: "Kind", members: tuple[int, ...]) -> int | None:
        """What the group costs with these families, sorted; None when a hard rule is broken."""
        at = (kind.area, members) if kind.is_new else (-1 - kind.number, members)
        if at not in self.known:
            self.known[at] = self.fresh(kind, members)
        return self.known[at]

    def fresh(self, kind: "Kind", members: tuple[int, ...]) -> int | None:
        problem, count = self.problem, len(members)
        weights, slots, said, alike, total = problem.weights, -1, 0, 0, 0
        if count == 0:
            return 0
        if count > problem.largest or (kind.is_new and count < problem.smallest):
            return None
        walkers: dict[int, int] = {}
        group = 0
        for f in members:
            group |= 1 << f
            slots &= self.slots[f]
        for f in members:
            against, company, children = self.masks[f]
            if against & group:
                return None
            if not company & group:
                total += weights.language
            for near in children:
                if not near & group:
                    total += weights.child
            if self.backgrounds[f]:
                said, alike = said + 1, alike | self.backgrounds[f]
            if self.walks[f]:
                walkers[self.walks[f]] = walkers.get(self.walks[f], 0) + 1
        if not slots:
            if problem.time_is_hard:
                return None
            total += weights.time
        if said > 1 and alike.bit_count() == 1:
            total += weights.background
        least, most = problem.normal
        total += weights.size * max(least - count, count - most, 0)
        if walkers:
            here = walkers.get(kind.area, 0) if kind.area else max(walkers.values())
            total += weights.reach * (sum(walkers.values()) - here)
        return total


@dataclass(frozen=True)
class Kind:
    """Groups that are alike: each existing one is a kind of its own, the new ones share one per area."""

    number: int
    is_new: bool
    area: int
    keys: tuple[str, ...]
    fixed: tuple[int, ...]


def tables_of(problem: Problem) -> Tables:
    families = problem.families
    times = sorted({time for family in families for time in family.times})
    areas = sorted({family.area for family in families if family.area} | {g.area for g in problem.groups if g.area})
    area_of = {area: number for number, area in enumerate(areas, start=1)}
    position = {family.key: n for n, family in enumerate(families)}
    apart: list[set[int]] = [set() for _family in families]
    for first, second in problem.apart:
        if first in position and second in position:
            apart[position[first]].add(position[second])
            apart[position[second]].add(position[first])
    stays: dict[str, list[int]] = {}
    for family in families:
        if family.stays:
            stays.setdefault(family.stays, []).append(position[family.key])
    anywhen = (1 << len(times)) - 1 if times else 1
    return Tables(
        problem=problem,
        keys=[family.key for family in families],
        slots=[sum(1 << times.index(time) for time in family.times) or anywhen for family in families],
        talks=[[bool(f.understood & g.understood) for g in families] for f in families],
        at_ease=[not f.understood or bool(f.understood & problem.arranged) for f in families],
        near=[[near(f, g) for g in families] for f in families],
        children=[(1 << len(family.birth_years)) - 1 for family in families],
        backgrounds=[BACKGROUNDS.get(family.background, 0) for family in families],
        walks=[area_of[f.area] if f.travels in WALKERS and f.area else 0 for f in families],
        area_of=area_of,
        apart=apart,
        price=[problem.price_of_waiting(family) for family in families],
        stays=stays,
    )


def near(family: FamilyIn, other: FamilyIn) -> int:
    """Bits of the family's children who have somebody near their age in the other."""
    return sum(
        1 << n
        for n, year in enumerate(family.birth_years)
        if family is not other and any(abs(year - also) <= NEAR for also in other.birth_years)
    )


def kinds_of(tables: Tables) -> list[Kind]:
    """Existing groups one by one, then the new ones by area; a new one where somebody stays is one of its own."""
    found: list[Kind] = []
    alike: dict[int, list[str]] = {}
    for group in tables.problem.groups:
        area, fixed = tables.area_of.get(group.area, 0), tuple(tables.stays.get(group.key, ()))
        if group.is_new and not fixed:
            alike.setdefault(area, []).append(group.key)
        else:
            found.append(Kind(len(found), group.is_new, area, (group.key,), fixed))
    for area, keys in sorted(alike.items()):
        found.append(Kind(len(found), True, area, tuple(keys), ()))
    return found


def group_of(problem: Problem, key: str) -> GroupIn:
    return next(group for group in problem.groups if group.key == key)


# A composition for the solvers: (kind, its families sorted), one for each group in use.
Seating = list[tuple[Kind, tuple[int, ...]]]


def seating_cost(tables: Tables, seating: Seating) -> int:
    """The total as scoring counts it. Raises ValueError when a hard rule is broken."""
    placed = {f for _kind, members in seating for f in members}
    total = sum(price for f, price in enumerate(tables.price) if f not in placed)
    for kind, members in seating:
        cost = tables.cost(kind, members)
        if cost is None:
            raise ValueError(members)
        total += cost
    return total


def placement_of(tables: Tables, seating: Seating) -> Placement:
    """Families by group key. Alike groups get their keys in the order of their lowest family."""
    free = {kind.number: list(kind.keys) for kind, _members in seating}
    found: Placement = {}
    for kind, members in sorted(seating, key=lambda each: (each[0].number, each[1])):
        if members:
            key = free[kind.number].pop(0)
            found.update({tables.keys[f]: key for f in members})
    return found
