"""A message as an e-mail: the words as plain text and as a page, and the calendar file when there is one."""

import re
from email.mime.text import MIMEText
from hashlib import sha256

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from outbox.models import Message
from outbox.rules.sms import LINK
from web.languages import direction, tag


def message_id(message: Message) -> str:
    """The same for the same promise, so that a double is recognised by whoever gets it."""
    digest = sha256(f"{message.municipality_id}:{message.key}".encode()).hexdigest()[:32]
    return f"<{digest}@sammen.invalid>"


def mail_of(message: Message) -> EmailMultiAlternatives:
    """The mail as it is handed over."""
    mail = EmailMultiAlternatives(
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
    return format_html_join(mark_safe("<br>"), "{}", ((line_of(line),) for line in text.split("\n")))


def line_of(text: str) -> SafeString:
    pieces = (
        format_html('<bdi><a href="{}">{}</a></bdi>', piece, piece) if n % 2 else format_html("{}", piece)
        for n, piece in enumerate(LINK.split(text))
    )
    return format_html_join("", "{}", ((piece,) for piece in pieces))
