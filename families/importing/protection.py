"""Protected addresses. Kode 6 is stopped before anything of the row is read further."""

import re
from collections.abc import Sequence

from families.importing.columns import Column
from families.importing.texts import plain, text_of
from families.importing.workbook import Value

STRICT = re.compile(
    r"\b(kode|code|gradering|grad|nivå|level) ?(6|seks|six)\b|\bstrengt? fortrol|\bstrengt fortruleg"
    r"|\bstrictly confidential|\bspsf\b",
    re.I,
)
CONFIDENTIAL = re.compile(
    r"\b(kode|code|gradering|grad|nivå|level) ?(7|sju|syv|seven)\b|\bspfo\b|\bfortrol\w* adr|\bconfidential addr", re.I
)
HINT = re.compile(
    r"\bskjerm(et|a)\b|hemm?ele?g adr|hemmelig adr|hemmelig bosted|adressesperr|sperret? adr|sperra adr"
    r"|secret address|protected address|hidden address"
    r"|address (is )?protected",
    re.I,
)
OPEN = re.compile(r"^(nei|no|ingen|inga|ugradert|none|0|usann)\b", re.I)


def words(value: Value) -> str:
    return plain(text_of(value))


def whole(values: Sequence[Value]) -> str:
    """The row as one text; no word reaches from one cell into the next."""
    return " | ".join(plain(str(value)) for value in values if isinstance(value, str))


def is_strict(title: str, columns: Sequence[Column], values: Sequence[Value]) -> bool:
    """Whether anything in the row, or the sheet's own name, says kode 6."""
    if STRICT.search(whole(values)) or STRICT.search(plain(title)):
        return True
    return any(re.match(r"^(6|seks|six|streng)", text) for text in protection_texts(columns, values))


def unclear_protection(columns: Sequence[Column], values: Sequence[Value]) -> str | None:
    """None when nothing is protected; "" when it is kode 7; the column's heading when it does not say how strictly."""
    everything = whole(values)
    if CONFIDENTIAL.search(everything):
        return ""
    for text in protection_texts(columns, values):
        if re.match(r"^(7|sju|syv|seven|fortrol|confidential)", text):
            return ""
        if text and not OPEN.match(text):
            return next(column.heading for column in columns if column.field == "protection")
    if not HINT.search(everything):
        return None
    hinted = (column for column in columns if column.position < len(values))
    return next((column.heading for column in hinted if HINT.search(words(values[column.position]))), "?")


def protection_texts(columns: Sequence[Column], values: Sequence[Value]) -> list[str]:
    return [
        words(values[column.position])
        for column in columns
        if column.field == "protection" and column.position < len(values)
    ]
