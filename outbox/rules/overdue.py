"""When a message that has not gone is late enough to tell somebody."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from outbox.models import Message

AFTER = timedelta(minutes=10)
TRIED_FOR_LONG = 6  # attempts: the sixth comes a quarter of an hour after the first


def is_overdue(message: "Message", now: datetime) -> bool:
    """Whether it should have gone more than ten minutes ago. Each new try moves `due_at`, so tries count too."""
    if not message.is_under_way or message.channel == "call":
        return False
    return message.due_at < now - AFTER or message.attempts >= TRIED_FOR_LONG
