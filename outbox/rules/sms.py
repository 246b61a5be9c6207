"""How many parts a text message takes, counted as the networks count (3GPP TS 23.038)."""

import re
from dataclasses import dataclass

BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENSION = frozenset("^{}\\[~]|€\f")  # two septets each: an escape goes before them
LINK = re.compile(r"(https?://[^\s\u2066-\u2069]+)")


@dataclass(frozen=True)
class Parts:
    """`characters` in the units that are counted: septets, or 16-bit units for other alphabets."""

    encoding: str
    characters: int
    parts: int
    room: int


def parts(text: str) -> Parts:
    """Count the parts of a message. An escape or a surrogate pair is never split between two parts."""
    if all(letter in BASIC or letter in EXTENSION for letter in text):
        return fill("GSM-7", [size(letter, "GSM-7") for letter in text], alone=160, joined=153)
    return fill("UCS-2", [size(letter, "UCS-2") for letter in text], alone=70, joined=67)


def size(letter: str, encoding: str) -> int:
    """What one letter takes, in the units that are counted."""
    return 2 if (letter in EXTENSION if encoding == "GSM-7" else ord(letter) > 0xFFFF) else 1


def fill(encoding: str, sizes: list[int], *, alone: int, joined: int) -> Parts:
    """Lay letters of these sizes into parts with room for so many units."""
    total = sum(sizes)
    if total <= alone:
        return Parts(encoding, total, 1, alone)
    count, used = 1, 0
    for size in sizes:
        if used + size > joined:
            count, used = count + 1, 0
        used += size
    return Parts(encoding, total, count, joined)


def whole_links(text: str) -> str:
    """The same text, with blanks before an address that would else be split between two parts.

    An address longer than a part cannot be whole, and stays as it is.
    """
    counted = parts(text)
    if counted.parts == 1:
        return text
    laid, used = [], 0
    for n, piece in enumerate(LINK.split(text)):  # every second piece is an address
        sizes = [size(letter, counted.encoding) for letter in piece]
        total = sum(sizes)
        if n % 2 and used + total > counted.room >= total:
            laid.append(" " * (counted.room - used))
            used = 0
        for each in sizes:
            used = each if used + each > counted.room else used + each
        laid.append(piece)
    return "".join(laid)
