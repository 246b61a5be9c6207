"""A promise that tests make, and where it stands afterwards."""

from datetime import datetime

from municipalities.models import Municipality
from outbox.models import Message
from outbox.rules.quiet_hours import OSLO
from outbox.services import enqueue
from outbox.texts import Text

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=OSLO)


def promise(town: Municipality, name: str = "a", channel: str = "email", **fields: object) -> Message:
    """One of the kind «try», due at noon."""
    values: dict[str, object] = {
        "key": f"try:1:1:{name}",
        "kind": "try",
        "channel": channel,
        "address": f"{name}@example.org" if channel == "email" else "+4740000001",
        "recipient": f"person:{name}",
        "recipient_name": name,
        "about": "gathering:1",
        "language": "nb",
        "due_at": NOON,
        "text": Text(subject="Emne", body="Hei\n\nVi ses", sms="Hei, vi ses"),
        "municipality": town,
        "by": None,
        **fields,
    }
    return enqueue(**values)


def state(message: Message) -> tuple[str, str]:
    message.refresh_from_db()
    return message.state, message.error
