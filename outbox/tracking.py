"""What a mail service tells of a mail afterwards, as Anymail hands it on: the same receipt, whichever service it is."""

from typing import Any

from django.utils import timezone

from outbox.rules.receipts import Outcome, Receipt
from outbox.services.receipts import UnknownMessage, note_receipt

OUTCOMES = {"delivered": Outcome.DELIVERED, "bounced": Outcome.FAILED, "rejected": Outcome.FAILED}
OUTCOMES |= {"failed": Outcome.FAILED}


def note_tracking(sender: object, *, event: Any, **_rest: object) -> None:
    """Note one event. A mail that is not ours, and news that changes nothing, are let be: the service tells of all."""
    outcome = OUTCOMES.get(event.event_type, Outcome.OTHER)
    if outcome == Outcome.OTHER or not event.message_id:
        return
    receipt = Receipt(str(event.message_id), outcome, str(event.reject_reason or ""))
    try:
        note_receipt(receipt=receipt, now=timezone.now())
    except UnknownMessage:
        return
