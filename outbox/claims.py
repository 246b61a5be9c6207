"""Taking messages that are due, so that nobody else takes them.

A claim is committed before anything is made of the rows: whatever kills the worker afterwards, also in the writing of a
letter, leaves `sending` rows behind, which are taken over when their lease is out.
"""

import logging
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import connection

from municipalities.tenancy import municipality
from outbox.models import Message
from outbox.writing import write_down

logger = logging.getLogger(__name__)
LEASE = timedelta(seconds=30)
RENEWED = 8.0  # seconds: whoever still works on a message says so this often, so a slow server loses nobody its lease
State = Message.State


def due(now: datetime, limit: int) -> dict[int, list[int]]:
    """Ids of what is due, by municipality, oldest first. Asks a definer function: it sees ids, nothing more."""
    found: dict[int, list[int]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute("select id, municipality_id from outbox_due(%s, %s, %s)", [now, now - LEASE, limit])
        for pk, owner in cursor.fetchall():
            found[owner].append(pk)
    return found


@dataclass
class Claim:
    """`touched`: how many rows there were to take. `ours`: those that we have taken. `alone`: ids of those over which
    a worker died; they are claimed one at a time."""

    touched: int = 0
    ours: list[Message] = field(default_factory=list)
    alone: list[int] = field(default_factory=list)


def claim(owner: int, ids: Sequence[int], now: datetime, *, alone: bool = False) -> Claim:
    """Take rows for ourselves; `alone`: one of them at most.

    One that was left half-way by a worker that died goes alone, so that it cannot take others along.
    """
    with municipality(owner):
        free = (
            Message.objects.select_for_update(skip_locked=True, of=("self",))
            .select_related("municipality")
            .filter(pk__in=ids, state__in=[State.QUEUED, State.SENDING], due_at__lte=now)
            .exclude(state=State.SENDING, claimed_at__gt=now - LEASE)
            .order_by("due_at", "pk")
        )
        rows = list(free[:1] if alone else free)
        found, changed = Claim(len(rows)), []
        for message in rows:
            was_left = message.state == State.SENDING
            if was_left:
                message.crashes += 1
                logger.warning("message %s was left half-way and is taken over", message.pk)
            goes_later = message.crashes > 0 and not alone
            if goes_later:
                found.alone.append(message.pk)
                message.state = State.QUEUED
            else:
                message.state, message.claimed_at = State.SENDING, now
                found.ours.append(message)
            if was_left or not goes_later:
                changed.append(message)
        write_down(changed, "state", "claimed_at", "crashes")
    return found


def renew(owner: int, batch: Sequence[Message], now: datetime) -> None:
    """Say that these are still being worked on."""
    with municipality(owner):
        Message.objects.filter(pk__in=[message.pk for message in batch], state=State.SENDING).update(claimed_at=now)
