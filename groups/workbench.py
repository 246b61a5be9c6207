"""The workbench's material: who wants to take part, the groups of the round, and the rules' problem made of both."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch

from accounts.models import User
from families.models import Family, NotTogether, Participation, Person, PersonKind
from families.queries import waiting_list
from groups.composing.problem import NORDIC, FamilyIn, GroupIn, Placement, Problem
from groups.models import Composition, Group, Membership
from planning.models import Round

NEW = "new-"
FULL = 6  # families for which one group is planned
MOST_NEW = 40


@dataclass(frozen=True)
class Material:
    """All that a composition of the round is made of, as one person may see it. `ready`: by family, who wants to take
    part and has no group."""

    round: Round
    ready: dict[int, Participation]
    groups: list[Group]
    members: dict[int, list[Family]]  # by group
    apart: list[NotTogether]
    without_wish: int

    @property
    def families(self) -> dict[int, Family]:
        """Everyone, those who wait the longest first."""
        waiting = {key: row.family for key, row in self.ready.items()}
        return waiting | {family.pk: family for here in self.members.values() for family in here}

    @property
    def foreign_languages(self) -> list[str]:
        """What is spoken at the tables besides the Scandinavian languages, by code."""
        spoken = {code for family in self.families.values() for code in family.languages}
        needed = {person.interpreter_language for family in self.families.values() for person in family.people.all()}
        return sorted((spoken | needed) - {"", "other", *NORDIC})

    @property
    def ids(self) -> list[int]:
        return list(self.families)


def material_of(in_round: Round, user: User) -> Material:
    """Six queries, however many families."""
    rows: list[Any] = list(waiting_list(user).filter(round=in_round).select_related("family__background"))
    groups = list(Group.objects.visible_to(user).active().filter(round=in_round).select_related("meeting_place"))
    members: dict[int, list[Family]] = {group.pk: [] for group in groups}
    people = Prefetch("family__people", queryset=Person.objects.filter(left_on__isnull=True))
    for row in (
        Membership.objects.filter(group__in=groups, to__isnull=True)
        .select_related("family__background")
        .prefetch_related(people)
        .order_by("since", "pk")
    ):
        members[row.group_id].append(row.family)
    ready = {row.family_id: row for row in rows if row.has_wish}
    everyone = [*ready, *(family.pk for here in members.values() for family in here)]
    apart = list(NotTogether.objects.standing().filter(first__in=everyone, second__in=everyone))
    return Material(in_round, ready, groups, members, apart, sum(not row.has_wish for row in rows))


def default_settings(material: Material) -> dict[str, Any]:
    """As many new groups as those who wait fill, beside the free seats of the groups there are."""
    free = sum(max(FULL - len(here), 0) for here in material.members.values())
    return {
        "new": min(max(-(-(len(material.ready) - free) // FULL), 0), MOST_NEW),
        "smallest": 4,
        "largest": 7,
        "time_is_hard": True,
        "keep": True,
        "arranged": [],
        "areas": {},
    }


def settings_of(composition: Composition, material: Material) -> dict[str, Any]:
    settings: dict[str, Any] = {**default_settings(material), **composition.settings}
    return settings


def group_keys(composition: Composition, material: Material) -> list[str]:
    new = settings_of(composition, material)["new"]
    return [*(str(group.pk) for group in material.groups), *(f"{NEW}{n}" for n in range(1, new + 1))]


def placement_of(composition: Composition, material: Material) -> Placement:
    """Where everybody sits in the draft: families that have a group, and those moved by hand or from a proposal.

    Who has left meanwhile, or a group that is gone, is left out.
    """
    return placed(material, composition.placement, group_keys(composition, material))


def placed(material: Material, kept: dict[str, str], keys: list[str]) -> Placement:
    staying = {family.pk: str(group) for group, here in material.members.items() for family in here}
    moved = {int(key): group for key, group in kept.items() if int(key) in material.ready and group in keys}
    return staying | moved


def problem_of(composition: Composition, material: Material, today: date, *, keep_moved: bool = False) -> Problem:
    """The draft as the rules see it. `keep_moved`: those placed by hand stay, as those who have a group do."""
    settings = settings_of(composition, material)
    stays = {family.pk: str(group) for group, here in material.members.items() for family in here}
    if keep_moved:
        stays = placement_of(composition, material)
    areas = settings["areas"]
    groups = [GroupIn(str(group.pk), is_new=False, area=areas.get(str(group.pk), "")) for group in material.groups]
    new = [GroupIn(f"{NEW}{n}", area=areas.get(f"{NEW}{n}", "")) for n in range(1, settings["new"] + 1)]
    return Problem(
        tuple(families_in(material, stays, today)),
        (*groups, *new),
        apart=frozenset((pair.first_id, pair.second_id) for pair in material.apart),
        arranged=frozenset(settings["arranged"]),
        smallest=settings["smallest"],
        largest=settings["largest"],
        time_is_hard=settings["time_is_hard"],
    )


def families_in(material: Material, stays: dict[int, str], today: date) -> Iterator[FamilyIn]:
    for key, family in material.families.items():
        people = list(family.people.all())
        background = getattr(family, "background", None)
        waits = material.ready.get(key)
        yield FamilyIn(
            key,
            times=frozenset(family.times),
            languages=frozenset(family.languages),
            interpreter=frozenset(person.interpreter_language for person in people if person.interpreter_language),
            background=background.answer if background else "",
            birth_years=tuple(
                sorted(person.birth_year for person in people if person.kind == PersonKind.CHILD and person.birth_year)
            ),
            # Where a protected family lives is said to nobody, not even by a rule that it breaks.
            area="" if family.is_protected else family.area.strip().casefold(),
            travels=family.travels,
            waited_weeks=(today - waits.waiting_since).days // 7 if waits else 0,
            stays=stays.get(key, ""),
        )
