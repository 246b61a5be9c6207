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


def is_strict(title: str, columns: Sequence[Column], values: Sequence[Value]) -> bool:
    """Whether anything in the row, or the sheet's own name, says kode 6."""
    if STRICT.search(plain(title)) or any(STRICT.search(words(value)) for value in values):
        return True
    return any(re.match(r"^(6|seks|six|streng)", text) for text in protection_texts(columns, values))


def unclear_protection(columns: Sequence[Column], values: Sequence[Value]) -> str | None:
    """None when nothing is protected; "" when it is kode 7; the column's heading when it does not say how strictly."""
    if any(CONFIDENTIAL.search(words(value)) for value in values):
        return ""
    for text in protection_texts(columns, values):
        if re.match(r"^(7|sju|syv|seven|fortrol|confidential)", text):
            return ""
        if text and not OPEN.match(text):
            return next(column.heading for column in columns if column.field == "protection")
    for column in columns:
        value = values[column.position] if column.position < len(values) else None
        if HINT.search(words(value)):
            return column.heading or "?"
    return None


def protection_texts(columns: Sequence[Column], values: Sequence[Value]) -> list[str]:
    return [
        words(values[column.position])
        for column in columns
        if column.field == "protection" and column.position < len(values)
    ]
