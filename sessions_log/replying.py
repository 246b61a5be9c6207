"""What higher rooms do when staff note a household's answer: they register here; gatherings need not know them."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from accounts.models import User
    from sessions_log.models import Reply

CALLBACKS: "list[Callable[[Reply, User, datetime], None]]" = []


def on_reply(callback: "Callable[[Reply, User, datetime], None]") -> None:
    """Call this with (reply, by, moment) inside the transaction in which somebody notes an answer by hand."""
    if callback not in CALLBACKS:
        CALLBACKS.append(callback)


def tell(reply: "Reply", by: "User", moment: datetime) -> None:
    for callback in CALLBACKS:
        callback(reply, by, moment)
