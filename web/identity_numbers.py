"""Norwegian identity numbers in free text, so that none is ever stored by accident."""

import re

FIRST = (3, 7, 6, 1, 8, 9, 4, 5, 2)
SECOND = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
# Eleven digits, perhaps with spaces, dots, slashes or hyphens between; not a part of a longer number.
CANDIDATE = re.compile(r"(?<![\d+])(?:\d[ .\u00a0/-]{0,3}){10}\d(?!\d)")


def is_identity_number(digits: str) -> bool:
    """Whether eleven digits are an identity number: both check digits fit and the date can be one.

    Counts D-numbers (day + 40) and the synthetic series (month + 40, + 65 or + 80) too.
    Source: Skatteetaten, «Fødselsnummer» and «Tenor testdata».
    """
    if len(digits) != 11 or not digits.isdigit():
        return False
    numbers = [int(digit) for digit in digits]
    day, month = int(digits[:2]), int(digits[2:4])
    day -= 40 if day > 40 else 0
    month -= next((shift for shift in (80, 65, 40) if month > shift), 0)
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return False
    first = -sum(weight * number for weight, number in zip(FIRST, numbers, strict=False)) % 11
    second = -sum(weight * number for weight, number in zip(SECOND, numbers, strict=False)) % 11
    return (first, second) == (numbers[9], numbers[10])


def holds_identity_number(text: str) -> bool:
    """Whether such a number stands anywhere in the text, with or without spaces."""
    return any(is_identity_number(re.sub(r"\D", "", found.group())) for found in CANDIDATE.finditer(text))


def without_identity_numbers(text: str) -> str:
    """The text with such numbers taken out."""
    return CANDIDATE.sub(
        lambda found: "" if is_identity_number(re.sub(r"\D", "", found.group())) else found.group(), text
    )
