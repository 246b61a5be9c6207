"""A family's way through a round: it ends for now, and it can begin again."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from audit.services import record
from families.models import Participation
from planning.models import Round


class StillInAGroup(Exception):
    """It leaves the group first: that takes back what it was invited to."""


class TakesPartAlready(Exception):
    """The family has an open way through a round."""


@transaction.atomic
def end_participation(*, participation: Participation, ending: str, reason: str, on: date, by: User) -> None:
    """Not now, no thank you, or ended; a standing wish ends with it. Raises StillInAGroup."""
    memberships = participation._meta.get_field("memberships").related_model._default_manager  # groups is a room above
    if memberships.filter(participation=participation, to__isnull=True).exists():
        raise StillInAGroup
    participation.ended_on = max(on, participation.waiting_since)
    participation.ending, participation.ending_reason = ending, reason
    participation.save(update_fields=["ended_on", "ending", "ending_reason"])
    for wish in participation.wishes.filter(withdrawn_at__isnull=True):
        wish.withdrawn_at = timezone.now()
        wish.save(update_fields=["withdrawn_at"])
    record("end_participation", by=by, municipality=participation.municipality_id, family=participation.family_id)


@transaction.atomic
def begin_again(*, participation: Participation, in_round: Round, on: date, by: User) -> Participation:
    """A family that wants to after all waits anew; what was before stays. Raises TakesPartAlready."""
    try:
        with transaction.atomic():
            row = Participation.objects.create(
                municipality_id=participation.municipality_id,
                family_id=participation.family_id,
                round=in_round,
                waiting_since=on,
                contacted_on=on,
            )
    except IntegrityError as already:
        raise TakesPartAlready from already
    record("begin_again", by=by, municipality=row.municipality_id, family=row.family_id)
    return row
