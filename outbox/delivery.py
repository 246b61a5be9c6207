"""From promise to provider: claim, ask once more, hand over, write down.

The truth is in the table. A batch is claimed in one short transaction (SKIP LOCKED: several workers never take the same
row), prepared in another, handed over without any, and written down as the answers come. A worker killed in between
leaves `sending` rows, which the next sweep takes over when their lease is out; what a provider had accepted in the last
moment, before it was written down, goes twice, with one Message-ID or idempotency key.
"""

import logging
import random
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from datetime import datetime, timedelta
from queue import Empty, SimpleQueue
from threading import Event

from django.db import DatabaseError, InterfaceError, connection
from django.utils import translation
from django.utils.translation import gettext as _

from municipalities.tenancy import municipality
from outbox import clock
from outbox.channels.email import EmailSender
from outbox.channels.errors import ChannelError
from outbox.channels.sms import SmsSender
from outbox.claims import LEASE, RENEWED, claim, due, renew
from outbox.letters import as_it_goes
from outbox.models import Message
from outbox.preparing import prepared
from outbox.services.attempts import give_up
from outbox.writing import write_down

logger = logging.getLogger(__name__)
BATCH = 60
NEXT_FEW = 8  # of those that go alone: about as many as there are workers, so that one of them is free
LINES = 3  # connections at once: while one waits for the server, another writes the next letter
ENOUGH = LEASE.total_seconds() / 3  # a batch that takes longer than this gives the rest back
MOST_ATTEMPTS = 200  # a provider may be away for three days: 186 tries when each pause is the shortest it can be
WRITTEN = 0.02  # seconds between two writings: what was accepted since the last one goes twice if we are killed now
DATABASE_AWAY = 90.0  # seconds to wait for a database that restarts, with answers in hand that are not written yet
State = Message.State
Senders = dict[Message.Channel, EmailSender | SmsSender]


def sweep(now: datetime | None = None, *, wake: Callable[[], None] | None = None) -> int:
    """Send everything that is due; returns how many were handed over.

    When there is more than a batch, one colleague is woken (`wake`), who wakes the next: all that are free help. It
    counts most after a kill: Celery gives the task of a worker that died to another only after ten seconds.
    """
    sent = 0
    with ExitStack() as stack:
        sms = stack.enter_context(SmsSender())
        lines: list[Senders] = [
            {Message.Channel.EMAIL: stack.enter_context(EmailSender()), Message.Channel.SMS: sms}
            for _line in range(LINES)
        ]
        while True:
            taken, waiting = 0, due(now or clock.now(), 8 * BATCH)
            if wake is not None and sum(map(len, waiting.values())) > BATCH:
                wake()
                wake = None
            for owner, ids in waiting.items():
                for start in range(0, len(ids), BATCH):
                    moment = now or clock.now()  # each claim's own: the one before may have taken longer than a lease
                    found = claim(owner, ids[start : start + BATCH], moment)
                    taken += found.touched
                    sent += deliver(owner, prepared(owner, found.ours, moment), lines, moment)
                    sent += one_by_one(owner, found.alone, lines, now)
            if not taken:  # nothing due, or other workers hold it all
                return sent


def one_by_one(owner: int, ids: Sequence[int], lines: Sequence[Senders], now: datetime | None) -> int:
    """Those over which a worker died before, each alone: as many as others leave us. Returns how many were sent."""
    sent, rest = 0, list(ids)
    while rest:
        next_few, moment = rest[:NEXT_FEW], now or clock.now()
        found = claim(owner, next_few, moment, alone=True)
        sent += deliver(owner, prepared(owner, found.ours, moment), lines, moment)
        taken = next_few.index(found.ours[0].pk) + 1 if found.ours else len(next_few)
        del rest[:taken]  # also those before it, which others have just now
    return sent


def deliver(owner: int, batch: Sequence[Message], lines: Sequence[Senders], now: datetime) -> int:
    """Hand a prepared batch over on several lines, and write down what became of each; returns how many were sent."""
    if not batch:
        return 0
    done: SimpleQueue[Message] = SimpleQueue()
    halt = Event()
    lines = lines[: len(batch)]
    with ThreadPoolExecutor(len(lines)) as pool:
        work = [
            pool.submit(hand_over, batch[n :: len(lines)], senders, now, done.put, halt.is_set)
            for n, senders in enumerate(lines)
        ]
        try:
            keep_books(owner, batch, done, work, halt, now)
        finally:
            halt.set()  # without books nothing more goes out
    for part in work:
        part.result()
    return sum(message.state == State.SENT for message in batch)


