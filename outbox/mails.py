"""A message as an e-mail: the words as plain text and as a page, and the calendar file when there is one."""

import re
from email.mime.text import MIMEText
from email.policy import Compat32
from hashlib import sha256
from secrets import token_hex
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from outbox.models import Message
from outbox.rules.sms import LINK
from web.languages import direction, tag

LINE = 76  # name and value of a header, beside the colon and the blank: 78 in all (RFC 5322, 2.1.1)


class AsItIs(Compat32):
    """Header lines that are plain and fit are written as they are: folding took as long as all the rest of a mail."""

    def fold_binary(self, name: str, value: str) -> bytes:
        if isinstance(value, str) and len(name) + len(value) <= LINE and value.isascii() and value.isprintable():
            return f"{name}: {value}{self.linesep}".encode()
        return super().fold_binary(name, value)


class Mail(EmailMultiAlternatives):
    """A mail whose parts are parted by a random line, so that nothing searches its text for one that is free."""

    def message(self, **options: Any) -> Any:
        built: Any = super().message(**options)
        built.policy = AsItIs()
        for part in built.walk():
            if part.is_multipart():
                part.set_boundary(f"=={token_hex(16)}==")
        return built


def message_id(message: Message) -> str:
    """The same for the same promise, so that a double is recognised by whoever gets it."""
    digest = sha256(f"{message.municipality_id}:{message.key}".encode()).hexdigest()[:32]
    return f"<{digest}@sammen.invalid>"


def mail_of(message: Message) -> Mail:
    """The mail as it is handed over."""
    mail = Mail(
        subject=message.subject,
        body=message.body,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[message.address],
        headers={
            "Message-ID": message_id(message),
            "Auto-Submitted": "auto-generated",
            "Content-Language": tag(message.language),
        },
    )
    mail.attach_alternative(html_of(message), "text/html")
    if message.calendar:
        mail.attach(calendar_part(message.calendar))
    return mail


def calendar_part(calendar: str) -> MIMEText:
    """The calendar file, with its method where mail programs look for it."""
    part = MIMEText(calendar, "calendar", "utf-8")
    method = re.search(r"^METHOD:(\w+)", calendar, flags=re.M)
    part.set_param("method", method[1] if method else "PUBLISH")
    part.add_header("Content-Disposition", "attachment", filename="samling.ics")
    return part


def html_of(message: Message) -> str:
    """The same words as a page that any mail program reads, in the right direction."""
    return render_to_string(
        "outbox/letter.html",
        {
            "message": message,
            "paragraphs": [paragraph_of(part) for part in re.split(r"\n{2,}", message.body.strip())],
            "language": tag(message.language),
            "direction": direction(message.language),
        },
    )


def paragraph_of(text: str) -> SafeString:
    """Lines as lines, addresses as links that keep their own direction."""
    pieces = (
        format_html('<bdi><a href="{}">{}</a></bdi>', piece, piece) if n % 2 else escape(piece).replace("\n", "<br>")
        for n, piece in enumerate(LINK.split(text))  # every second piece is an address
    )
    return mark_safe("".join(pieces))  # noqa: S308 - each piece is escaped above
