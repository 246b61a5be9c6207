"""What each recipient of staff's own message will get, and what it costs, before anything is sent."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils import timezone

from accounts.models import User
from families.languages import LETTER_LANGUAGES
from families.models import Channel, Family, Person
from messaging.audience import Audience, audience_of
from messaging.letters import write
from messaging.models import OWN
from messaging.rules.telling_words import telling_words
from municipalities.models import Municipality
from outbox.catalogue import letter_language
from outbox.queries import quiet_of
from outbox.rules.sms import parts
from outbox.wordings import Wordings, read_wordings
from sessions_log.views.invitations import Letter


@dataclass(frozen=True)
class Preview:
    """The letters by family, and what to think of before they go."""

    audience: Audience
    letters: list[tuple[Family, Letter]]
    telling: list[str]
    sms_price_ore: int
    goes_at: datetime
    now: datetime

    @property
    def texts(self) -> list[Letter]:
        return [letter for _family, letter in self.letters if letter.parts]

    @property
    def mails(self) -> list[Letter]:
        return [letter for _family, letter in self.letters if not letter.parts]

    @property
    def parts(self) -> int:
        return sum(letter.parts.parts for letter in self.texts if letter.parts)

    @property
    def price(self) -> Decimal:
        """In kroner: each part costs."""
        return Decimal(self.parts * self.sms_price_ore) / 100

    @property
    def unchecked(self) -> list[str]:
        return sorted({str(LETTER_LANGUAGES[each.language]) for _f, each in self.letters if not each.is_checked})


def letter_to(words: str, person: Person, channel: str, host: User, said: Wordings) -> Letter:
    """What one adult gets, as she gets it."""
    language = letter_language(person.language)
    text = write(words, person, host, said)
    return Letter(
        person=person,
        text=text,
        language=language,
        wished=person.language,
        norwegian="",  # the frame says who writes and how to reach her; the words are hers
        parts=parts(text.sms) if channel == Channel.SMS else None,
        is_checked=said.is_checked(OWN, language),
    )


def preview_of(words: str, families: Iterable[Family], host: User, town: Municipality) -> Preview:
    """Four queries, whatever the number of families."""
    chosen = list(families)
    audience = audience_of(chosen)
    said = read_wordings(OWN)
    now = timezone.now()
    children = Person.objects.filter(family__in=chosen, kind="child").values_list("name", flat=True)
    names = [*(word for family in chosen for word in family.name.split()), *children]
    return Preview(
        audience=audience,
        letters=[(to.person.family, letter_to(words, to.person, to.channel, host, said)) for to in audience.written_to],
        telling=telling_words(words, names),
        sms_price_ore=town.sms_price_ore,
        goes_at=quiet_of(town).next_allowed(now),
        now=now,
    )
