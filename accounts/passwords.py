"""The link to a new password, as one that can be made again at each hand-over and is stored nowhere.

Django makes its token from the person's password hash and last log-in, so that it works once. Here a digest of these,
made with the server's key, stands in the key of the letter; the token is made from the letter's key.
"""

from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.utils.crypto import salted_hmac
from django.utils.http import base36_to_int, int_to_base36

LETTER = "password_reset"
SIGNS = 32  # hexadecimal, 128 bits


def token_in(key: str) -> str:
    """The token that belongs to the letter with this key: when it was made (base 36) and 32 signs.

    Raises ValueError for any other text.
    """
    kind, _pk, made, _state = key.split(":")
    if kind != LETTER:
        raise ValueError(key)
    return f"{made}-{salted_hmac('accounts.passwords.token', key, algorithm='sha256').hexdigest()[:SIGNS]}"


class PasswordTokens(PasswordResetTokenGenerator):
    """Django's generator, whose tokens come by way of the letter's key."""

    def letter_key(self, user: AbstractBaseUser, token: str) -> str:
        """The key of the letter that carries this token to this person."""
        return self._key(user, base36_to_int(token.split("-")[0]))

    def _key(self, user: AbstractBaseUser, timestamp: int) -> str:
        state = salted_hmac("accounts.passwords.state", self._make_hash_value(user, timestamp), algorithm="sha256")
        return f"{LETTER}:{user.pk}:{int_to_base36(timestamp)}:{state.hexdigest()[:SIGNS]}"

    def _make_hash_value(self, user: Any, timestamp: int) -> str:
        """Also which addresses are hers: whoever takes one away takes its link away."""
        addresses = EmailAddress.objects.filter(user_id=user.pk).order_by("email").values_list("email", flat=True)
        return super()._make_hash_value(user, timestamp) + "|".join(addresses)

    def _make_token_with_timestamp(self, user: AbstractBaseUser, timestamp: int, secret: str | bytes) -> str:
        return token_in(self._key(user, timestamp))
