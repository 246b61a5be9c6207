"""The languages families speak and read (names in `web.languages`), and those in which letters are written."""

from web.languages import LETTER_LANGUAGES, SPOKEN_LANGUAGES

__all__ = ["LETTER_LANGUAGES", "SPOKEN_LANGUAGES"]
