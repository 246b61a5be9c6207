"""A channel that somebody wants no more."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from outbox.models import Message

Channel = Message.Channel


@transaction.atomic
def reroute_text_messages(*, recipient: str, channel: str, address: str, now: datetime) -> int:
    """This recipient gets no text messages any more: those that wait go by the other channel, or become calls.

    One that is being sent this moment goes. Returns how many were moved.
    """
    waiting = list(
        Message.objects.select_for_update().filter(recipient=recipient, channel=Channel.SMS, state=Message.State.QUEUED)
    )
    why = {"channel": Channel.SMS.value, "error": _("No more text messages, they said."), "at": now.isoformat()}
    for row in waiting:
        row.tried = [*row.tried, why]
        row.channel, row.address, row.error, row.attempts = channel, address, "", 0
        row.save(update_fields=["tried", "channel", "address", "error", "attempts"])
    return len(waiting)
