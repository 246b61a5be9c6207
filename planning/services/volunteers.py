"""Volunteers coming and going."""

from typing import Any

from django.db import transaction

from planning.models import Volunteer
from planning.services.resources import keep_resource


@transaction.atomic
def keep_volunteer(*, row: Volunteer, **rest: Any) -> Volunteer:
    """Keep a volunteer as `keep_resource` does. Who is no longer a volunteer helps no group any more."""
    keep_resource(row=row, **rest)
    if row.ended_on is not None:
        for helping in row.groups.filter(until__isnull=True):
            helping.until = max(helping.since, row.ended_on)
            helping.save(update_fields=["until"])
    return row
