"""Expenses."""

from typing import Any

from django.db import transaction

from accounts.models import User
from planning.models import Expense
from planning.services.resources import keep_resource


@transaction.atomic
def keep_expense(*, row: Expense, by: User, **rest: Any) -> Expense:
    """Keep an expense; who wrote it first stays with it."""
    if row.pk is None:
        row.by = by
    return keep_resource(row=row, by=by, **rest)
