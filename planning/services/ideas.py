"""How an idea went."""

from typing import Any

from django.db import transaction

from accounts.models import User
from planning.models import IdeaNote
from planning.services.resources import keep_resource


@transaction.atomic
def note_idea(*, row: IdeaNote, by: User, **rest: Any) -> IdeaNote:
    """Keep how an idea went in a round, with who wrote it."""
    row.by = by
    return keep_resource(row=row, by=by, **rest)
