"""The last question before a message goes: is it still wanted, may it go now, what does it say?"""

import logging
from collections.abc import Sequence
from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from municipalities.tenancy import municipality
from outbox.clock import deciding_at
from outbox.letters import kind_of, next_way
from outbox.models import Message
from outbox.queries import quiet_of
from outbox.rules.quiet_hours import Quiet
from outbox.services.attempts import fail, fail_too_late, take
from outbox.services.messages import said_by
from outbox.writing import write_down

logger = logging.getLogger(__name__)
CRASHES_TOLERATED = 3
State = Message.State


def prepared(owner: int, batch: Sequence[Message], now: datetime) -> list[Message]:
    """Those of a claimed batch that are to be handed over now, with their words; the others are written down."""
    if not batch:
        return []
    with municipality(owner):
        quiet = quiet_of(batch[0].municipality)
        with deciding_at(now):
            ready = [message for message in batch if prepare(message, now, quiet)]
        write_down(
            batch,
            *("state", "attempts", "due_at", "error"),
            *("subject", "body", "sms", "calendar", "is_rendered", "channel", "address"),
        )
    return ready


def prepare(message: Message, now: datetime, quiet: Quiet) -> bool:
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
            later = now if message.passes_quiet_hours else quiet.when_useful(now, message.useful_until)
            if message.useful_until is not None and message.useful_until <= later:
                fail_too_late(message)  # at once: there is still time to call
                return False
            if later > now:
                message.state, message.due_at = State.QUEUED, later
                return False
            way = next_way(message)
            if way is None:
                fail(message, _("There is no way to reach the recipient."))
                return False
            take(message, way)
            if message.channel == Message.Channel.CALL:
                return False
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
