"""Composing groups: the draft, asking for a proposal, and deciding."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from celery import current_app
from django.db import transaction

from accounts.models import User
from audit.services import record
from groups.composing.scoring import score
from groups.models import Composition
from groups.services.groups import add_family, make_group
from groups.workbench import NEW, Material, group_keys, material_of, placed, placement_of, problem_of
from planning.models import Round, Venue

logger = logging.getLogger(__name__)
PROPOSE = "groups.propose"
State = Composition.State


class NotAtTheTable(Exception):
    """The family does not wait in this round any more, or the group is not one of the draft's."""


class NothingToDecide(Exception):
    """Nobody is placed who has no group already."""


class NeedsAReason(Exception):
    """A rule that must hold is broken: it can be so only with a reason that is kept."""


@dataclass(frozen=True)
class NewGroup:
    """What a person decided about a group to be made."""

    name: str
    coordinator: User
    meeting_place: Venue | None = None


@transaction.atomic
def open_composition(*, in_round: Round, by: User) -> Composition:
    """Her draft for the round; made when she has none."""
    found, _made = Composition.objects.open().get_or_create(
        municipality_id=in_round.municipality_id, round=in_round, made_by=by
    )
    return Composition.objects.select_for_update(of=("self",)).get(pk=found.pk)


@transaction.atomic
def change_settings(*, composition: Composition, settings: Mapping[str, Any], time_limit: int, by: User) -> None:
    """How many new groups, which interpreters are arranged, how strict."""
    composition.settings = {**composition.settings, **settings}
    composition.time_limit = time_limit
    composition.save(update_fields=["settings", "time_limit"])


@transaction.atomic
def move_family(*, composition: Composition, family: int, to: str, by: User) -> None:
    """Seat a family at another table of the draft; "" lets it wait. Raises NotAtTheTable."""
    material = material_of(composition.round, by)
    if family not in material.ready or (to and to not in group_keys(composition, material)):
        raise NotAtTheTable
    composition.placement = {**composition.placement, str(family): to}
    composition.save(update_fields=["placement"])


@transaction.atomic
def clear_draft(*, composition: Composition, by: User) -> None:
    """Everybody waits again. What the worker proposed stays."""
    composition.placement, composition.chosen = {}, None
    composition.save(update_fields=["placement", "chosen"])


@transaction.atomic
def ask_for_proposals(*, composition: Composition, by: User, now: datetime) -> None:
    """Let the worker propose; asking again while it waits or works starts anew."""
    Composition.objects.filter(pk=composition.pk).update(
        state=State.QUEUED, progress=0, asked_at=now, asked_to_cancel=False, result={}, chosen=None
    )
    owner, pk = composition.municipality_id, composition.pk
    record("ask_for_proposals", by=by, municipality=owner, composition=pk)
    transaction.on_commit(lambda: wake(owner, pk), robust=True)


def wake(owner: int, pk: int) -> None:
    """The worker by name: its module, and the solver with it, is never loaded here."""
    try:
        current_app.send_task(PROPOSE, args=[owner, pk], retry=False, ignore_result=True)
    except Exception as error:  # whatever the broker says: the page lets her ask again
        logger.warning("the worker was not woken: %s", error)


@transaction.atomic
def stop_proposing(*, composition: Composition, by: User) -> None:
    """One that only waits stops at once; one that is being worked out within a second or two."""
    waiting = Composition.objects.filter(pk=composition.pk, state=State.QUEUED)
    if not waiting.update(state=State.CANCELLED):
        Composition.objects.filter(pk=composition.pk, state=State.RUNNING).update(asked_to_cancel=True)


@transaction.atomic
def use_proposal(*, composition: Composition, number: int, by: User) -> None:
    """Put a proposal on the tables, to be changed by hand. Raises NotAtTheTable when there is none of the number."""
    if not 0 <= number < len(composition.proposals):
        raise NotAtTheTable
    composition.placement = dict(composition.proposals[number]["placement"])
    composition.chosen = number
    composition.save(update_fields=["placement", "chosen"])


def to_be_made(composition: Composition, material: Material) -> list[str]:
    """New groups of the draft with families in them."""
    used = set(placement_of(composition, material).values())
    return [key for key in group_keys(composition, material) if key.startswith(NEW) and key in used]


@transaction.atomic
def confirm_composition(
    *, composition: Composition, new_groups: Mapping[str, NewGroup], decision: str, today: date, now: datetime, by: User
) -> int:
    """Make the new groups and seat the families, all or nothing; how many families got a group.

    Raises NothingToDecide, NeedsAReason, and what make_group and add_family raise.
    """
    material = material_of(composition.round, by)
    seats = {key: to for key, to in placement_of(composition, material).items() if key in material.ready}
    if not seats:
        raise NothingToDecide
    judged = score(problem_of(composition, material, today), placement_of(composition, material))
    if not decision and any(group.breaks for group in judged.groups if group.key in seats.values()):
        raise NeedsAReason
    groups = {str(group.pk): group for group in material.groups}
    for key in to_be_made(composition, material):
        made = new_groups[key]
        groups[key] = make_group(
            in_round=composition.round,
            name=made.name,
            coordinator=made.coordinator,
            meeting_place=made.meeting_place,
            since=today,
            by=by,
        )
    for family, to in seats.items():
        add_family(participation=material.ready[family], group=groups[to], since=today, by=by)
    composition.placement = {str(family): str(groups[to].pk) for family, to in seats.items()}
    composition.decision, composition.decided_by, composition.decided_at = decision, by, now
    composition.save(update_fields=["placement", "decision", "decided_by", "decided_at"])
    record("compose_groups", by=by, municipality=composition.municipality_id, composition=composition.pk)
    return len(seats)


def proposal_placement(composition: Composition, material: Material, number: int) -> dict[int, str]:
    """A proposal as a placement of those who are still there."""
    return placed(material, composition.proposals[number]["placement"], group_keys(composition, material))
