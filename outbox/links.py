"""The personal link of a message: a token that only who got the message has.

The token is made from the server's key and the message's own key, so that it can be made again at each hand-over and
is stored nowhere. The row keeps its hash, by which a visitor's token finds it. 128 bits: it cannot be guessed.
"""

import base64
import hmac
import re
from hashlib import sha256

from django.conf import settings
from django.db import connection

PATH = "/s/"
TOKEN = re.compile(r"[A-Za-z0-9_-]{22}")


def token_of(municipality: int, key: str) -> str:
    """22 signs that need no escape in an address."""
    secret = sha256(b"outbox.links:" + settings.SECRET_KEY.encode()).digest()
    digest = hmac.digest(secret, f"{municipality}:{key}".encode(), "sha256")[:16]
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def hash_of(token: str) -> str:
    """What is stored of a token."""
    return sha256(token.encode()).hexdigest()


def link_to(token: str) -> str:
    """The address that a letter says."""
    return f"{settings.SITE_URL}{PATH}{token}"


def message_behind(token: str) -> tuple[int, int] | None:
    """(municipality, message) of a token; None for any other text. Asks a definer function: two ids, nothing more."""
    if not TOKEN.fullmatch(token):
        return None
    with connection.cursor() as cursor:
        cursor.execute("select municipality_id, id from outbox_by_link(%s)", [hash_of(token)])
        row = cursor.fetchone()
    return (row[0], row[1]) if row else None
