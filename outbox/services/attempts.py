"""What happens when a channel is of no use: a call instead."""

from datetime import datetime

from django.db import transaction

from outbox.models import Message

State, Channel = Message.State, Message.Channel


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
