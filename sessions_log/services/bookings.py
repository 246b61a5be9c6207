"""A place and a coordinator are booked once at a time: the database says so, this says it in our words."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, connection, transaction

FIELDS = {"a_venue_is_booked_once": "venue", "nobody_is_at_two_gatherings": "coordinators"}


class DoubleBooked(Exception):
    """The place (`field` "venue") or a coordinator ("coordinators") is at another gathering then. Nothing is saved."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


@contextmanager
def booking() -> Iterator[None]:
    """Raises DoubleBooked for what the database refuses as that, when all is written: a coordinator may be taken off in
    the same breath as the time is changed."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"set constraints {', '.join(FIELDS)} deferred")
            yield
            cursor.execute(f"set constraints {', '.join(FIELDS)} immediate")
    except IntegrityError as refused:
        name = getattr(getattr(refused.__cause__, "diag", None), "constraint_name", None)
        if name not in FIELDS:
            raise
        raise DoubleBooked(FIELDS[name]) from refused
