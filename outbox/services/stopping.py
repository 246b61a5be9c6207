"""Taking back, by hand, what was going to be sent."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from audit.services import record
from municipalities.models import Municipality
from outbox.models import Message

if TYPE_CHECKING:
    from accounts.models import User


@transaction.atomic
def stop_messages(*, messages: Iterable[Message], municipality: Municipality, by: "User") -> int:
    """Stop those that have not gone; returns how many. One that is being sent this moment goes.

    Nothing that happens by itself brings them out again: a yes after a no does not, nor does the sweep.
    """
    waiting = Message.objects.select_for_update().filter(
        pk__in=[message.pk for message in messages], state=Message.State.QUEUED
    )
    stopped = list(waiting.values_list("pk", flat=True))
    Message.objects.filter(pk__in=stopped).update(
        state=Message.State.CANCELLED,
        stopped_by=by,
        error=_("Stopped by %(name)s.") % {"name": by.name},
    )
    for pk in stopped:
        record("stop_message", by=by, municipality=municipality, message=pk)
    return len(stopped)
