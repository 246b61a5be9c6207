"""A cell as text: what is shown, what is compared."""

import re
import unicodedata
from datetime import date, datetime

from families.importing.workbook import Formula, Value

KEPT = "\n\t\u200c\u200d"
# «=1+1», «@SUM(1)», «+cmd|…», «-2+3+Ark2!A1»; not «+47 400 00 051 (mor)» and not «- liker fotball!».
FORMULA = re.compile(
    r"[=@\uff1d\uff20]|[+\-\uff0b\uff0d]\s*(?:[a-z]+\(|\S*\||\d+\s*[+*^]|.*![a-z]{1,3}\$?\d)", re.I | re.S
)
NOTHING = re.compile(r"^[\s\-–—_.*/?]*$")


def text_of(value: Value) -> str:
    """The cell as one line of plain text; dashes and dots alone are nothing, whole numbers have no decimals."""
    if value is None or isinstance(value, Formula):
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nei"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, datetime | date):
        return f"{value:%d.%m.%Y}"
    text = unicodedata.normalize("NFC", str(value))
    # Line breaks part children and adults. Other control characters go; joiners belong to Persian and Kurdish spelling.
    if not text.isprintable():
        text = "".join(letter for letter in text if letter in KEPT or not unicodedata.category(letter).startswith("C"))
    text = re.sub(r"[^\S\n]+", " ", text).strip()
    return "" if NOTHING.match(text) else text


def looks_like_formula(text: str) -> bool:
    """Text that a spreadsheet program would run if it were written out again."""
    return bool(FORMULA.match(text))


def folded(text: str) -> str:
    """For comparing names: no case, no accents, no punctuation, and spellings that vary made alike."""
    bare = "".join(
        letter for letter in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(letter)
    )
    for found, made in (
        ("æ", "ae"),
        ("ø", "o"),
        ("aa", "a"),
        ("ı", "i"),
        ("ph", "f"),
        ("y", "i"),
        ("j", "i"),
        ("w", "v"),
        ("ck", "k"),
    ):
        bare = bare.replace(found, made)
    return re.sub(r"(.)\1+", r"\1", re.sub(r"[\W_]+", " ", bare).strip())


def plain(text: str) -> str:
    """Lower case, only letters and digits: for words in headings and remarks."""
    return re.sub(r"[\W_]+", " ", text.casefold()).strip()
