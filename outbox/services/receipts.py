"""A provider's word on a message that it was given."""

from datetime import datetime

from django.db import connection, transaction
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from municipalities.tenancy import municipality
from outbox.models import Message
from outbox.rules.receipts import Outcome, Receipt
from outbox.services.attempts import give_up

State = Message.State


class UnknownMessage(LookupError):
    """No message bears this id; or two do, and they cannot be told apart."""


def whose(provider_id: str) -> tuple[int, int]:
    """Municipality and message of a provider's id: all that is told across municipalities. Raises UnknownMessage."""
    with connection.cursor() as cursor:
        cursor.execute("select municipality_id, id from outbox_by_provider_id(%s)", [provider_id[:120]])
        found = cursor.fetchall()
    if len(found) != 1:
        raise UnknownMessage
    [(owner, pk)] = found
    return owner, pk


@transaction.atomic
def note_receipt(*, receipt: Receipt, now: datetime) -> None:
    """Note what became of a message. It only moves on: sent → failed → delivered, whatever comes late or twice.

    A failure after it was sent opens the recipient's next way. The id of an attempt that was given up is nobody's any
    more. Raises UnknownMessage.
    """
    owner, pk = whose(receipt.provider_id)
    with municipality(owner):
        if receipt.outcome == Outcome.DELIVERED:
            arrived = Message.objects.filter(pk=pk, provider_id=receipt.provider_id[:120], sent_at__isnull=False)
            arrived.filter(Q(state=State.SENT) | Q(state=State.FAILED)).update(
                state=State.DELIVERED, delivered_at=now, error=""
            )
        elif receipt.outcome == Outcome.FAILED:
            message = Message.objects.select_related("municipality").get(pk=pk)
            with translation.override(message.municipality.language):
                give_up(message=message, expected=State.SENT, words=why(receipt), now=now)


def why(receipt: Receipt) -> str:
    """In plain words; the provider's own after them."""
    words = _("It was sent, but did not arrive.")
    return f"{words} ({receipt.reason[:120]})" if receipt.reason else words
