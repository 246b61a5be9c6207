"""What families get, each in their language: a catalogue of its own, `locale/letters/`.

Plain words, one question a letter, the recipient's first name at most. What the coordinator wrote (activity,
directions, what to bring) stands as she wrote it: nothing is translated by a machine.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

from babel.dates import format_date
from django.conf import settings

from outbox.rules.quiet_hours import OSLO
from outbox.texts import Text

LANGUAGES = ("nb", "nn", "en", "uk", "ar", "ti")
# Languages whose letters a native speaker has read. The rest carry a mark for staff until somebody signs them off.
CHECKED = {"nb", "nn", "en"}
RIGHT_TO_LEFT = {"ar"}
DEAR_SIGNS = str.maketrans("–—“”«»’…", '--""""\'.')
DAY_PATTERNS = {"nb": "EEEE d. MMMM", "nn": "EEEE d. MMMM", "uk": "EEEE, d MMMM", "ar": "EEEE، d MMMM"}


@dataclass(frozen=True)
class Facts:
    """What a letter may know. No family name, no child, nobody's referral: it is not here, so it cannot leak."""

    first_name: str
    activity: str
    starts_at: datetime
    ends_at: datetime
    place: str
    address: str
    directions: str
    bring: str
    host: str
    host_phone: str


def letter_language(wished: str) -> str:
    """The language a letter is written in: the wished one when its catalogue is there, else bokmål."""
    return wished if wished in LANGUAGES else "nb"


@cache
def translations(language: str) -> NullTranslations:
    """The catalogue of one language; English is the source."""
    compiled = Path(settings.BASE_DIR) / "locale" / "letters" / language / "LC_MESSAGES" / "letters.mo"
    if language == "en":
        return NullTranslations()
    with compiled.open("rb") as file:
        return GNUTranslations(file)


def is_checked(language: str) -> bool:
    """Whether a native speaker has read the letters of this language."""
    return letter_language(language) in CHECKED


def day_of(moment: datetime, language: str) -> str:
    """«torsdag 26. november», by Babel."""
    return format_date(moment.astimezone(OSLO), DAY_PATTERNS.get(language, "EEEE d MMMM"), locale=language)


def clock_of(moment: datetime, language: str) -> str:
    local = moment.astimezone(OSLO)
    return f"{local:%H}.{local:%M}" if language in {"nb", "nn"} else f"{local:%H}:{local:%M}"


def isolated(text: str, language: str) -> str:
    """Times and phone numbers keep their own direction in a text that runs from the right."""
    return f"\u2066{text}\u2069" if text and language in RIGHT_TO_LEFT else text


def without_dear_signs(text: str) -> str:
    """A text message without the dashes and quotes that halve the room of each part."""
    return text.translate(DEAR_SIGNS)


def one_line(text: str) -> str:
    """What the coordinator wrote, as a part of one sentence of ours."""
    return " ".join(text.split()).rstrip(".")


def words_of(facts: Facts, language: str) -> dict[str, str]:
    """The facts as the letter says them."""
    clock = f"{clock_of(facts.starts_at, language)}–{clock_of(facts.ends_at, language)}"
    return {
        "name": facts.first_name,
        "activity": one_line(facts.activity),
        "day": day_of(facts.starts_at, language),
        "clock": isolated(clock, language),
        "place": ", ".join(filter(None, (one_line(facts.place), one_line(facts.address)))),
        "directions": one_line(facts.directions),
        "bring": one_line(facts.bring),
        "host": facts.host,
        "phone": isolated(facts.host_phone, language),
    }


# Each kind: the subject, then the sentences of the letter. The first after the greeting says what it is about; the
# last is what we ask, if anything. Marked for the translators' tools by the keyword N_.
def N_(text: str) -> str:
    return text


SUBJECTS = {
    "invitation": N_("Invitation: %(activity)s, %(day)s"),
    "change": N_("New time or place: %(activity)s, %(day)s"),
    "cancellation": N_("Cancelled: %(activity)s, %(day)s"),
    "reminder": N_("Reminder: %(activity)s, %(day)s"),
}
GREETING = N_("Hi %(name)s")
OPENINGS = {
    "invitation": N_("You are invited: %(activity)s."),
    "change": N_("New time or place for: %(activity)s."),
    "cancellation": N_("Cancelled: %(activity)s, %(day)s at %(clock)s."),
    "reminder": N_("We look forward to seeing you: %(activity)s."),
}
WHEN = N_("When: %(day)s at %(clock)s.")
WHERE = N_("Where: %(place)s.")
DIRECTIONS = N_("How to get there: %(directions)s.")
BRING = N_("Bring: %(bring)s.")
HOST = N_("%(host)s meets you there.")
ENDINGS = {
    "invitation": N_("Are you coming? Tell %(host)s by phone or text: %(phone)s."),
    "change": N_("Can you still come? Tell %(host)s by phone or text: %(phone)s."),
    "cancellation": N_("%(host)s will be in touch about the next time. Phone: %(phone)s."),
    "reminder": N_("If you cannot come, tell %(host)s: %(phone)s."),
}
KINDS = tuple(OPENINGS)


def messages() -> list[str]:
    """Every source string of the catalogue."""
    return [*SUBJECTS.values(), GREETING, *OPENINGS.values(), WHEN, WHERE, DIRECTIONS, BRING, HOST, *ENDINGS.values()]


def render(kind: str, language: str, facts: Facts) -> Text:
    """A letter of this kind in the language (or the one it falls back to), as a mail and as a text message."""
    language = letter_language(language)
    say = translations(language).gettext
    words = words_of(facts, language)
    sentences = [say(OPENINGS[kind])]
    if kind != "cancellation":
        sentences += [say(WHEN), say(WHERE)]
        sentences += [say(DIRECTIONS)] if words["directions"] else []
        sentences += [say(BRING)] if words["bring"] else []
        sentences += [say(HOST)] if kind == "invitation" else []
    said = [sentence % words for sentence in sentences]
    ending = say(ENDINGS[kind]) % words
    greeting = say(GREETING) % words
    return Text(
        subject=say(SUBJECTS[kind]) % words,
        body="\n\n".join([greeting, "\n".join(said), ending, f"{facts.host}\nSAMMEN"]),
        sms=without_dear_signs(" ".join([f"{greeting}.", *said, ending])),
    )
