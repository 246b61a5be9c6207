"""What staff do about one message to a family: try it again, call instead, note that they called."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from audit.services import record
from families.models import Family, Person
from outbox.models import Message
from outbox.services import retry
from outbox.services.attempts import call_instead, note_called
from sessions_log.models import CallOutcome, Gathering
from sessions_log.services.replies import note_call


class GoneAlready(Exception):
    """It went meanwhile, or a colleague was first; or nobody knows a number."""


@transaction.atomic
def try_letter_again(*, message: Message, by: User, now: datetime) -> None:
    """Send a failed message once more, with the same key: it still goes once."""
    retry(message=message, now=now)
    record("retry_message", by=by, municipality=message.municipality_id, message=message.pk)


@transaction.atomic
def call_rather_than_send(*, message: Message, person: Person, by: User, now: datetime) -> None:
    """A failed or late message becomes a call, hers to make. Raises GoneAlready."""
    if not call_instead(message=message, phone=person.phone, now=now):
        raise GoneAlready
    record("call_instead", by=by, municipality=message.municipality_id, message=message.pk)


@transaction.atomic
def end_links(*, message: Message, by: User, now: datetime) -> None:
    """Close the links that this adult has been sent about this gathering, for good: they went to somebody else.

    What has not gone yet keeps its own: it goes to the number or address of that hour. Raises GoneAlready when none is
    open.
    """
    gone = Message.objects.filter(recipient=message.recipient, about=message.about, link_ended_at__isnull=True).exclude(
        link_hash=""
    )
    if not gone.exclude(state=Message.State.QUEUED).update(link_ended_at=now):
        raise GoneAlready
    record("end_link", by=by, municipality=message.municipality_id, message=message.pk)


@transaction.atomic
def note_letter_called(*, message: Message, person: Person, outcome: str, by: User, now: datetime) -> None:
    """She called, or left word: the promise is kept. A gathering's page tells of the call, too. Raises GoneAlready."""
    talked = outcome == CallOutcome.CALLED
    if not note_called(about=message.about, recipients=[message.recipient], talked=talked, now=now):
        raise GoneAlready
    kind, _colon, number = message.about.partition(":")
    gathering = Gathering.objects.filter(pk=number).first() if kind == "gathering" else None
    if gathering is not None:
        family = Family(pk=person.family_id)
        note_call(gathering=gathering, family=family, outcome=outcome, by=by, now=now)
    record("note_called", by=by, municipality=message.municipality_id, message=message.pk, family=person.family_id)
