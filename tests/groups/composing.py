"""Generated problems for the tests of compositions."""

from typing import Any

from hypothesis import strategies as st

from groups.composing.problem import FamilyIn, GroupIn, Problem

TIMES = ["mon-eve", "tue-eve", "thu-eve", "sat-day"]
some = st.frozensets


def families(most: int = 11) -> st.SearchStrategy[tuple[FamilyIn, ...]]:
    family: st.SearchStrategy[dict[str, Any]] = st.builds(
        dict,
        times=some(st.sampled_from(TIMES), max_size=3),
        languages=some(st.sampled_from(["nb", "nn", "en", "ar", "uk"]), max_size=2),
        interpreter=some(st.sampled_from(["ar", "uk"]), max_size=1),
        background=st.sampled_from(["", "new_in_norway", "moved_here", "grew_up_here"]),
        birth_years=st.lists(st.integers(2008, 2024), max_size=3).map(tuple),
        area=st.sampled_from(["", "Lia", "Vika"]),
        travels=st.sampled_from(["", "foot", "bike", "car"]),
        waited_weeks=st.integers(0, 40),
        stays=st.sampled_from(["", "", "", "old"]),
    )
    return st.lists(family, max_size=most).map(
        lambda found: tuple(FamilyIn(key=10 + n, **values) for n, values in enumerate(found))
    )


@st.composite
def problems(draw: st.DrawFn, most: int = 11) -> Problem:
    found = draw(families(most))
    keys = [family.key for family in found] or [0]
    pairs = draw(some(st.tuples(st.sampled_from(keys), st.sampled_from(keys)), max_size=3))
    return Problem(
        found,
        (GroupIn("old", is_new=False, area=draw(st.sampled_from(["", "Lia"]))), GroupIn("a"), GroupIn("b")),
        apart=frozenset(pair for pair in pairs if pair[0] != pair[1]),
        arranged=draw(some(st.sampled_from(["ar"]))),
        smallest=draw(st.integers(2, 4)),
        largest=draw(st.integers(5, 7)),
        time_is_hard=draw(st.booleans()),
    )
