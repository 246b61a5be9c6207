"""What a coordinator does about a text that waited for her."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from answers.models import IncomingText
from audit.services import record
from outbox.rules.answers import Meaning
from sessions_log.letters import about
from sessions_log.models import Reply


class SettledAlready(Exception):
    """A colleague was first."""


@transaction.atomic
def settle_text(*, incoming: IncomingText, outcome: str, by: User, now: datetime) -> None:
    """She has taken care of it. Raises SettledAlready."""
    waits = IncomingText.objects.filter(pk=incoming.pk, settled_at__isnull=True)
    if not waits.update(settled_at=now, settled_by=by, outcome=outcome):
        raise SettledAlready
    record("settle_text", by=by, municipality=incoming.municipality_id, text=incoming.pk)


def settle_what_was_answered(reply: Reply, by: User, moment: datetime) -> None:
    """The answer is noted by hand: what the family wrote about that gathering has been read. A STOP has not."""
    IncomingText.objects.waiting().filter(
        person__family=reply.family_id, message__about=about(reply.gathering), received_at__lte=moment
    ).exclude(meaning=Meaning.STOP).order_by().update(
        settled_at=moment, settled_by=by, outcome=IncomingText.Outcome.REPLY
    )
