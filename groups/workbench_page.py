"""What the workbench shows: each table with its families and rules in words, who waits and why, and what if."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from families.models import Family
from families.queries import ages, spoken
from groups.composing.advice import Change, best_change, change_of, why_waiting
from groups.composing.problem import Placement, Problem
from groups.composing.scoring import GroupScore, score
from groups.models import Composition, Group
from groups.words import Line, joined, line, rules_in_order, sentence, time_words, why
from groups.workbench import Material, placed, placement_of, problem_of

LATE = timedelta(seconds=60)


@dataclass(frozen=True)
class Place:
    """Where a family can be moved to: `value` of the button, and what it says."""

    value: str
    title: str


@dataclass(frozen=True)
class Seated:
    """A family on the page. `moves` is empty for one that has its group already; `why`: why it waits."""

    pk: int
    name: str
    facts: str
    moves: list[Place]
    why: str = ""


@dataclass(frozen=True)
class Table:
    """A group with its families, rules in words, and the drawing's seats."""

    key: str
    name: str
    place: str
    families: list[Seated]
    lines: list[Line]
    states: list[str]


@dataclass(frozen=True)
class WhatIf:
    """A move that would help: `value` of the button; gains and losses in words."""

    title: str
    value: str
    gains: list[str]
    losses: list[str]


@dataclass(frozen=True)
class Offered:
    """A proposal of the worker: what it keeps and breaks and for whom, what a swap would change, and how far it is from
    the best that can be."""

    number: int
    is_chosen: bool
    met: int
    of: int
    waiting: int
    kept: list[str]
    broken: list[str]
    swap: WhatIf | None
    distance: str


@dataclass(frozen=True)
class Apart:
    """Two that should not share a group, in words."""

    pk: int
    words: str


@dataclass(frozen=True)
class Page:
    waiting: list[Seated]
    tables: list[Table]
    met: int
    of: int
    what_if: WhatIf | None
    offers: list[Offered]
    stuck: list[str]
    without_wish: int
    moved: int  # families of the draft that have no group yet
    is_late: bool
    apart: list[Apart]
    rules: list[tuple[str, bool]]


def page_of(composition: Composition, material: Material, user: User, now: datetime) -> Page:
    """All of the page; asks the database nothing."""
    today = timezone.localdate(now)
    problem = problem_of(composition, material, today)
    placement = placement_of(composition, material)
    found = score(problem, placement)
    names = {key: family.name for key, family in material.families.items()}
    titles = titles_of(problem, material)
    met, of = found.wishes
    waits = {each.family: each for each in why_waiting(problem, placement) if any(g.members for g in found.groups)}
    change = best_change(problem, placement) if placement else None

    def seated(key: int, here: str) -> Seated:
        family = material.families[key]
        moves = [Place(f"{key}:{to}", title) for to, title in titles.items() if to != here]
        if here:
            moves.append(Place(f"{key}:", _("Let it wait")))
        reason = waits.get(key)
        words = why(reason, titles.get(reason.group, ""), family.name) if reason else ""
        return Seated(key, family.name, facts_of(family, today), moves if key in material.ready else [], words)

    return Page(
        waiting=[seated(key, "") for key in material.ready if key in found.waiting],
        tables=[
            Table(
                group.key,
                titles[group.key],
                place_of(material, group.key),
                [seated(key, group.key) for key in group.members],
                [line(verdict, names, today.year) for verdict in group.verdicts],
                states_of(group),
            )
            for group in found.groups
        ],
        met=met,
        of=of,
        what_if=what_if(change, names, titles, today) if change else None,
        offers=offers_of(composition, material, problem, names, today),
        stuck=[titles[key] for key in composition.result.get("stuck", []) if key in titles],
        without_wish=material.without_wish,
        moved=sum(key in material.ready for key in placement),
        is_late=bool(
            composition.is_under_way
            and composition.asked_at
            and now - composition.asked_at > timedelta(seconds=composition.time_limit) + LATE
        ),
        apart=apart_of(material, names, user),
        rules=rules_in_order(problem.smallest, problem.largest, time_is_hard=problem.time_is_hard),
    )


