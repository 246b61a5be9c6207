"""Volunteers coming and going."""

from datetime import date
from typing import Any

from django.db import transaction

from planning.models import Volunteer
from planning.services.resources import keep_resource
from planning.stopping import tell


@transaction.atomic
def keep_volunteer(*, row: Volunteer, **rest: Any) -> Volunteer:
    """Keep a volunteer as `keep_resource` does. Who is no longer a volunteer helps nobody any more."""
    keep_resource(row=row, **rest)
    if row.ended_on is not None:
        stop_helping(row, row.ended_on)
    return row


def stop_helping(volunteer: Volunteer, on: date) -> None:
    """She helps no group and no gathering after this day; that she did stays."""
    for helping in volunteer.groups.filter(until__isnull=True):
        helping.until = max(helping.since, on)
        helping.save(update_fields=["until"])
    tell(volunteer, on)
