"""Compositions: proven optimal for 24 families, close to the best known for 60, tried for 200; beside plainer ways.

`python -m bench.compose` makes the ten-minute run for 60 families again and keeps its result with the instance.
"""

import json
import sys
import time
from pathlib import Path

from bench.instances import families
from bench.plain import assigned
from bench.result import Result
from groups.composing.greedy import best_drawn, greedy
from groups.composing.master import Relaxation, price_out
from groups.composing.mending import listed_among
from groups.composing.scoring import score
from groups.composing.solve import Clock, Effort, Outcome, Proposing, propose
from groups.composing.tables import kinds_of, seating_cost, tables_of

KEPT = Path(__file__).with_name("compose-60.json")
RESTARTS = 1000


def measure(_environment: dict[str, str]) -> list[Result]:
    return [*small(), *middle(), *large()]


def timed(count: int, seconds: float) -> tuple[Outcome, float]:
    problem = families(count)
    began = time.monotonic()
    outcome = propose(problem, seconds=seconds)
    took = time.monotonic() - began
    assert score(problem, outcome.placements[0]).is_allowed
    return outcome, took


def small() -> list[Result]:
    outcome, took = timed(24, 10)
    note = f"costs {outcome.totals[0]}, proven {outcome.bound}; found besides {outcome.totals[1:]}"
    return [
        Result("compose 24 families, proven best", float(outcome.is_proven), "", 1, False, note),
        Result("compose 24 families", took, "s", 10, True),
    ]


def middle() -> list[Result]:
    outcome, took = timed(60, 5)
    kept = json.loads(KEPT.read_text())
    tables = tables_of(families(60))
    first = seating_cost(tables, greedy(tables, kinds_of(tables)))
    lots, _seating = best_drawn(tables, 1, RESTARTS)
    plain = assigned(tables, len(tables.problem.groups), 5)
    found, best = outcome.totals[0], kept["total"]
    note = f"{found} / {best} (proven bound {kept['bound']})"
    return [
        Result("compose 60 families, of best known", found / best, "times", 1.05, True, note),
        Result("compose 60 families", took, "s", 5.5, True),
        Result("compose 60, beside greedy", found / first, "times", 1, True, f"greedy {first}"),
        Result("compose 60, beside lots", found / lots, "times", 1, True, f"{RESTARTS} restarts {lots}"),
        Result(
            "compose 60, beside plain CP-SAT",
            found / (plain.total or 100_000),
            "times",
            1,
            True,
            f"plain model in 5 s {plain.total}, its bound {plain.bound}",
        ),
    ]


def large() -> list[Result]:
    outcome, took = timed(200, 20)
    tables = tables_of(families(200))
    first = seating_cost(tables, greedy(tables, kinds_of(tables)))
    return [
        Result(
            "compose 200 families, beside greedy",
            outcome.totals[0] / first,
            "times",
            1,
            True,
            f"{outcome.totals[0]} / {first}, no bound",
        ),
        Result("compose 200 families", took, "s", 21, True),
    ]


def keep_best(seconds: float = 600) -> None:
    """Search with several seeds, then list every group there can be, and prove what can be proven."""
    problem = families(60)
    tables = tables_of(problem)
    began = time.monotonic()
    best: Outcome | None = None
    seed = 0
    while time.monotonic() - began < 0.55 * seconds:
        seed += 1
        found = propose(problem, seed=seed, seconds=50, effort=Effort(steps=250_000, listed=0))
        best = found if best is None or found.totals[0] < best.totals[0] else best
        sys.stdout.write(f"{time.monotonic() - began:.0f} s: seed {seed} {found.totals[0]}, best {best.totals[0]}\n")
        sys.stdout.flush()
    assert best is not None
    clock = Clock(seconds - (time.monotonic() - began), lambda _percent, _best: None, lambda: False)
    last = Proposing(tables, clock, Effort(choice=1000), 1)
    kinds = last.kinds
    position = {key: f for f, key in enumerate(tables.keys)}
    groups: dict[str, list[int]] = {}
    for key, group in best.placements[0].items():
        groups.setdefault(group, []).append(position[key])
    last.best = [(kinds[0], tuple(sorted(members))) for members in groups.values()]
    last.least = best.totals[0]
    listed = listed_among(last.arrays, kinds, last.among, 80_000_000)
    relaxation = Relaxation(tables, kinds, last.among)
    for kind, members in last.best:
        relaxation.add(kind, members, tables.cost(kind, members) or 0)
    prices = price_out(relaxation, listed, last.least, lambda _bound: None, lambda: False)
    bound = last.decide(listed, prices)
    kept = {
        "families": 60,
        "seed": 7,
        "total": last.least,
        "bound": bound,
        "groups": sorted([tables.keys[f] for f in members] for _kind, members in last.best),
        "groups_listed": sum(len(rows.costs) for rows in listed),
        "seconds": round(time.monotonic() - began),
    }
    KEPT.write_text(json.dumps(kept, indent=1) + "\n")
    sys.stdout.write(f"{kept}\n")


if __name__ == "__main__":
    keep_best()
