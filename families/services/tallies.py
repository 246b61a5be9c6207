"""Limits on what anybody may do without log-in.

They are kept in PostgreSQL, which the form needs anyway: a cache that is away neither opens the door nor shuts it.
"""

from datetime import datetime, timedelta

from django.db import connection
from django.utils.crypto import salted_hmac

from families.models import Tally

LONGEST = timedelta(days=1)


class TooManyTries(Exception):
    """This was done so often from there that it must wait."""


def count(what: str, where: str, *, most: int, within: timedelta, now: datetime) -> None:
    """Note that it is done once more from there. Raises TooManyTries beyond `most` times `within` that time.

    One statement: two at once are counted as two. Only a keyed hash of the place is kept.
    """
    key = salted_hmac("families.tallies", f"{what}:{within}:{where}", algorithm="sha256").hexdigest()
    with connection.cursor() as cursor:
        cursor.execute(
            """insert into families_tally as t (key, began_at, count) values (%(key)s, %(now)s, 1)
               on conflict (key) do update set
                 count = case when t.began_at <= %(before)s then 1 else t.count + 1 end,
                 began_at = case when t.began_at <= %(before)s then %(now)s else t.began_at end
               returning count""",
            {"key": key, "now": now, "before": now - within},
        )
        row = cursor.fetchone()
    if row is None or row[0] > most:
        raise TooManyTries


def forget_tallies(*, now: datetime) -> int:
    """Those whose time is out; returns how many."""
    return Tally.objects.filter(began_at__lte=now - LONGEST).delete()[0]