def facts_of(family: Family, today: date) -> str:
    """Languages, children and times in one line. No address, for nobody."""
    people = list(family.people.all())
    children = ages(people, today)
    parts = [
        spoken(family.languages),
        _("children %(shown)s") % {"shown": children} if children else "",
        _("interpreter") if any(person.interpreter_language for person in people) else "",
        family.area if not family.is_protected else "",
        time_words(family.times),
    ]
    return " · ".join(filter(None, parts))


def titles_of(problem: Problem, material: Material) -> dict[str, str]:
    existing = {str(group.pk): group.name for group in material.groups}
    new = [group.key for group in problem.groups if group.is_new]
    new.sort(key=lambda key: int(key.rpartition("-")[2]))
    return existing | {key: _("New group %(n)d") % {"n": n} for n, key in enumerate(new, start=1)}


def place_of(material: Material, key: str) -> str:
    group: Group | None = next((each for each in material.groups if str(each.pk) == key), None)
    return str(group.meeting_place) if group and group.meeting_place else ""


def states_of(group: GroupScore) -> list[str]:
    return ["yes"] * len(group.members) + ["wait"] * max(6 - len(group.members), 0)


def what_if(change: Change, names: dict[int, str], titles: dict[str, str], today: date) -> WhatIf:
    if len(change.moves) == 2:
        title = _("What if %(who)s change places?") % {"who": joined([names[key] for key, _to in change.moves])}
    else:
        key, to = change.moves[0]
        title = _("What if %(family)s goes to %(group)s?") % {"family": names[key], "group": titles[to]}

    return WhatIf(
        title,
        ",".join(f"{key}:{to}" for key, to in change.moves),
        [
            *(_("%(family)s gets a place") % {"family": names[key]} for key in change.seated),
            *(f"{titles[group]}: {line(verdict, names, today.year).text}" for group, verdict in change.gains),
        ],
        [f"{titles[group]}: {line(verdict, names, today.year).text}" for group, verdict in change.losses],
    )


def offers_of(
    composition: Composition, material: Material, problem: Problem, names: dict[int, str], today: date
) -> list[Offered]:
    titles = titles_of(problem, material)
    offers = []
    for number, proposal in enumerate(composition.proposals):
        placement: Placement = placed(material, proposal["placement"], list(titles))
        found = score(problem, placement)
        met, of = found.wishes
        lines = {
            titles[group.key]: [line(verdict, names, today.year) for verdict in group.verdicts]
            for group in found.groups
            if group.members
        }
        swap = swap_of(proposal, problem, placement)
        offers.append(
            Offered(
                number,
                composition.chosen == number,
                met,
                of,
                len(found.waiting),
                [f"{title}: {'. '.join(each.text for each in rules if each.is_met)}" for title, rules in lines.items()],
                [f"{title}: {each.text}" for title, rules in lines.items() for each in rules if not each.is_met],
                what_if(swap, names, titles, today) if swap else None,
                distance_of(proposal["total"], composition.result.get("bound")),
            )
        )
    return offers


def swap_of(proposal: dict[str, Any], problem: Problem, placement: Placement) -> Change | None:
    """The swap that the worker found the nearest, as it stands now; None when one of the two has left."""
    moves = tuple((int(key), str(to)) for key, to in proposal.get("swap", []))
    return change_of(problem, placement, moves) if moves and all(key in placement for key, _to in moves) else None


def distance_of(total: int, bound: int | None) -> str:
    """How far a proposal is from the best that can be, as far as it is proven."""
    if bound is None:
        return _("There may be better ones: so many families cannot be tried in all ways in the time.")
    if total <= bound:
        return _("Proven: no composition fits better.")
    return _("%(n)d points from the best there can be.") % {"n": total - bound}


def apart_of(material: Material, names: dict[int, str], user: User) -> list[Apart]:
    """Pairs that should not share a group, with the reason for who may read it."""
    return [
        Apart(
            pair.pk,
            sentence(
                joined([names[pair.first_id], names[pair.second_id]])
                + (f": {reason}" if (reason := pair.reason_for(user)) else "")
            ),
        )
        for pair in material.apart
    ]
