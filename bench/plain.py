"""The peer: a plain assignment model of the same problem for CP-SAT, families to tables one by one."""

from dataclasses import dataclass

from ortools.sat.python import cp_model

from groups.composing.tables import Tables


@dataclass(frozen=True)
class Plain:
    """What CP-SAT found and proved in its time; `total` None when it found nothing."""

    total: int | None
    bound: int


def assigned(tables: Tables, groups: int, seconds: float) -> Plain:
    """Solve with two workers. All groups are new and alike."""
    problem, n = tables.problem, len(tables.keys)
    weights, (least, most) = problem.weights, problem.normal
    model = cp_model.CpModel()
    seat = [[model.new_bool_var("") for _g in range(groups)] for _f in range(n)]
    waits = [model.new_bool_var("") for _f in range(n)]
    costs: list[cp_model.LinearExprT] = [price * wait for price, wait in zip(tables.price, waits, strict=True)]
    for f in range(n):
        model.add_exactly_one([*seat[f], waits[f]])
    for g in range(groups):
        is_used = model.new_bool_var("")
        count = sum(seat[f][g] for f in range(n))
        model.add(count <= problem.largest * is_used)
        model.add(count >= problem.smallest * is_used)
        away = model.new_int_var(0, problem.largest, "")
        model.add(away >= count - most)
        model.add(away >= least * is_used - count)
        costs.append(weights.size * away)
        times = max(slots.bit_length() for slots in tables.slots)
        meets = [model.new_bool_var("") for _time in range(times)]
        model.add_exactly_one(meets)
        for f in range(n):
            for time in range(times):
                if not tables.slots[f] >> time & 1:
                    model.add_implication(seat[f][g], ~meets[time])
            for other in tables.apart[f]:
                model.add_at_most_one(seat[f][g], seat[other][g])
            costs += alone(model, tables, seat, f, g)
        costs += [weights.background * one_kind(model, tables, seat, g)]
        areas = [model.new_bool_var("") for _area in range(max(tables.walks) + 1)]
        model.add_exactly_one(areas)
        for f in range(n):
            if tables.walks[f]:
                far = model.new_bool_var("")
                model.add_bool_or(~seat[f][g], areas[tables.walks[f]], far)
                costs.append(weights.reach * far)
    model.minimize(sum(costs))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 2
    solver.parameters.max_time_in_seconds = seconds
    status = solver.solve(model)
    found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    return Plain(round(solver.objective_value) if found else None, round(max(solver.best_objective_bound, 0)))


def alone(
    model: cp_model.CpModel, tables: Tables, seat: list[list[cp_model.IntVar]], f: int, g: int
) -> list[cp_model.LinearExprT]:
    """What the family's language and each of its children cost at the table."""
    weights, others = tables.problem.weights, [h for h in range(len(seat)) if h != f]
    costs: list[cp_model.LinearExprT] = []
    if not tables.at_ease[f]:
        lonely = model.new_bool_var("")
        model.add_bool_or(~seat[f][g], lonely, *(seat[h][g] for h in others if tables.talks[f][h]))
        costs.append(weights.language * lonely)
    for child in range(tables.children[f].bit_length()):
        lonely = model.new_bool_var("")
        model.add_bool_or(~seat[f][g], lonely, *(seat[h][g] for h in others if tables.near[f][h] >> child & 1))
        costs.append(weights.child * lonely)
    return costs


def one_kind(model: cp_model.CpModel, tables: Tables, seat: list[list[cp_model.IntVar]], g: int) -> cp_model.IntVar:
    """Whether all who have told their background gave the same answer, and more than one did."""
    same = model.new_bool_var("")
    for answer in (1, 2, 4):
        here = [seat[f][g] for f in range(len(seat)) if tables.backgrounds[f] == answer]
        rest = [seat[f][g] for f in range(len(seat)) if tables.backgrounds[f] not in (0, answer)]
        is_any = model.new_bool_var("")
        model.add_bool_or(*rest, ~is_any)
        model.add(sum(here) <= 1).only_enforce_if([~is_any, ~same])
    return same
