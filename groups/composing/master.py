"""Which groups together: set partitioning over columns, by a linear programme that prices, then by CP-SAT.

What is proven: the bound holds over all columns that were listed, and only then over all groups when all were listed.
"""

import math
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from ortools.linear_solver import pywraplp
from ortools.sat.python import cp_model

from groups.composing.columns import Rows
from groups.composing.tables import Kind, Seating, Tables

SLACK = 1e-6
ADDED = 120  # columns a round of pricing brings in

AFRESH = pywraplp.MPSolverParameters()
AFRESH.SetIntegerParam(AFRESH.INCREMENTALITY, AFRESH.INCREMENTALITY_OFF)

Column = tuple[Kind, tuple[int, ...], int]


@dataclass
class Prices:
    """Duals: what each family and each kind of group is worth, and the bound they prove."""

    families: "np.ndarray[tuple[int], np.dtype[np.float64]]"
    kinds: list[float]
    bound: float = 0.0


class Unsolved(Exception):
    """The linear programme gave no answer: numbers got too close to one another."""


class Relaxation:
    """The linear programme: each family in one group or waiting, each kind of group used as often as there are."""

    def __init__(self, tables: Tables, kinds: Sequence[Kind], among: Sequence[int]) -> None:
        self.tables, self.kinds, self.among = tables, list(kinds), list(among)
        self.programme = pywraplp.Solver.CreateSolver("GLOP")
        self.objective = self.programme.Objective()
        self.is_unsolved = False
        self.rows = {f: self.programme.Constraint(1, 1) for f in among}
        self.uses = [self.programme.Constraint(0 if kind.is_new else 1, len(kind.keys)) for kind in kinds]
        self.at = {kind.number: n for n, kind in enumerate(kinds)}
        staying = {f for kind in kinds for f in kind.fixed}
        self.free = [f for f in self.among if f not in staying]
        self.has: dict[tuple[int, tuple[int, ...]], tuple[Column, pywraplp.Variable]] = {}
        for f in among:
            self.rows[f].SetCoefficient(self.variable(tables.price[f]), 1)
        for kind in kinds:
            if not kind.is_new:
                # A group that exists is always used, also as it is: without this nothing would solve the programme.
                self.add(kind, kind.fixed, tables.cost(kind, kind.fixed) or 0)

    def variable(self, cost: int) -> pywraplp.Variable:
        made = self.programme.NumVar(0, self.programme.infinity(), "")
        self.objective.SetCoefficient(made, cost)
        return made

    def add(self, kind: Kind, members: tuple[int, ...], cost: int) -> None:
        if (kind.number, members) in self.has:
            return
        made = self.variable(cost)
        self.has[kind.number, members] = ((kind, members, cost), made)
        for f in members:
            self.rows[f].SetCoefficient(made, 1)
        self.uses[self.at[kind.number]].SetCoefficient(made, 1)

    def prices(self) -> Prices:
        """Solve. Raises Unsolved when GLOP stumbles twice, the second time without its memory of the first."""
        self.is_unsolved = self.programme.Solve() != pywraplp.Solver.OPTIMAL
        if self.is_unsolved:
            self.is_unsolved = self.programme.Solve(AFRESH) != pywraplp.Solver.OPTIMAL
        if self.is_unsolved:
            raise Unsolved
        families = np.zeros(len(self.tables.keys))
        for f, row in self.rows.items():
            # Nobody is worth more than it costs to wait: then the bound holds for any prices, exact or not.
            families[f] = min(row.dual_value(), self.tables.price[f])
        return Prices(families, [use.dual_value() for use in self.uses])

    def used(self) -> list[tuple[float, Column, pywraplp.Variable]]:
        """What the last solution uses, and how much of it."""
        return [
            (made.solution_value(), column, made)
            for column, made in self.has.values()
            if made.solution_value() > SLACK and column[1]
        ]


def reduced(rows: Rows, prices: Prices) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    """What each group costs beyond the worth of its families."""
    left = rows.costs.astype(np.float64)
    for i in range(rows.members.shape[1]):
        left -= prices.families[rows.members[:, i]]
    return left


def price_out(
    relaxation: Relaxation,
    listed: Sequence[Rows],
    least: float,
    tell: Callable[[float], None],
    is_over: Callable[[], bool],
) -> Prices:
    """Price until the bound is reached, reaches `least`, or time is over. The best bound's prices."""
    best: Prices | None = None
    while True:
        try:
            prices = relaxation.prices()
        except Unsolved:
            # Any prices prove a bound; these prove the least.
            return best or Prices(np.zeros(len(relaxation.tables.keys)), [0.0] * len(relaxation.kinds), -math.inf)
        lowest: dict[int, float] = {}
        improving = 0
        for rows in listed:
            if not len(rows.costs):
                continue
            left = reduced(rows, prices)
            number = rows.kind.number
            lowest[number] = min(lowest.get(number, math.inf), float(left.min()))
            beyond = left - prices.kinds[relaxation.at[number]]
            under = np.flatnonzero(beyond < -SLACK)
            improving += len(under)
            for at in under[np.argsort(beyond[under], kind="stable")[:ADDED]]:
                relaxation.add(rows.kind, tuple(int(f) for f in rows.members[at]), int(rows.costs[at]))
        prices.bound = float(prices.families.sum()) + sum(
            len(kind.keys) * min(lowest.get(kind.number, 0.0), 0.0) if kind.is_new else lowest.get(kind.number, 0.0)
            for kind in relaxation.kinds
        )
        if best is None or prices.bound > best.bound:
            best = prices
        tell(best.bound)
        if not improving or math.ceil(best.bound - SLACK) >= least or is_over():
            return best


