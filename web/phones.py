"""Phone numbers: read as people write them, shown as they are read aloud here, and as a phone can dial them."""

import re

import phonenumbers


class NotAPhoneNumber(ValueError):
    """It cannot be read as a phone number."""


def read_phone(text: str) -> str:
    """E.164 from «400 00 001», «+47…», «0047…» or a foreign number with its country. Raises NotAPhoneNumber."""
    cleaned = text.strip()
    if re.search(r"[^\d\s+().\-/\u00a0]", cleaned):
        raise NotAPhoneNumber(text)
    try:
        number = phonenumbers.parse(re.sub(r"^00", "+", cleaned), "NO")
    except phonenumbers.NumberParseException as wrong:
        raise NotAPhoneNumber(text) from wrong
    # Possible, not valid: the series that nobody has are for tests and demonstrations.
    if not phonenumbers.is_possible_number(number) or (
        number.country_code == 47 and (number.national_number or 0) < 10**7
    ):
        raise NotAPhoneNumber(text)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def shown(number: str) -> str:
    """`+4722222222` as 22 22 22 22; other countries with their code. What cannot be read stays as written."""
    try:
        parsed = phonenumbers.parse(str(number), "NO")
    except phonenumbers.NumberParseException:
        return str(number)
    style = phonenumbers.PhoneNumberFormat
    form = style.NATIONAL if parsed.country_code == 47 else style.INTERNATIONAL
    return str(phonenumbers.format_number(parsed, form))


def dialled(number: str) -> str:
    """The number for a `tel:` link, in full form (+47…); "" when it cannot be read."""
    try:
        parsed = phonenumbers.parse(str(number), "NO")
    except phonenumbers.NumberParseException:
        return ""
    return str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164))
