"""Mail over SMTP. One connection serves a batch."""

import smtplib
from types import TracebackType
from typing import Any, Self

from django.core.mail import get_connection
from django.utils.translation import gettext as _

from outbox.channels.errors import ChannelError
from outbox.mails import mail_of, message_id
from outbox.models import Message


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
        mail = mail_of(message)
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
