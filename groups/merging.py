"""What groups keep of two families that turn out to be one."""

from typing import Any

from django.db.models import Model

from families.duplicates.relations import Merging, decide, move
from families.models import OwnWish
from groups.models import Membership


def move_memberships(merging: Merging, model: type[Model], name: str, kept: Any, merged: Any) -> None:
    """A membership rests on a wish of its own way. Where the merged one's wish stays behind, because one stands
    already, the membership rests on that one."""
    standing = OwnWish.objects.filter(participation=kept, withdrawn_at__isnull=True).first()
    if standing is not None:
        for membership in Membership.objects.filter(participation=merged, wish__participation=merged):
            merging.ledger.set(membership, wish_id=standing.pk)
    move()(merging, model, name, kept, merged)


def decide_relations() -> None:
    """One open membership a family: services refuse to merge two families that are both in a group."""
    decide("groups.Membership.participation", move_memberships)
    decide("groups.Membership.family", move())