def dived(
    relaxation: Relaxation,
    listed: Sequence[Rows],
    chance: random.Random | None,
    leave: int,
    is_over: Callable[[], bool],
) -> Seating:
    """Groups from the linear programme: decide on one that it leans to, price again, until `leave` are open.

    Without `chance` the one it leans to most; else drawn by how much.
    """
    wanted = sum(len(kind.keys) for kind in relaxation.kinds) - leave
    decided: list[pywraplp.Variable] = []
    seating: Seating = []
    while len(seating) < wanted:
        price_out(relaxation, listed, math.inf, lambda _bound: None, is_over)
        if is_over() or relaxation.is_unsolved:
            break
        used = [each for each in relaxation.used() if each[2].lb() < 1]
        whole = [each for each in used if each[0] > 1 - SLACK]
        if not whole and used:
            whole = [
                max(used, key=lambda each: each[0])
                if chance is None
                else chance.choices(used, [each[0] ** 2 for each in used])[0]
            ]
        for _value, column, made in whole[: wanted - len(seating)]:
            made.SetLb(1)
            decided.append(made)
            seating.append(column[:2])
        if not whole:
            break
    for made in decided:
        made.SetLb(0)
    return seating


def worth_trying(listed: Sequence[Rows], prices: Prices, kinds: Sequence[Kind], room: float, most: int) -> list[Column]:
    """Columns that a composition within `room` of the bound could use, the best `most` of them."""
    lowest: dict[int, float] = {}
    for rows in listed:
        if len(rows.costs):
            lowest[rows.kind.number] = min(lowest.get(rows.kind.number, math.inf), float(reduced(rows, prices).min()))
    beyond: list[tuple[Rows, np.ndarray[tuple[int], np.dtype[np.float64]]]] = []
    for rows in listed:
        if len(rows.costs):
            floor = lowest[rows.kind.number]
            beyond.append((rows, reduced(rows, prices) - (min(floor, 0.0) if rows.kind.is_new else floor)))
    every = np.concatenate([left for _rows, left in beyond]) if beyond else np.zeros(0)
    limit = room + SLACK
    if len(every) > most:
        limit = min(limit, float(np.partition(every, most - 1)[most - 1]))
    found: list[tuple[float, Column]] = []
    for rows, left in beyond:
        for at in np.flatnonzero(left <= limit):
            members = tuple(int(f) for f in rows.members[at])
            found.append((float(left[at]), (rows.kind, members, int(rows.costs[at]))))
    found.sort(key=lambda each: (each[0], each[1][0].number, each[1][1]))
    return [column for _left, column in found[:most]]


@dataclass(frozen=True)
class Chosen:
    """What CP-SAT made of the columns. `is_best`: nothing better among them; no seating: nothing at all."""

    seating: Seating | None
    is_best: bool
    bound: float


def choose(
    tables: Tables,
    kinds: Sequence[Kind],
    among: Sequence[int],
    columns: Sequence[Column],
    *,
    hint: Seating,
    less_than: int | None = None,
    unlike: Sequence[tuple[Seating, int]] = (),
    seconds: float,
    effort: float,
    is_over: Callable[[], bool] = lambda: False,
) -> Chosen:
    """The best choice among the columns. `unlike`: share at most so many groups with each of these.

    One worker and a fixed seed: the same columns give the same choice; `effort` bounds the work, `seconds` the wait.
    """
    model = cp_model.CpModel()
    used = [model.new_bool_var("") for _column in columns]
    waits = {f: model.new_bool_var("") for f in among}
    seats = {f: [wait] for f, wait in waits.items()}
    of_kind: dict[int, list[cp_model.IntVar]] = {}
    hinted = {(kind.number, members) for kind, members in hint}
    seated = {f for _kind, members in hint for f in members}
    for variable, (kind, members, _cost) in zip(used, columns, strict=True):
        for f in members:
            seats[f].append(variable)
        of_kind.setdefault(kind.number, []).append(variable)
        model.add_hint(variable, (kind.number, members) in hinted)
    for f, wait in waits.items():
        model.add_exactly_one(seats[f])
        model.add_hint(wait, f not in seated)
    for kind in kinds:
        if not kind.is_new:
            model.add_exactly_one(of_kind.get(kind.number, []))
        elif kind.number in of_kind:
            model.add(sum(of_kind[kind.number]) <= len(kind.keys))
    for seating, shared in unlike:
        same = {(kind.number, members) for kind, members in seating}
        both = [v for v, (kind, members, _cost) in zip(used, columns, strict=True) if (kind.number, members) in same]
        if both:
            model.add(sum(both) <= shared)
    total = sum(cost * v for v, (_k, _m, cost) in zip(used, columns, strict=True)) + sum(
        tables.price[f] * wait for f, wait in waits.items()
    )
    if less_than is not None:
        model.add(total < less_than)
    model.minimize(total)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 1
    solver.parameters.max_time_in_seconds = max(seconds, 0.01)
    solver.parameters.max_deterministic_time = effort
    status = solver.solve(model, Watch(is_over))
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        chosen = [(k, m) for v, (k, m, _c) in zip(used, columns, strict=True) if m and solver.boolean_value(v)]
        return Chosen(chosen, status == cp_model.OPTIMAL, solver.best_objective_bound)
    return Chosen(None, status == cp_model.INFEASIBLE, -math.inf)


class Watch(cp_model.CpSolverSolutionCallback):
    """Stops when asked to, at the next solution."""

    def __init__(self, is_over: Callable[[], bool]) -> None:
        super().__init__()
        self.is_over = is_over

    def on_solution_callback(self) -> None:
        if self.is_over():
            self.stop_search()
