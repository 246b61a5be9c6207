"""Protected addresses. Kode 6 is stopped before anything of the row is read further."""

import re
from collections.abc import Sequence

from families.importing.columns import Column
from families.importing.texts import plain, text_of
from families.importing.workbook import Value

CODE = r"\b\w*(?<!post)(kode|koden|code|gradering|gradert|grad|nivå|level|sperr\w*) ?(nr|nummer|no|number|er|is)? ?"
STRICT = re.compile(
    CODE + r"(6|seks|six)\b|\b6 ?(er )?(kode|code|gradering|sperre)\b"
    r"|\bstren\w+ (fortrol|fortruleg|hemmel)|\bstrictly (confidential|protected|secret)|\bspsf\b",
    re.I,
)
# «K6» names the code too, but in an address it may be a flat.
SHORT = re.compile(r"\bk ?6\b", re.I)
PLACES = frozenset({"address", "postcode", "place"})
CONFIDENTIAL = re.compile(
    CODE + r"(7|sju|syv|seven)\b|\bspfo\b|\bfort(rol|ruleg)\w* adr|\bconfidential addr|\bk ?7\b", re.I
)
HINT = re.compile(
    r"\bskjerm(et|a)\b|hemmel(ig|eg) (adr|bosted|bustad|telefon|tlf|nummer|nr)|adressesperr|sperret? adr|sperra adr"
    r"|adresse\w* (er )?(sperr|skjerm|hemmel|beskytt)|adressebeskytt|beskyttet adr|trusselutsatt|voldsalarm"
    r"|secret address|protected address|hidden address"
    r"|address (is )?(protected|secret|hidden)",
    re.I,
)
OPEN = re.compile(r"^(nei|no|ingen|inga|ugradert|none|0|usann)\b", re.I)


def names_protection(text: str) -> bool:
    """Whether the text says that an address is protected; that is kept as a mark, never as words."""
    said = plain(text)
    return bool(CONFIDENTIAL.search(said) or HINT.search(said))


def words(value: Value) -> str:
    return plain(text_of(value))


def whole(values: Sequence[Value]) -> str:
    """The row as one text; no word reaches from one cell into the next."""
    return " | ".join(plain(str(value)) for value in values if isinstance(value, str))


def is_strict(title: str, columns: Sequence[Column], values: Sequence[Value]) -> bool:
    """Whether anything in the row, or the sheet's own name, says kode 6."""
    if STRICT.search(whole(values)) or STRICT.search(plain(title)) or SHORT.search(plain(title)):
        return True
    places = {column.position for column in columns if column.field in PLACES}
    short = [(SHORT.fullmatch if place in places else SHORT.search)(words(each)) for place, each in enumerate(values)]
    if any(short):
        return True
    return any(re.match(r"^(6|vi\b|seks|six|streng)", text) for text in protection_texts(columns, values))


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
