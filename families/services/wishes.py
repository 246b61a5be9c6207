"""The family's own wish to take part, and that it was contacted."""

from datetime import date

from django.db import IntegrityError, transaction

from accounts.models import User
from audit.services import record
from families.models import OwnWish, Participation, Person


class AlreadyNoted(Exception):
    """The wish stands already."""


@transaction.atomic
def note_wish(*, participation: Participation, said_by: Person, said_on: date, words: str = "", by: User) -> OwnWish:
    """Note that a family said itself that it wants to take part. Raises AlreadyNoted."""
    try:
        with transaction.atomic():
            wish = OwnWish.objects.create(
                municipality_id=participation.municipality_id,
                participation=participation,
                said_by=said_by,
                said_on=said_on,
                words=words,
                noted_by=by,
            )
    except IntegrityError as stands:
        raise AlreadyNoted from stands
    if participation.contacted_on is None:
        participation.contacted_on = said_on
        participation.save(update_fields=["contacted_on"])
    record("note_wish", by=by, municipality=participation.municipality_id, family=participation.family_id)
    return wish


@transaction.atomic
def note_contacted(*, participation: Participation, on: date, by: User) -> None:
    """Note that somebody has talked with the family."""
    participation.contacted_on = participation.contacted_on or on
    participation.save(update_fields=["contacted_on"])
    record("note_contacted", by=by, municipality=participation.municipality_id, family=participation.family_id)
