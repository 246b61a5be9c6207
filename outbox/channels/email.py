"""Mail over SMTP, or by a sending service that Anymail knows. One connection serves a batch."""

import smtplib
from types import TracebackType
from typing import Any, Self

from anymail.exceptions import AnymailError, AnymailInvalidAddress, AnymailRecipientsRefused
from django.core.mail import EmailMultiAlternatives, get_connection
from django.utils.translation import gettext as _

from outbox.channels.errors import ChannelError, not_for_now
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
        """Hand one over; returns its Message-ID, or the sending service's own id. Raises ChannelError."""
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
        except (AnymailRecipientsRefused, AnymailInvalidAddress) as refused:
            raise ChannelError(_("The address was not accepted."), permanent=True) from refused
        except AnymailError as refused:
            self.close()
            raise by_status(refused.status_code) from refused
        except (smtplib.SMTPException, OSError) as away:
            self.close()
            raise ChannelError(_("The mail server does not answer."), permanent=False, unreachable=True) from away
        return id_of(mail) or message_id(message)


def by_status(status: int | None) -> ChannelError:
    """What a sending service's HTTP answer means; None when there was none."""
    if status is None:
        return ChannelError(_("The mail server does not answer."), permanent=False, unreachable=True)
    return ChannelError(_("The mail server refused the message."), permanent=not not_for_now(status))


def id_of(mail: EmailMultiAlternatives) -> str:
    """Anymail's name for the one recipient's message; "" where mail went over SMTP, or the service gives none."""
    status = getattr(mail, "anymail_status", None)
    given = getattr(status, "message_id", None)
    return str(given)[:120] if isinstance(given, str) else ""
