"""The adults of a row: in a column each, or several in one."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

BETWEEN = re.compile(r"\s*(?:[,;/&+\n،؛]|\bog\b|\band\b)\s*", re.I)
ROLE = re.compile(
    r"\(?\b(mor|far|mother|father|mamma|pappa|mum|dad|foresatt|føresett|forelder|stemor|stefar|bestemor|bestefar)\b\)?:?",
    re.I,
)


@dataclass
class Adult:
    """An adult as the row tells of her, while it is being read."""

    name: str = ""
    phone: str = ""
    email: str = ""


def split_adults(text: str) -> list[str]:
    """«Kari og Ola Hansen» are two, with the name they share; one name in two scripts is one."""
    pieces = [piece for piece in BETWEEN.split(ROLE.sub(" ", text)) if piece.strip()]
    if len(pieces) == 2 and script(pieces[0]) != script(pieces[1]):
        return [without_role(text)]
    names = [re.sub(r"\s+", " ", piece).strip() for piece in pieces]
    if len(names) > 1 and len(names[-1].split()) > 1:
        shared = names[-1].split()[-1]
        names = [name if len(name.split()) > 1 else f"{name} {shared}" for name in names]
    return names


def without_role(text: str) -> str:
    """«Kari Hansen (mor)» is called Kari Hansen."""
    return re.sub(r"\s+", " ", ROLE.sub(" ", text)).strip(" -–,:")


def script(text: str) -> str:
    """LATIN, ARABIC, CYRILLIC …, by its first letter."""
    letter = next((letter for letter in text if letter.isalpha()), "a")
    return unicodedata.name(letter, "LATIN").split()[0]


def surname_of(adults: Sequence[Adult]) -> str:
    """What the family is called when no column says so."""
    for adult in adults:
        latin = [word for word in adult.name.split() if script(word) == "LATIN" and word[:1].isalpha()]
        if latin:
            return latin[-1]
        if adult.name:
            return adult.name.split()[-1]
    return ""