def keep_books(
    owner: int,
    batch: Sequence[Message],
    done: "SimpleQueue[Message]",
    work: Sequence["Future[None]"],
    halt: Event,
    now: datetime,
) -> None:
    """Write down each message that is done, and renew our hold on the others, until the lines have ended."""
    left = {message.pk: message for message in batch}
    renewed = time.monotonic()
    while left:
        is_over = all(part.done() for part in work)
        finished = drained(done, wait=0.0 if is_over else WRITTEN)
        if finished:
            note(owner, finished, halt, now)
            for message in finished:
                left.pop(message.pk, None)
        elif is_over:
            break
        if left and time.monotonic() - renewed > RENEWED:
            persisting(lambda: renew(owner, list(left.values()), clock.now()), halt)
            renewed = time.monotonic()


def drained(done: "SimpleQueue[Message]", wait: float) -> list[Message]:
    """What is done by now; waits a little for the first, and a little more for others to be written with it."""
    found: list[Message] = []
    try:
        found.append(done.get(timeout=wait) if wait else done.get_nowait())
        while True:
            found.append(done.get_nowait())
    except Empty:
        return found


def note(owner: int, finished: Sequence[Message], halt: Event, now: datetime) -> None:
    """Write these down; what failed goes on by the recipient's next way."""

    def write() -> None:
        with municipality(owner):
            failed = [message for message in finished if message.state == State.FAILED]
            others = [message for message in finished if message.state != State.FAILED]
            write_down(others, "state", "sent_at", "provider_id", "error", "due_at", "attempts")
            for message in failed:
                with translation.override(message.municipality.language):
                    give_up(message=message, expected=State.SENDING, words=message.error, now=now)

    persisting(write, halt)


def persisting(work: Callable[[], None], halt: Event) -> None:
    """Do this also when the database restarts just now. Meanwhile nothing more is handed over: it could not be
    written down."""
    end = time.monotonic() + DATABASE_AWAY
    while True:
        try:
            return work()
        except (DatabaseError, InterfaceError):
            if connection.in_atomic_block or time.monotonic() > end:
                raise
            halt.set()
            logger.warning("the database is away; what is in hand is written when it is back")
            connection.close()
            time.sleep(0.5)


def hand_over(
    messages: Sequence[Message],
    senders: Senders,
    now: datetime,
    tell: Callable[[Message], None],
    is_halted: Callable[[], bool],
) -> None:
    """One after another, on one line. Runs in a thread of its own and asks the database nothing."""
    away: dict[str, ChannelError] = {}  # channels that do not answer: the rest is not kept waiting for them
    began = time.monotonic()
    for message in messages:
        if is_halted() or time.monotonic() - began > ENOUGH:
            message.state = State.QUEUED  # slow today, or nobody to write it down: others take the rest
            message.attempts -= 1  # it was none
        else:
            with translation.override(message.municipality.language):
                hand_one_over(message, senders, now, away)
            if message.state == State.SENT:
                message.sent_at = now + timedelta(seconds=time.monotonic() - began)
        tell(message)


def hand_one_over(message: Message, senders: Senders, now: datetime, away: dict[str, ChannelError]) -> None:
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
        message.state, message.error = State.SENT, ""


def put_off(message: Message, error: ChannelError, now: datetime) -> None:
    """Try later, ever more seldom; give up when it is refused for good or after so many attempts."""
    if error.permanent or message.attempts >= MOST_ATTEMPTS:
        message.state, message.error = State.FAILED, error.words[:300]
        return
    seconds = min(15 * 2 ** min(message.attempts, 8), 1800)
    message.state, message.error = State.QUEUED, error.words[:300]
    message.due_at = now + timedelta(seconds=seconds * random.uniform(0.8, 1.2))  # noqa: S311 - jitter, no secret
    if message.useful_until is not None:
        message.due_at = min(message.due_at, message.useful_until)  # then it is told as failed, not half an hour later
