"""Is a call from the SMS gateway really from it? Receipts and answers are signed alike.

The gateway sends `X-Sammen-Timestamp` (seconds since 1970) and `X-Sammen-Signature`: the HMAC-SHA256, in hexadecimal,
of the timestamp, a full stop and the body as it was sent. The secret comes from the environment
(`SMS_WEBHOOK_SECRETS`); while it is being changed two of them hold. Without a secret nothing is let in.
"""

import hmac
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.conf import settings

TIMESTAMP, SIGNATURE = "X-Sammen-Timestamp", "X-Sammen-Signature"
TOO_OLD = timedelta(minutes=5)  # either way: their clock may be ahead of ours


class NotSigned(Exception):
    """The call is not from the gateway, or is an old one sent again."""


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """What belongs into the header."""
    return hmac.new(secret.encode(), f"{timestamp}.".encode() + body, "sha256").hexdigest()


def signed(secret: str, body: bytes, now: datetime) -> dict[str, str]:
    """The two headers for a body that goes now."""
    timestamp = str(int(now.timestamp()))
    return {TIMESTAMP: timestamp, SIGNATURE: signature(secret, timestamp, body)}


def check_signature(headers: Mapping[str, str], body: bytes, now: datetime) -> None:
    """Raises NotSigned unless one of our secrets signed this body within five minutes of now."""
    timestamp, given = headers.get(TIMESTAMP, ""), headers.get(SIGNATURE, "")
    if not (timestamp.isascii() and timestamp.isdecimal() and len(timestamp) < 12 and given.isascii()):
        raise NotSigned
    if abs(now.timestamp() - int(timestamp)) > TOO_OLD.total_seconds():
        raise NotSigned
    right = [hmac.compare_digest(signature(secret, timestamp, body), given) for secret in settings.SMS_WEBHOOK_SECRETS]
    if not any(right):
        raise NotSigned
