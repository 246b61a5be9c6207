"""What happens when a channel is of no use: the next one, at last a call, else a failure that somebody is told."""

from datetime import datetime

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from municipalities.tenancy import municipality
from outbox.letters import Way, kind_of, next_way
from outbox.models import Message
from outbox.services.messages import nudge_after_commit

State, Channel = Message.State, Message.Channel


def take(message: Message, way: Way) -> None:
    """Go on by this way; the row is not saved. A call waits for a person."""
    message.channel, message.address = way.channel, way.address
    if way.channel == Channel.CALL:
        message.state = State.QUEUED
    if way.silent:
        message.address = message.subject = message.body = message.sms = message.calendar = ""


@transaction.atomic
def give_up(*, message: Message, expected: str, words: str, now: datetime) -> None:
    """This attempt will not arrive: note why, and go on with the recipient's next way. Without one it has failed.

    `expected` is the state in which the caller saw the row; when it is another one by now nothing happens.
    """
    row = Message.objects.select_for_update().filter(pk=message.pk, state=expected).first()
    if row is None:
        return
    too_late = row.useful_until is not None and row.useful_until <= now
    unwanted = kind_of(row).still_wanted(row)
    row.tried = [*row.tried, {"channel": row.channel, "error": words[:300], "at": now.isoformat()}]
    way = None if too_late else next_way(row)
    if unwanted:  # it was overtaken while it was on its way: nobody is to call about it either
        row.state, row.error = State.CANCELLED, unwanted[:300]
    elif way is None:
        row.state, row.error = State.FAILED, words[:300]
    else:
        row.state, row.error, row.provider_id = State.QUEUED, "", ""
        row.attempts, row.crashes, row.sent_at = 0, 0, None
        row.due_at = now
        take(row, way)
    row.save()
    if row.state == State.FAILED:
        kind_of(row).on_failed(row)
    elif row.state == State.QUEUED:
        nudge_after_commit()


@transaction.atomic
def call_instead(*, message: Message, phone: str, now: datetime) -> bool:
    """Somebody calls rather than wait for it: the row becomes a call. False when it has gone, is being sent just now,
    or there is no number."""
    row = Message.objects.select_for_update().filter(pk=message.pk, state__in=[State.QUEUED, State.FAILED]).first()
    if row is None or row.channel == Channel.CALL or not phone:
        return False
    row.tried = [*row.tried, {"channel": row.channel, "error": row.error, "at": now.isoformat()}]
    row.channel, row.address, row.state, row.error, row.due_at = Channel.CALL, phone, State.QUEUED, "", now
    row.save(update_fields=["tried", "channel", "address", "state", "error", "due_at"])
    return True


@transaction.atomic
def retry(*, message: Message, now: datetime) -> None:
    """Try what failed again from the first way on, with the same key. A call that it had become is tried again too."""
    row = Message.objects.select_for_update().filter(pk=message.pk).first()
    became_call = row is not None and row.state == State.QUEUED and row.channel == Channel.CALL and row.tried
    if row is None or not (row.state == State.FAILED or became_call):
        return
    row.tried, row.state, row.error, row.provider_id, row.sent_at = [], State.QUEUED, "", "", None
    row.attempts, row.crashes, row.due_at = 0, 0, now
    way = next_way(row)
    if way is not None:
        take(row, way)
    row.save()
    nudge_after_commit()


@transaction.atomic
def reach_anew(*, recipient: str) -> int:
    """The recipient is reached in another way now: calls planned from the start go by it, where there are words for it,
    and every call keeps only what it may say.

    Returns how many are written instead. What waits for the worker asks for the ways of now by itself.
    """
    moved = 0
    for row in Message.objects.select_for_update().filter(
        recipient=recipient, channel=Channel.CALL, state=State.QUEUED
    ):
        way = next_way(row)
        if way is None or (way.channel != Channel.CALL and row.tried):
            continue
        take(row, way)
        row.save(update_fields=["channel", "address", "subject", "body", "sms", "calendar"])
        moved += way.channel != Channel.CALL
    if moved:
        nudge_after_commit()
    return moved


@transaction.atomic
def note_called(*, about: str, recipients: list[str], talked: bool, now: datetime) -> int:
    """These were called about it: calls that are due are done. Returns how many.

    Handed over when word was left, arrived when somebody `talked` with them.
    """
    calls = Message.objects.filter(
        about=about, recipient__in=recipients, channel=Channel.CALL, state=State.QUEUED, due_at__lte=now
    )
    if talked:
        return calls.update(state=State.DELIVERED, sent_at=now, delivered_at=now, error="")
    return calls.update(state=State.SENT, sent_at=now, error="")


def close_calls(*, owner: int, ids: list[int], now: datetime) -> int:
    """Calls of which nobody made a note before it was too late; they are told as failed. Returns how many."""
    with municipality(owner):
        calls = list(
            Message.objects.select_for_update(skip_locked=True, of=("self",))
            .select_related("municipality")
            .filter(pk__in=ids, channel=Channel.CALL, state=State.QUEUED, useful_until__lte=now)
        )
        for call in calls:
            with translation.override(call.municipality.language):
                fail(call, _("Nobody noted a call before the gathering."))
            call.save(update_fields=["state", "error"])
    return len(calls)


def fail(message: Message, words: str) -> None:
    """It is set aside, whatever ways are left; the row is not saved."""
    message.state, message.error = State.FAILED, words[:300]
    kind_of(message).on_failed(message)


def fail_too_late(message: Message) -> None:
    """A letter about what has begun would only confuse: it is told as failed, never dropped in silence."""
    fail(message, _("It could not be sent before the gathering."))
