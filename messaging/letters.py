"""Staff's own message: when it is still wanted, and how it reaches people."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from accounts.models import User
from families.models import Person
from messaging.models import OWN
from outbox.catalogue import Facts
from outbox.letters import LetterKind, Way
from outbox.models import Message
from outbox.texts import Text
from outbox.wordings import Wordings
from sessions_log.letters import person_of, ways_to
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


def why_not(message: Message) -> str:
    """Asked again at the last moment: why it must not go; "" when it may."""
    person = person_of(message)
    gone = person is None or person.left_on or (message.channel != Message.Channel.CALL and not person.receives)
    return _("The recipient gets no messages any more.") if gone else ""


def reach(message: Message) -> Sequence[Way]:
    """How the adult is reached now: a number mended since the promise counts."""
    person = person_of(message)
    return ways_to(person) if person else []


LETTERS = [LetterKind(OWN, still_wanted=why_not, reach=reach)]
