"""From promise to provider: claim, ask once more, send, write down.

The truth is in the table. A batch is claimed in one short transaction (SKIP LOCKED: several workers never take the same
row), sent without any transaction, and written down in another. A worker killed in between leaves `sending` rows, which
the next sweep takes over when their lease is out; what a provider had accepted by then goes twice, with one Message-ID.
"""

import logging
import random
import time
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from municipalities.tenancy import municipality
from outbox.channels.email import EmailSender
from outbox.channels.errors import ChannelError
from outbox.channels.sms import SmsSender
from outbox.letters import as_it_goes, kind_of
from outbox.models import Message
from outbox.rules.quiet_hours import next_allowed
from outbox.services.messages import said_by

logger = logging.getLogger(__name__)
LEASE = timedelta(seconds=180)  # longer than a batch can take
BATCH = 60
LINES = 3  # connections at once: while one waits for the server, another writes the next letter
MOST_ATTEMPTS = 150  # three days, at most half an hour apart
CRASHES_TOLERATED = 3
State = Message.State
Senders = dict[Message.Channel, EmailSender | SmsSender]


def due(now: datetime, limit: int) -> dict[int, list[int]]:
    """Ids of what is due, by municipality, oldest first. Asks a definer function: it sees ids, nothing more."""
    found: dict[int, list[int]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute("select id, municipality_id from outbox_due(%s, %s, %s)", [now, now - LEASE, limit])
        for pk, owner in cursor.fetchall():
            found[owner].append(pk)
    return found


def sweep(now: datetime | None = None) -> int:
    """Send everything that is due; returns how many were handed over."""
    sent = 0
    with ExitStack() as stack:
        sms = stack.enter_context(SmsSender())
        lines: list[Senders] = [
            {Message.Channel.EMAIL: stack.enter_context(EmailSender()), Message.Channel.SMS: sms}
            for _line in range(LINES)
        ]
        while True:
            moment = now or timezone.now()
            taken = 0
            for owner, ids in due(moment, 8 * BATCH).items():
                for start in range(0, len(ids), BATCH):
                    touched, batch = claim(owner, ids[start : start + BATCH], moment)
                    taken += touched
                    sent += deliver(owner, batch, lines, moment)
            if not taken:  # nothing due, or other workers hold it all
                return sent


def claim(owner: int, ids: Sequence[int], now: datetime) -> tuple[int, list[Message]]:
    """Take rows for ourselves: how many were touched at all, and those that are to be sent now."""
    with municipality(owner):
        rows = list(
            Message.objects.select_for_update(skip_locked=True, of=("self",))
            .select_related("municipality")
            .filter(pk__in=ids, state__in=[State.QUEUED, State.SENDING], due_at__lte=now)
            .exclude(state=State.SENDING, claimed_at__gt=now - LEASE)
            .order_by("due_at", "pk")
        )
        ready: list[Message] = []
        for message in rows:
            if message.state == State.SENDING:
                message.crashes += 1
                logger.warning("message %s was left half-way and is taken over", message.pk)
            if message.crashes and ready:
                # One that broke a worker goes alone, so that it cannot take others along.
                message.state = State.QUEUED
                continue
            if prepare(message, now):
                ready.append(message)
                if message.crashes:
                    break
        write_down(
            rows,
            *("state", "claimed_at", "attempts", "crashes", "due_at", "error"),
            *("subject", "body", "sms", "calendar", "is_rendered", "channel", "address"),
        )
    return len(rows), ready


KINDS_OF_COLUMNS = {
    "state": "text",
    "claimed_at": "timestamptz",
    "attempts": "smallint",
    "crashes": "smallint",
    "due_at": "timestamptz",
    "error": "text",
    "subject": "text",
    "body": "text",
    "sms": "text",
    "calendar": "text",
    "is_rendered": "boolean",
    "sent_at": "timestamptz",
    "provider_id": "text",
    "channel": "text",
    "address": "text",
}


def write_down(rows: Sequence[Message], *columns: str) -> None:
    """Save these columns of all rows in one statement. Django's `bulk_update` builds an expression for each value,
    which took longer than sending."""
    settings = ", ".join(f"{column} = v.{column}" for column in columns)
    arrays = ", ".join(f"%s::{KINDS_OF_COLUMNS[column]}[]" for column in columns)
    values = [[row.pk for row in rows], *([getattr(row, column) for row in rows] for column in columns)]
    with connection.cursor() as cursor:
        cursor.execute(
            f"update outbox_message m set {settings} "  # noqa: S608 - names of our own columns
            f"from unnest(%s::bigint[], {arrays}) as v (id, {', '.join(columns)}) where m.id = v.id",
            values,
        )


def prepare(message: Message, now: datetime) -> bool:
    """Decide about one claimed message; True when it is to be sent now."""
    town = message.municipality
    with translation.override(town.language):
        if message.crashes >= CRASHES_TOLERATED:
            fail(message, _("It could not be handled and was set aside."))
            return False
        try:
            unwanted = kind_of(message).still_wanted(message)
            if unwanted:
                message.state, message.error = State.CANCELLED, unwanted[:300]
                return False
            later = next_allowed(now, town.quiet_from, town.quiet_to)
            if later > now and not message.passes_quiet_hours:
                message.state, message.due_at = State.QUEUED, later
                return False
            reached = kind_of(message).reach(message) or (message.channel, message.address)
            if message.is_rendered and reached[0] != message.channel:
                message.state, message.error = State.CANCELLED, _("The recipient is reached in another way now.")
                return False
            message.channel, message.address = reached
            if not message.is_rendered:
                for column, value in said_by(kind_of(message).render(message)).items():
                    setattr(message, column, value)
                message.is_rendered = True
        except Exception:
            logger.exception("message %s could not be prepared", message.pk)
            fail(message, _("It could not be written."))
            return False
    message.state, message.claimed_at = State.SENDING, now
    message.attempts += 1
    return True


def deliver(owner: int, batch: Sequence[Message], lines: Sequence[Senders], now: datetime) -> int:
    """Hand a claimed batch over on several lines, then write down what became of each."""
    if not batch:
        return 0
    with ThreadPoolExecutor(len(lines)) as pool:
        work = [pool.submit(hand_over, batch[n :: len(lines)], senders, now) for n, senders in enumerate(lines)]
    for part in work:
        part.result()
    with municipality(owner), transaction.atomic():
        mine = [message for message in batch if message.state != State.FAILED]
        write_down(batch, "state", "sent_at", "provider_id", "error", "due_at")
        for message in batch:
            if message.state == State.FAILED:
                kind_of(message).on_failed(message)
    return sum(message.state == State.SENT for message in mine)


def hand_over(messages: Sequence[Message], senders: Senders, now: datetime) -> None:
    """One after another, on one line. Runs in a thread of its own and asks the database nothing."""
    away: dict[
        str, ChannelError
    ] = {}  # channels that do not answer: the rest of the batch is not kept waiting for them
    began = time.monotonic()
    for message in messages:
        if time.monotonic() - began > LEASE.total_seconds() / 3:
            message.state = State.QUEUED  # slow today: others take the rest, before our hold on it runs out
            continue
        with translation.override(message.municipality.language):
            try:
                if message.channel in away:
                    raise away[message.channel]
                message.provider_id = senders[Message.Channel(message.channel)].send(as_it_goes(message))
            except ChannelError as error:
                if error.unreachable:
                    away[message.channel] = error
                put_off(message, error, now)
            except Exception:
                logger.exception("message %s could not be handed over", message.pk)
                message.state, message.error = State.FAILED, _("It could not be handled and was set aside.")
            else:
                message.state, message.sent_at, message.error = State.SENT, timezone.now(), ""


def put_off(message: Message, error: ChannelError, now: datetime) -> None:
    """Try later, ever more seldom; give up when it is refused for good or after so many attempts."""
    if error.permanent or message.attempts >= MOST_ATTEMPTS:
        message.state, message.error = State.FAILED, error.words[:300]
        return
    seconds = min(15 * 2 ** min(message.attempts, 8), 1800)
    message.state, message.error = State.QUEUED, error.words[:300]
    message.due_at = now + timedelta(seconds=seconds * random.uniform(0.8, 1.2))  # noqa: S311 - jitter, no secret


def fail(message: Message, words: str) -> None:
    message.state, message.error = State.FAILED, words[:300]
    kind_of(message).on_failed(message)
