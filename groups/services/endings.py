"""The groups of a round end with it, and begin again if it is opened again."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from families.models import Participation
from groups.models import Group, Membership
from planning.models import Round


@dataclass(frozen=True)
class Ended:
    """Ids of what ended."""

    groups: list[int]
    memberships: list[int]


@transaction.atomic
def end_groups(*, round: Round, on: date) -> Ended:
    """End the active groups of a round, and the families' time in them: each is free for another round.

    Nobody is taken off anything: a round that is closed has no gathering ahead.
    """
    groups = list(Group.objects.active().filter(round=round))
    for group in groups:
        group.ended_on = on
        group.save(update_fields=["ended_on"])
    memberships = list(Membership.objects.filter(group__round=round, to__isnull=True).select_related("participation"))
    for membership in memberships:
        membership.to = max(on, membership.since)
        membership.save(update_fields=["to"])
        way = membership.participation
        way.ended_on, way.ending = max(on, way.waiting_since), Participation.Ending.ENDED
        way.save(update_fields=["ended_on", "ending"])
    return Ended([group.pk for group in groups], [membership.pk for membership in memberships])


@transaction.atomic
def begin_groups_again(*, groups: Collection[int], memberships: Collection[int]) -> int:
    """These groups and memberships go on; a family that has gone on to another round stays there. How many stayed."""
    for group in Group.objects.filter(pk__in=groups):
        group.ended_on = None
        group.save(update_fields=["ended_on"])
    stayed = 0
    rows = Membership.objects.filter(pk__in=memberships, to__isnull=False).select_related("participation")
    for membership in rows.order_by("pk"):
        if Participation.objects.open().filter(family=membership.family_id).exists():
            stayed += 1
            continue
        way = membership.participation
        way.ended_on, way.ending = None, ""
        way.save(update_fields=["ended_on", "ending"])
        membership.to = None
        membership.save(update_fields=["to"])
    return stayed
