"""Django's own way over SMTP, without reading the grammar of an address that needs no change.

`EMAIL_BACKEND` is this one where `EMAIL_URL` names a mail server.
"""

import re
import smtplib
from functools import lru_cache
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends import smtp
from django.core.mail.message import sanitize_address

# An address as nearly all are: sanitize_address would give it back as it is, after half a millisecond.
PLAIN = re.compile(r"[a-zA-Z0-9_+-]+(?:\.[a-zA-Z0-9_+-]+)*@[a-zA-Z0-9-]+(?:\.[a-zA-Z0-9-]+)+")


def envelope(address: str) -> str:
    """The address as the mail server is told it. Raises ValueError for what is none."""
    return address if PLAIN.fullmatch(address) else sanitize_address(address, "utf-8")


sender = lru_cache(maxsize=8)(envelope)  # the few that we send as; recipients are never kept


class EmailBackend(smtp.EmailBackend):
    """Sends one mail on the open connection."""

    connection: Any

    def _send(self, email_message: EmailMessage) -> bool:
        if not email_message.recipients():
            return False
        built: Any = email_message.message()
        content = built.as_bytes(linesep="\r\n")
        recipients = [envelope(address) for address in email_message.recipients()]
        try:
            self.connection.sendmail(sender(email_message.from_email), recipients, content)
        except smtplib.SMTPException:
            if not self.fail_silently:
                raise
            return False
        return True
