"""Phones and e-mails in a cell. Words may stand beside a number; letters never stand for digits."""

import re
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from web.phones import NotAPhoneNumber, read_phone

NONE = re.compile(
    r"^(ingen|inga|har ikke|har ikkje|mangler|manglar|ukjent|ukjend|none|no|nei|n/?a|unknown|missing)( \w+)?\.?$", re.I
)
EMAIL = re.compile(r"(?:mailto:)?([^\s<>,;()]*@[^\s<>,;()]*)", re.I)
LABEL = re.compile(r"^(?P<label>[^\W\d_]{2,}[^\d+(]*?)(?:[:.]\s*|\s+)(?=[+(\d])")
NUMBER = re.compile(r"^(?P<number>[+(]?\d[\d\s().\-/]*\d)\)?(?P<rest>.*)$", re.S)
# Whose it is, or what is wrong with it: a child's phone gets no messages, nor does a neighbour's or an old one.
NOT_THEIRS = re.compile(
    r"\b(barn\w*|born\w*|sønn\w*|son|sons|datter\w*|dotter\w*|child\w*|daughter\w*|kid\w*|ungdom\w*|søster\w*|syster\w*"
    r"|bror\w*|brother\w*|sister\w*|nabo\w*|neighbou?r\w*|venn\w*|ven|friend\w*|tolk\w*|interpreter|lærer\w*|teacher"
    r"|kontakt\w*|saksbehandler|helsesykepleier|onkel|tante|uncle|aunt|bestemor|bestefar|svigermor|cousin|fetter|kusine"
    r"|ikke|ikkje|aldri|not|never|don.?t|gam(me|a)l\w*|utgått|feil|old|wrong|sperret|sperra|avsluttet|virker|\?)(?!\w)",
    re.I,
)
BETWEEN = re.compile(r"[,;/&\n،؛]|\bog\b|\beller\b|\band\b|\bor\b", re.I)


@dataclass
class Contacts:
    """What a cell holds; `unread_*` when something else stood there too."""

    phones: list[str] = field(default_factory=list)
    emails: list[str] = field(default_factory=list)
    unread_phone: bool = False
    unread_email: bool = False


def read_contacts(text: str, *, is_email: bool = False) -> Contacts:
    """Everything in the cell that a family can be reached by."""
    found = Contacts()
    for match in EMAIL.finditer(text):
        email = match[1].strip(".").lower()
        try:
            validate_email(email)
        except ValidationError:
            found.unread_email = True
        else:
            found.emails.append(email)
    rest = EMAIL.sub(" ", text).strip(" ,;/<>()\n")
    if not rest or NONE.match(rest):
        return found
    if is_email and len(re.findall(r"\d", rest)) < 5:
        # Words beside an address («jobb») say nothing; words instead of one are a question.
        found.unread_email = found.unread_email or not found.emails
        return found
    if found.emails and not re.search(r"\d", rest):
        return found
    found.phones, found.unread_phone = phones_in(rest)
    return found


def phones_in(text: str) -> tuple[list[str], bool]:
    """The numbers, and whether something could not be read."""
    if number := one_phone(text):
        return [number], False
    pieces = [piece.strip() for piece in BETWEEN.split(text) if piece.strip()]
    numbers = [one_phone(piece) for piece in pieces]
    return list(dict.fromkeys(number for number in numbers if number)), not all(numbers)


def one_phone(text: str) -> str:
    """The number, "" when it is not certain. «400 00 008 (mor)» and «mob: 400 00 008» are."""
    text = re.sub(r"^[^\w+(]+", "", text.strip())
    if NOT_THEIRS.search(text):
        return ""
    label = LABEL.match(text)
    if label:
        if only_lookalikes(label["label"]):
            return ""
        text = text[label.end() :]
    match = NUMBER.match(text)
    if match is None:
        return ""
    rest = match["rest"].rstrip(" .,")
    boundary = text[match.start("rest") - 1 : match.start("rest")] + rest[:1]
    # A letter grown onto the digits may be a digit misread.
    if rest and not re.search(r"[\s(),;:\[–]", boundary):
        return ""
    if rest.strip() and (
        only_lookalikes(rest) or not re.match(r"[\s(),;:\[–\-]*[^\W\d_]{2}", rest) or digits(rest) > 4
    ):
        return ""
    try:
        return read_phone(match["number"])
    except NotAPhoneNumber:
        return ""


def digits(text: str) -> int:
    return len(re.findall(r"\d", text))


def only_lookalikes(text: str) -> bool:
    """Only letters that are taken for 0 and 1, and perhaps digits: «OO1»."""
    letters = set(re.sub(r"[\W\d_]", "", text.casefold()))
    return bool(letters) and letters <= set("oilı")
