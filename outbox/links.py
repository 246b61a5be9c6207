"""The personal link of a message, a family's or an invited colleague's: a token that only who got the message has.

The token is made from the server's key and the message's own key, so that it can be made again at each hand-over and
is stored nowhere. The row keeps its hash, by which a visitor's token finds it. 128 bits: it cannot be guessed.
"""

import base64
import re
from hashlib import sha256

from django.conf import settings
from django.db import connection
from django.utils.crypto import salted_hmac

PATH = "s/"  # of a family's own page: short, for a text message
TOKEN = re.compile(r"[A-Za-z0-9_-]{22}")
STANDS = "{link}"  # in the place of the address, until a letter is handed over


def token_of(municipality: int, key: str) -> str:
    """22 signs that need no escape in an address."""
    digest = salted_hmac("outbox.links", f"{municipality}:{key}", algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest[:16]).decode().rstrip("=")


def hash_of(token: str) -> str:
    """What is stored of a token."""
    return sha256(token.encode()).hexdigest()


def link_to(token: str) -> str:
    """The address that a letter says."""
    return f"{settings.SITE_URL}/{PATH}{token}"


def message_behind(token: str) -> tuple[int, int] | None:
    """(municipality, message) of a token; None for any other text. Asks a definer function: two ids, nothing more."""
    if not TOKEN.fullmatch(token):
        return None
    with connection.cursor() as cursor:
        cursor.execute("select municipality_id, id from outbox_by_link(%s)", [hash_of(token)])
        row = cursor.fetchone()
    return (row[0], row[1]) if row else None
