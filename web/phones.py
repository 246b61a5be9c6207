"""Phone numbers as they are read aloud here, and as a phone can dial them."""

import re

import phonenumbers

STORED = re.compile(r"\+[1-9]\d{7,14}")


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
    if STORED.fullmatch(number):  # as our tables hold them: reading it again would cost more than the button
        return number
    try:
        parsed = phonenumbers.parse(str(number), "NO")
    except phonenumbers.NumberParseException:
        return ""
    return str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164))
