"""Arranging a gathering: who drives whom, and who brings or leads what."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from accounts.models import User
from audit.services import record
from families.models import Family
from sessions_log.models import Contribution, Gathering, GatheringHelper, Ride


@dataclass(frozen=True)
class Lift:
    """How a family comes: with a helper, with a family, or by taxi; exactly one of them."""

    helper: GatheringHelper | None = None
    driver: Family | None = None
    by_taxi: bool = False


@transaction.atomic
def arrange(
    *,
    gathering: Gathering,
    tasks: Mapping[int, str],
    brings: Mapping[int, str],
    lifts: Mapping[int, Lift | None],
    by: User,
) -> None:
    """Set what each helper does (by helper's id), what each family brings or leads, and how each comes that asked for a
    lift (by family's id; None: not arranged yet). States, set as often as one likes; who is not named is left alone.

    The lifts are arranged when none is left open.
    """
    for helper in gathering.helpers.filter(pk__in=tasks):
        GatheringHelper.objects.filter(pk=helper.pk).exclude(task=tasks[helper.pk]).update(task=tasks[helper.pk])
    row: dict[str, Any] = {"gathering": gathering, "municipality_id": gathering.municipality_id}
    for family, words in brings.items():
        if words:
            Contribution.objects.update_or_create(family_id=family, **row, defaults={"words": words})
        else:
            Contribution.objects.filter(gathering=gathering, family=family).delete()
    for family, lift in lifts.items():
        if lift is None:
            Ride.objects.filter(gathering=gathering, family=family).delete()
        else:
            how = {"helper": lift.helper, "driver": lift.driver, "by_taxi": lift.by_taxi}
            Ride.objects.update_or_create(family_id=family, **row, defaults=how)
    if lifts:
        Gathering.objects.filter(pk=gathering.pk).update(lifts_confirmed=None not in lifts.values())
    record("arrange_gathering", by=by, municipality=gathering.municipality_id, gathering=gathering.pk)
