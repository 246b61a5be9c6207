"""The last question before a message goes: is it still wanted, may it go now, what does it say?"""

import logging
from collections.abc import Sequence
from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from municipalities.tenancy import municipality
from outbox.letters import kind_of
from outbox.models import Message
from outbox.rules.quiet_hours import next_allowed
from outbox.services.messages import said_by
from outbox.writing import write_down

logger = logging.getLogger(__name__)
CRASHES_TOLERATED = 3
State = Message.State


def prepared(owner: int, batch: Sequence[Message], now: datetime) -> list[Message]:
    """Those of a claimed batch that are to be handed over now, with their words; the others are written down."""
    with municipality(owner):
        ready = [message for message in batch if prepare(message, now)]
        write_down(
            batch,
            *("state", "attempts", "due_at", "error"),
            *("subject", "body", "sms", "calendar", "is_rendered", "channel", "address"),
        )
    return ready


def prepare(message: Message, now: datetime) -> bool:
    """Decide about one claimed message; True when it is to be handed over now."""
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
    message.attempts += 1
    return True


def fail(message: Message, words: str) -> None:
    """It will not arrive: say why, and tell whoever must know."""
    message.state, message.error = State.FAILED, words[:300]
    kind_of(message).on_failed(message)
