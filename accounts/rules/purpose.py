"""The letter that states why a police certificate is asked for («formålsbekreftelse»): its words, by version.

The police issue a certificate only when such a letter says what it is for, and which law allows asking. Words and names
of laws are to be confirmed by the municipality's own lawyer. A version in use is never changed: put a new one into
`VERSIONS` and move `CURRENT`. A letter is always written with the version that it was asked with.
"""

from dataclasses import dataclass

from accounts.rules.purpose_2026_1 import WORDS

CURRENT = "2026-1"
VERSIONS = {"2026-1": WORDS}
LANGUAGES = ("nb", "nn", "en")


@dataclass(frozen=True)
class Words:
    """One version in one language. `ground["other"]` is empty: the municipality writes its own in the settings."""

    title: str
    confirms: str
    labels: dict[str, str]
    roles: dict[str, str]
    tasks: dict[str, str]
    grounds: dict[str, str]
    paragraphs: tuple[str, ...]
    signed: str
    titles: dict[str, str]
    page: str


def words_of(version: str, language: str) -> Words:
    """Raises KeyError for a version that was never in use; bokmål for a language we do not write in."""
    by_language = VERSIONS[version]
    return Words(**by_language.get(language, by_language["nb"]))
