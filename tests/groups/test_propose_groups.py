"""A proposal keeps to the hard rules, names everyone, and does not depend on the order of what it is given."""

import itertools
import math
import random
from dataclasses import replace

import numpy as np
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from bench.instances import families
from groups.composing.advice import best_change, change_of, changes, nearest_swap, why_waiting
from groups.composing.columns import Arrays
from groups.composing.greedy import greedy, lenient
from groups.composing.neighbours import beside
from groups.composing.problem import FamilyIn, GroupIn, Problem, Rule
from groups.composing.scoring import judged, score
from groups.composing.search import HOT, WARM, Search
from groups.composing.solve import Effort, Outcome, propose
from groups.composing.tables import group_of, kinds_of, seating_cost, tables_of
from tests.groups.composing import problems

EFFORT = Effort(steps=600, dives=3, rounds=3, choice=0.3)
calmly = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def proposed(problem: Problem, **effort: int) -> Outcome:
    return propose(problem, seconds=math.inf, effort=replace(EFFORT, **effort))


# With few groups listed the solver looks beside those it has seen, and dives.
listed = st.sampled_from([600_000, 20])


@calmly
@given(problem=problems(), listed=listed)
def test_a_proposal_breaks_no_hard_rule_that_was_not_broken_before(problem: Problem, listed: int) -> None:
    outcome = proposed(problem, listed=listed)
    for placement in outcome.placements:
        for group in score(problem, placement).groups:
            assert group.key in outcome.stuck or group.breaks == (), group


@calmly
@given(problem=problems())
def test_every_family_is_placed_or_named_with_the_reason(problem: Problem) -> None:
    for placement in proposed(problem).placements:
        waiting = {each.family for each in why_waiting(problem, placement)}
        assert waiting.isdisjoint(placement)
        assert waiting | set(placement) == {family.key for family in problem.families}


@calmly
@given(problem=problems())
def test_a_family_that_has_a_group_keeps_it(problem: Problem) -> None:
    stays = {family.key: family.stays for family in problem.families if family.stays}
    for placement in proposed(problem).placements:
        assert {key: placement.get(key) for key in stays} == stays


@calmly
@given(problem=problems(), data=st.data(), listed=listed)
def test_the_order_of_what_is_given_changes_no_value(problem: Problem, data: st.DataObject, listed: int) -> None:
    other = Problem(
        tuple(data.draw(st.permutations(problem.families))),
        tuple(data.draw(st.permutations(problem.groups))),
        apart=frozenset((second, first) for first, second in problem.apart),
        **{name: getattr(problem, name) for name in ("arranged", "smallest", "largest", "time_is_hard")},
    )
    assert proposed(other, listed=listed) == proposed(problem, listed=listed)


@calmly
@given(problem=problems(9), data=st.data())
def test_the_tables_count_as_the_rules_say(problem: Problem, data: st.DataObject) -> None:
    tables = tables_of(problem)
    for kind in kinds_of(tables):
        members = sorted(
            data.draw(st.sets(st.sampled_from(range(len(tables.keys))), max_size=8)) if tables.keys else []
        )
        verdicts = judged(problem, group_of(problem, kind.keys[0]), [problem.families[f] for f in members])
        hard = any(verdict.is_hard and not verdict.is_met for verdict in verdicts)
        expected = None if hard else sum(verdict.cost for verdict in verdicts)
        assert tables.fresh(kind, tuple(members)) == expected


@calmly
@given(problem=problems(9), data=st.data())
def test_the_groups_beside_one_are_those_one_family_away(problem: Problem, data: st.DataObject) -> None:
    """One by one: every group that differs by a family that may be moved, and that breaks no hard rule."""
    tables = tables_of(problem)
    free = [f for f, family in enumerate(problem.families) if not family.stays]
    for kind in kinds_of(tables):
        drawn = data.draw(st.sets(st.sampled_from(free), max_size=problem.largest)) if free else set()
        here = tuple(sorted({*kind.fixed, *drawn}))
        if not here or tables.fresh(kind, here) is None:
            continue
        found = beside(Arrays(tables), kind, np.array([here], dtype=np.int16), free)
        groups = {tuple(int(f) for f in row) for part in found for row in part}
        leaving: list[set[int]] = [set(), *({f} for f in here if f not in kind.fixed)]
        coming: list[set[int]] = [set(), *({f} for f in free if f not in here)]
        moved = {tuple(sorted(({*here} - away) | joins)) for away in leaving for joins in coming} - {here, ()}
        wanted = {group for group in moved if tables.fresh(kind, group) is not None}
        # A swap with itself is the group as it was: allowed, and found again.
        assert groups - {here} == wanted


