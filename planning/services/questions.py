"""Asking SOS-barnebyer."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from audit.services import record
from outbox.models import Message
from outbox.services import retry
from planning.letters import send_question
from planning.models import Round
from planning.rules.questions import Topic


class NobodyToAsk(Exception):
    """The round has no address of a contact at SOS-barnebyer."""


@transaction.atomic
def ask_sos(*, round: Round, topic: Topic, question: str, by: User, now: datetime) -> Message:
    """Send a question to the round's contact at SOS-barnebyer; the answer goes to whoever asks. Raises NobodyToAsk."""
    if not round.contact_email:
        raise NobodyToAsk
    message = send_question(round=round, topic=topic, question=question.strip(), by=by, now=now)
    if message.state == Message.State.FAILED:  # asked once more: it is tried once more
        retry(message=message, now=now)
    record("ask_sos", by=by, municipality=round.municipality_id, round=round.pk, message=message.pk)
    return message
