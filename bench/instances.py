"""Generated families for the benchmark of compositions: invented facts, the same for the same seed."""

import random

from groups.composing.problem import FamilyIn, GroupIn, Problem

EVENINGS = ["mon-eve", "tue-eve", "wed-eve", "thu-eve"]
OTHERS = ["mon-day", "wed-day", "fri-day", "fri-eve", "sat-day", "sun-day"]
HOMES = ["ar", "uk", "ti", "so", "fa_AF", "pl", "tr", "kmr"]
AREAS = ["Sentrum", "Nordbyen", "Lia", "Vika", "Sundet"]


def families(count: int, seed: int = 7) -> Problem:
    """So many families for as many groups of six as they fill."""
    chance = random.Random(seed * 1000 + count)
    found = [family(key, chance) for key in range(1, count + 1)]
    pairs = frozenset(tuple(chance.sample(range(1, count + 1), 2)) for _pair in range(count // 10))
    groups = tuple(GroupIn(f"new-{n:02}") for n in range(-(-count // 6)))
    return Problem(tuple(found), groups, apart=pairs, arranged=frozenset({"ar"}))  # type: ignore[arg-type]


def family(key: int, chance: random.Random) -> FamilyIn:
    times = {time for time in EVENINGS if chance.random() < 0.4} | {t for t in OTHERS if chance.random() < 0.15}
    home = chance.choice(HOMES) if chance.random() < 0.55 else "nb"
    languages = {home} | ({"nb"} if chance.random() < 0.4 else set()) | ({"en"} if chance.random() < 0.2 else set())
    first = chance.randint(2009, 2024)
    years = tuple(min(2025, first + sum(chance.randint(1, 4) for _n in range(i))) for i in range(chance.randint(1, 4)))
    background = "new_in_norway" if home != "nb" else chance.choice(["grew_up_here", "grew_up_here", "moved_here"])
    return FamilyIn(
        key,
        times=frozenset() if chance.random() < 0.08 else frozenset(times),
        languages=frozenset(languages),
        interpreter=frozenset({home}) if home != "nb" and chance.random() < 0.35 else frozenset(),
        background=background if chance.random() < 0.75 else "",
        birth_years=years,
        area=chance.choice(AREAS) if chance.random() < 0.9 else "",
        travels=chance.choice(["foot", "foot", "bike", "bus", "car", ""]),
        waited_weeks=chance.randint(0, 30),
    )
