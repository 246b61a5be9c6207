"""How many parts a text message takes, counted as the networks count (3GPP TS 23.038)."""

from dataclasses import dataclass

BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENSION = frozenset("^{}\\[~]|€\f")  # two septets each: an escape goes before them


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
        return fill("GSM-7", [2 if letter in EXTENSION else 1 for letter in text], alone=160, joined=153)
    return fill("UCS-2", [2 if ord(letter) > 0xFFFF else 1 for letter in text], alone=70, joined=67)


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
