"""The last text message: that there will be no more, and what remains."""

from datetime import datetime

from answers.models import IncomingText
from families.models import Channel, Family, Person
from groups.models import GroupCoordinator
from outbox.catalogue import Facts, letter_language
from outbox.letters import LetterKind
from outbox.models import Message
from outbox.services import enqueue
from outbox.wordings import wordings
from web.phones import shown

STOPPED, STOPPED_MAIL = "stopped", "stopped_mail"
LETTERS = [LetterKind(STOPPED), LetterKind(STOPPED_MAIL)]


def host_of(family: Family) -> tuple[str, str]:
    """The first name and phone of the one who follows the family's group; SAMMEN when nobody does yet."""
    held = (
        GroupCoordinator.objects.current()
        .filter(group__memberships__family=family, group__memberships__to__isnull=True)
        .select_related("user")
        .order_by("-is_primary", "since", "pk")
        .first()
    )
    return (held.user.first_name, shown(held.user.phone) if held.user.phone else "") if held else ("SAMMEN", "")


def promise_stopped(*, incoming: IncomingText, person: Person, number: str, now: datetime) -> None:
    """Said once for each STOP, at any hour: she wrote this moment."""
    host, phone = host_of(person.family)
    language = letter_language(person.language)
    kind = STOPPED_MAIL if person.channel == Channel.EMAIL else STOPPED
    facts = Facts(first_name=person.first_name, host=host, host_phone=phone)
    enqueue(
        key=f"{STOPPED}:{incoming.pk}:1:{person.pk}",
        kind=kind,
        channel=Message.Channel.SMS,
        address=number,
        recipient=f"person:{person.pk}",
        recipient_name=person.first_name,
        about=f"text:{incoming.pk}",
        language=language,
        due_at=now,
        text=wordings(kind).render(kind, language, facts),
        municipality=incoming.municipality,
        by=None,
        passes_quiet_hours=True,
    )