def test_when_not_every_group_can_be_listed_the_rules_hold_and_the_answer_is_the_same_again() -> None:
    """Thirty families, few groups listed: the dives and what is beside them do the work."""
    problem = replace(families(30), groups=families(30).groups[:5])
    effort = {"listed": 500, "steps": 3000, "widenings": 2}
    once, again = proposed(problem, **effort), proposed(problem, **effort)
    assert once == again
    assert once.bound is None
    assert score(problem, once.placements[0]).is_allowed
    plain = proposed(problem, listed=500, steps=3000, widenings=0, dives=0)
    assert once.totals[0] <= plain.totals[0]


def moved(search: Search, hot: float) -> set[int]:
    """Take one step of a search and look at all of it; who changed places.

    A new table that is not filled enough yet is none: its families wait, and nothing is kept of it.
    """
    tables, before = search.tables, list(search.place)
    search.run(1, lambda: 0.0, hot)
    everybody = list(range(len(tables.keys)))
    assert sorted(f for group in search.groups for f in group) == everybody  # nobody twice, nobody forgotten
    assert all(f in search.groups[search.place[f]] for f in everybody)
    for at, kind in enumerate(search.tables_of_kind):
        group = search.groups[at]
        assert set(kind.fixed) <= set(group)
        if not kind.is_new or len(group) >= tables.problem.smallest:
            assert tables.fresh(kind, group) is not None, group
    # What is kept breaks no hard rule (else this raises), and costs what the search thinks, or a little less.
    assert 0 <= search.least - seating_cost(tables, search.best) <= len(everybody)
    return {f for f in everybody if before[f] != search.place[f]}


def begun(problem: Problem, seed: int) -> Search:
    tables = tables_of(problem)
    kinds = kinds_of(tables)
    search = Search(tables, kinds, random.Random(seed), {})
    search.begin(greedy(tables, kinds))
    return search


@calmly
@given(problem=problems(), seed=st.integers(0, 999), hot=st.sampled_from([HOT, WARM]))
def test_every_move_of_the_search_seats_nobody_twice_and_keeps_the_hard_rules(
    problem: Problem, seed: int, hot: float
) -> None:
    search = begun(problem, seed)
    # A group that breaks a hard rule as it is never comes so far (see `propose`).
    assume(all(search.tables.fresh(lenient(kind), kind.fixed) is not None for kind in search.tables_of_kind))
    staying = {f for kind in search.tables_of_kind for f in kind.fixed}
    for _step in range(120):
        who = moved(search, hot)
        assert len(who) <= 2
        assert who.isdisjoint(staying)
    for (number, group), cost in search.pool.items():
        kind = next(each for each in search.tables_of_kind if each.number == number)
        assert search.tables.fresh(kind, group) == cost


def test_the_search_does_move_families() -> None:
    """So that the moves above are moves: thirty families, and both ways to move are taken."""
    search = begun(replace(families(30), groups=families(30).groups[:5]), seed=1)
    count = [len(moved(search, HOT)) for _step in range(400)]
    assert {1, 2} <= set(count)
    assert sum(map(bool, count)) > 20


@settings(calmly, max_examples=6)
@given(problem=problems(6))
def test_what_is_called_the_best_is_the_best_of_all(problem: Problem) -> None:
    """Every way to seat up to six families, one by one."""
    problem = replace(problem, groups=problem.groups[:2])
    outcome = proposed(problem)
    free = [family.key for family in problem.families if not family.stays]
    stays = {family.key: family.stays for family in problem.families if family.stays}
    every = [
        score(problem, {**stays, **{key: group for key, group in zip(free, choice, strict=True) if group}})
        for choice in itertools.product(["", *(group.key for group in problem.groups)], repeat=len(free))
    ]
    if not outcome.stuck:
        assert outcome.is_proven
        assert outcome.totals[0] == min(each.total for each in every if each.is_allowed)


def family(key: int, *times: str, **facts: object) -> FamilyIn:
    return FamilyIn(key, times=frozenset(times), **facts)


def test_who_cannot_when_the_others_can_waits_and_is_told_why() -> None:
    problem = Problem((*(family(key, "thu-eve") for key in range(1, 6)), family(6, "sat-day")), (GroupIn("a"),))
    placement = proposed(problem).placements[0]
    assert placement == dict.fromkeys(range(1, 6), "a")
    (waits,) = why_waiting(problem, placement)
    assert (waits.family, waits.group, waits.rules) == (6, "a", (Rule.TIME,))


def test_a_group_whose_families_share_no_time_is_left_alone_and_named() -> None:
    problem = Problem(
        (
            family(1, "mon-eve", stays="old"),
            family(2, "tue-eve", stays="old"),
            *(family(n, "thu-eve") for n in range(3, 8)),
        ),
        (GroupIn("old", is_new=False), GroupIn("a")),
    )
    outcome = proposed(problem)
    assert outcome.stuck == ("old",)
    assert outcome.placements[0] == {1: "old", 2: "old", **dict.fromkeys(range(3, 8), "a")}


