"""Keeping what the municipality has to work with: one way in for all of it."""

from datetime import date
from typing import TypeVar

from django.db import IntegrityError, models, transaction

from accounts.models import User
from audit.services import record
from municipalities.models import Municipality

M = TypeVar("M", bound=models.Model)


class AlreadyThere(Exception):
    """The same thing is there already: the database allows it once."""


@transaction.atomic
def keep_resource(*, row: M, name: str, municipality: Municipality, by: User, on: date, ended: bool | None = None) -> M:
    """Keep a new or changed row; `ended` takes it out of use on that day, or back. Raises AlreadyThere.

    `name` is what the log calls it: partner, venue …
    """
    verb = "change" if row.pk else "add"
    if verb == "add":
        row.municipality = municipality  # type: ignore[attr-defined]
    if ended is not None:
        before: date | None = row.ended_on  # type: ignore[attr-defined]
        row.ended_on = (before or on) if ended else None  # type: ignore[attr-defined]
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as taken:
        raise AlreadyThere from taken
    record(f"{verb}_{name}", by=by, municipality=municipality, **{name: row.pk})
    return row


@transaction.atomic
def take_out(*, row: models.Model, name: str, municipality: Municipality, by: User) -> None:
    """Take out what was written down by mistake. Its history stays."""
    pk = row.pk
    row.delete()
    record(f"take_out_{name}", by=by, municipality=municipality, **{name: pk})
