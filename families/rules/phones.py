"""Phone numbers as people write them. Never guessed: letters are not digits."""

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