def test_a_group_that_is_still_empty_is_filled_or_left() -> None:
    """It stays in use while others are decided on: nothing of the solver may stumble over a group without families."""
    interpreter = {"interpreter": frozenset({"ar"})}
    problem = Problem(
        (
            family(10, **interpreter, waited_weeks=11),
            family(11, **interpreter, birth_years=(2019, 2009)),
            family(12, "mon-eve", "tue-eve", "thu-eve", **interpreter, birth_years=(2012, 2020, 2023)),
            family(13, "mon-eve", "tue-eve", languages=frozenset({"nb"}), birth_years=(2020,)),
            family(14, "mon-eve", "tue-eve", languages=frozenset({"nb", "nn"}), birth_years=(2008, 2008, 2008)),
            family(15, languages=frozenset({"ar"}), waited_weeks=22),
            family(16, languages=frozenset({"nb"})),
            family(17),
        ),
        (GroupIn("old", is_new=False), GroupIn("a"), GroupIn("b")),
        smallest=2,
        largest=5,
        time_is_hard=False,
    )
    outcome = proposed(problem)
    assert (outcome.totals[0], sorted(outcome.placements[0])) == (36, list(range(10, 18)))


def test_a_swap_says_what_it_gains_and_what_it_loses() -> None:
    speaks_ar = {"languages": frozenset({"ar"}), "birth_years": (2016,)}
    problem = Problem(
        (
            family(1, **speaks_ar),
            *(family(n, languages=frozenset({"nb"}), birth_years=(2016,)) for n in range(2, 6)),
            family(6, languages=frozenset({"nb"}), birth_years=(2010,)),
            *(family(n, **speaks_ar) for n in range(7, 11)),
        ),
        (GroupIn("a"), GroupIn("b")),
    )
    placement = {**dict.fromkeys(range(1, 6), "a"), **dict.fromkeys(range(6, 11), "b")}
    change = best_change(problem, placement)
    assert change is not None
    assert (set(change.moves), change.saves) == ({(1, "b"), (6, "a")}, 40)
    assert [(group, verdict.rule) for group, verdict in change.gains] == [
        ("a", Rule.LANGUAGE),
        ("b", Rule.LANGUAGE),
        ("b", Rule.CHILDREN),
    ]
    assert [(group, verdict.rule) for group, verdict in change.losses] == [("a", Rule.CHILDREN)]
    assert change_of(problem, placement, ((1, ""),)).saves < 0


def test_the_nearest_swap_is_named_where_nothing_is_better_as_a_whole() -> None:
    """One language too few for two tables: whoever is alone, somebody is; a swap says who, and what it costs."""
    speaks = {code: {"languages": frozenset({code}), "birth_years": (2016,)} for code in ("ar", "nb")}
    problem = Problem(
        (
            family(1, **speaks["ar"]),
            *(family(n, **speaks["nb"]) for n in range(2, 6)),
            *(family(n, **speaks["nb"]) for n in range(6, 10)),
            family(10, languages=frozenset({"nb"}), birth_years=(2009,)),
        ),
        (GroupIn("a"), GroupIn("b")),
    )
    placement = {**dict.fromkeys(range(1, 6), "a"), **dict.fromkeys(range(6, 11), "b")}
    assert best_change(problem, placement) is None
    swap = nearest_swap(problem, placement)
    assert swap is not None
    assert (len(swap.moves), swap.saves) == (2, 0)
    assert {verdict.rule for _group, verdict in swap.gains} <= {Rule.LANGUAGE, Rule.CHILDREN}
    assert {verdict.rule for _group, verdict in swap.losses} == {verdict.rule for _group, verdict in swap.gains}
    alike = Problem(tuple(family(n) for n in range(1, 11)), (GroupIn("a"), GroupIn("b")))
    assert nearest_swap(alike, placement) is None


@calmly
@given(problem=problems())
def test_no_swap_that_is_shown_breaks_a_hard_rule(problem: Problem) -> None:
    outcome = proposed(problem)
    for placement in outcome.placements:
        swap = nearest_swap(problem, placement)
        if swap is not None:
            moved = score(problem, placement | dict(swap.moves))
            assert all(group.breaks == () or group.key in outcome.stuck for group in moved.groups)
            assert swap.gains != ()


@calmly
@given(problem=problems(9))
def test_what_a_change_saves_is_what_the_total_falls_by(problem: Problem) -> None:
    outcome = proposed(problem)
    for placement in outcome.placements if not outcome.stuck else ():
        for saves, moves in changes(problem, placement):
            assert change_of(problem, placement, moves).saves == saves


def test_unknown_facts_never_count_against_a_family() -> None:
    problem = Problem(tuple(family(key) for key in range(1, 6)), (GroupIn("a"),))
    found = score(problem, dict.fromkeys(range(1, 6), "a"))
    assert (found.total, found.wishes) == (0, (7, 7))
