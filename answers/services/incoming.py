"""A text message came in: whose it is, what it means, and what follows at once."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.utils import timezone

from answers.models import IncomingText, UnknownSender
from answers.services.meaning import note_meaning
from families.models import Person, PersonKind
from municipalities.tenancy import municipality
from outbox.models import Message
from outbox.rules.answers import read_answer
from web.identity_numbers import without_identity_numbers
from web.phones import NotAPhoneNumber, read_phone

WEEK = timedelta(days=7)
LONGEST = 1000


@dataclass(frozen=True)
class Sender:
    """Whose number it is: the municipality, and the last message to it within a week (None: no such message)."""

    municipality: int
    message: int | None


def sender_of(number: str, now: datetime) -> Sender | None:
    """Asks two definer functions: they give away ids of one row, nothing more."""
    with connection.cursor() as cursor:
        cursor.execute("select municipality_id, id from answers_last_message_to(%s, %s)", [number, now - WEEK])
        if row := cursor.fetchone():
            return Sender(row[0], row[1])
        cursor.execute("select municipality_id from answers_municipality_of(%s)", [number])
        row = cursor.fetchone()
        return Sender(row[0], None) if row else None


def take_text(*, number: str, text: str, provider_id: str, now: datetime) -> IncomingText | None:
    """Take a text that the gateway tells of; None when it was told before, or nobody here has the number.

    Of an unknown number only the day's count is kept.
    """
    try:
        number = read_phone(number)
    except NotAPhoneNumber:
        drop(now)
        return None
    sender = sender_of(number, now)
    if sender is None:
        drop(now)
        return None
    with municipality(sender.municipality):
        person, message = person_with(number, sender)
        if person is None:
            drop(now)
            return None
        try:
            with transaction.atomic():
                row = IncomingText.objects.create(
                    municipality_id=sender.municipality,
                    provider_id=provider_id,
                    person=person,
                    message=message,
                    text=without_identity_numbers(text.replace("\x00", ""))[:LONGEST],
                    meaning=read_answer(text, person.language),
                    received_at=now,
                )
        except IntegrityError:
            return None  # the gateway told it twice
        note_meaning(incoming=row, number=number, now=now)
        return row


def person_with(number: str, sender: Sender) -> tuple[Person | None, Message | None]:
    """The adult who has this number; the one whom the last message went to, where several share it."""
    message = Message.objects.filter(pk=sender.message).first() if sender.message else None
    people = list(
        Person.objects.filter(
            phone=number, kind=PersonKind.ADULT, left_on__isnull=True, family__merged_into__isnull=True
        )
        .select_related("family")
        .order_by("-receives", "position", "-pk")
    )
    addressed = next((each for each in people if message and message.recipient == f"person:{each.pk}"), None)
    if addressed is not None:
        return addressed, message
    return (people[0] if people else None), None


def drop(now: datetime) -> None:
    """Count a text from nobody we know. It may be anybody's: nothing of it is kept."""
    day = timezone.localdate(now)
    UnknownSender.objects.get_or_create(day=day)
    UnknownSender.objects.filter(day=day).update(texts=F("texts") + 1)
