"""The languages of letters: their catalogues, who has read them, and the days and hours they say."""

from datetime import datetime
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

from babel.dates import format_date
from django.conf import settings

from outbox.rules.quiet_hours import OSLO
from web.languages import LETTER_LANGUAGES, RIGHT_TO_LEFT

LANGUAGES = tuple(LETTER_LANGUAGES)
# Languages in which a native speaker has read our words. The rest are drafts, and carry a mark for staff until somebody
# signs them off.
CHECKED = frozenset({"nb", "nn", "en"})
# As each says a day, in the Gregorian calendar of Norwegian notices and with the digits on Norwegian signs.
DAY_PATTERNS = {
    "nb": "EEEE d. MMMM",
    "nn": "EEEE d. MMMM",
    "en": "EEEE d MMMM",
    "ar": "EEEE، d MMMM",
    "uk": "EEEE, d MMMM",
    "ti": "EEEE፣ d MMMM",
    "so": "EEEE, d MMMM",
    "fa_AF": "EEEE، d MMMM",
    "ps": "EEEE، د MMMM d",
    "pl": "EEEE, d MMMM",
    "tr": "d MMMM EEEE",
    "kmr": "EEEE, d'ê' MMMM'ê'",
}


def letter_language(wished: str) -> str:
    """The language a letter is written in: the wished one when there are letters in it, else bokmål."""
    return wished if wished in LETTER_LANGUAGES else "nb"


@cache
def translations(language: str) -> NullTranslations:
    """The catalogue of one language; English is the source."""
    compiled = Path(settings.BASE_DIR) / "locale" / "letters" / language / "LC_MESSAGES" / "letters.mo"
    if language == "en":
        return NullTranslations()
    with compiled.open("rb") as file:
        return GNUTranslations(file)


def is_checked(language: str) -> bool:
    """Whether a native speaker has read our words in this language."""
    return letter_language(language) in CHECKED


def day_of(moment: datetime, language: str) -> str:
    """«torsdag 26. november», by Babel."""
    return format_date(moment.astimezone(OSLO), DAY_PATTERNS[language], locale=language)


def clock_of(moment: datetime, language: str) -> str:
    local = moment.astimezone(OSLO)
    return f"{local:%H}.{local:%M}" if language in {"nb", "nn"} else f"{local:%H}:{local:%M}"


def isolated(text: str, language: str) -> str:
    """Times, phone numbers and addresses keep their own direction in a text that runs from the right."""
    return f"\u2066{text}\u2069" if text and language in RIGHT_TO_LEFT else text


def as_written(text: str, language: str) -> str:
    """What the coordinator wrote keeps the direction of its own first letter there, each line by itself."""
    if language not in RIGHT_TO_LEFT:
        return text
    return "\n".join(f"\u2068{line}\u2069" if line.strip() else line for line in text.split("\n"))
