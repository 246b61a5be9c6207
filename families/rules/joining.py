"""The one-time code of the public form: made from the server's key, so that it is stored nowhere."""

import unicodedata
from datetime import timedelta

from django.utils.crypto import constant_time_compare, salted_hmac

DIGITS = 6
VALID_FOR = timedelta(minutes=15)
KEPT_FOR = timedelta(hours=24)


def code_of(promise: str) -> str:
    """Six digits for one promised letter (`municipality:key`); the same each time it is asked."""
    digest = salted_hmac("families.joining.code", promise, algorithm="sha256").digest()
    return f"{int.from_bytes(digest[:8], 'big') % 10**DIGITS:0{DIGITS}}"


def hash_of(code: str, pending: int) -> str:
    """What is kept of a code: a keyed hash, bound to the one form it confirms."""
    return salted_hmac("families.joining.hash", f"{pending}:{code}", algorithm="sha256").hexdigest()


def is_code(given: str, pending: int, kept: str) -> bool:
    return constant_time_compare(hash_of(given, pending), kept)


def with_plain_digits(text: str) -> str:
    """Arabic, Persian and other digits as 0–9: they are on the families' keyboards."""
    return "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in text)
