"""Mail over SMTP. One connection serves a batch."""

import smtplib
from hashlib import sha256
from types import TracebackType
from typing import Any, Self

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from outbox.channels.errors import ChannelError
from outbox.models import Message

RIGHT_TO_LEFT = {"ar", "fa", "fa_AF", "ps", "ckb", "ur"}


def message_id(message: Message) -> str:
    """The same for the same promise, so that a double is recognised by whoever gets it."""
    digest = sha256(f"{message.municipality_id}:{message.key}".encode()).hexdigest()[:32]
    return f"<{digest}@sammen.invalid>"


class EmailSender:
    """Sends mails while it is open; reconnects after an error."""

    def __init__(self) -> None:
        self.connection: Any = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        if self.connection is not None:
            self.connection.close()
            self.connection = None

    def send(self, message: Message) -> str:
        """Hand one over; returns its Message-ID. Raises ChannelError."""
        mail = EmailMultiAlternatives(
            subject=message.subject,
            body=message.body,
            from_email=settings.DEFAULT_FROM_EMAIL,
            to=[message.address],
            headers={"Message-ID": message_id(message), "Auto-Submitted": "auto-generated"},
        )
        mail.attach_alternative(html_of(message), "text/html")
        try:
            if self.connection is None:
                self.connection = get_connection()
                self.connection.open()
            self.connection.send_messages([mail])
        except smtplib.SMTPRecipientsRefused as refused:
            self.close()
            code = max(code for code, _words in refused.recipients.values())
            raise ChannelError(_("The address was not accepted."), permanent=code >= 500) from refused
        except smtplib.SMTPResponseException as refused:
            self.close()
            permanent = refused.smtp_code >= 500 and not isinstance(refused, smtplib.SMTPConnectError)
            raise ChannelError(_("The mail server refused the message."), permanent=permanent) from refused
        except (smtplib.SMTPException, OSError) as away:
            self.close()
            raise ChannelError(_("The mail server does not answer."), permanent=False, unreachable=True) from away
        return message_id(message)


def html_of(message: Message) -> str:
    """The same words as a page that any mail program reads, in the right direction."""
    return render_to_string(
        "outbox/letter.html",
        {
            "message": message,
            "language": message.language.replace("_", "-"),
            "direction": "rtl" if message.language in RIGHT_TO_LEFT else "ltr",
        },
    )
