"""Staff's own message: when it is still wanted, and how it reaches people."""

from django.utils.translation import gettext as _

from accounts.models import User
from families.models import Person
from messaging.models import OWN
from outbox.catalogue import Facts
from outbox.letters import LetterKind
from outbox.models import Message
from outbox.texts import Text
from outbox.wordings import Wordings
from web.phones import shown


def write(words: str, person: Person, host: User, said: Wordings) -> Text:
    """Her words, as this adult gets them."""
    facts = Facts(
        first_name=person.first_name,
        host=host.first_name,
        host_phone=shown(host.phone) if host.phone else "",
        words=words,
    )
    return said.render(OWN, person.language, facts)


def recipient_of(message: Message) -> Person | None:
    return Person.objects.filter(pk=message.recipient.removeprefix("person:")).select_related("family").first()


def why_not(message: Message) -> str:
    """Asked again at the last moment: why it must not go; "" when it may."""
    person = recipient_of(message)
    if person is None or person.left_on or not person.receives or not person.address_of_channel:
        return _("The recipient gets no messages any more.")
    return _("This family gets no automatic messages.") if person.family.is_protected else ""


def reach(message: Message) -> tuple[str, str] | None:
    """How the adult is reached now: a number mended since the promise counts."""
    person = recipient_of(message)
    return (person.channel, person.address_of_channel) if person else None


LETTERS = [LetterKind(OWN, still_wanted=why_not, reach=reach)]
