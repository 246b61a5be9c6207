"""The token of an invitation's link: made from the server's key at each hand-over, and stored nowhere but as a hash."""

from hashlib import sha256

from django.utils.crypto import salted_hmac


def token_of(key: str, email: str) -> str:
    """The token that one letter (its key) brings to one address; the same each time it is asked."""
    return salted_hmac("accounts.staff_invitation", f"{key}:{email}", algorithm="sha256").hexdigest()


def hash_of(token: str) -> str:
    return sha256(token.encode()).hexdigest()
