"""What higher rooms do when a family leaves: they register here, so that groups need not know them."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from accounts.models import User
    from families.models import Family

CALLBACKS: "list[Callable[[Family, datetime, User], None]]" = []


def on_leaving(callback: "Callable[[Family, datetime, User], None]") -> None:
    """Call this with (family, moment, by) inside the transaction in which a family leaves its group."""
    if callback not in CALLBACKS:
        CALLBACKS.append(callback)


def tell(family: "Family", moment: datetime, by: "User") -> None:
    for callback in CALLBACKS:
        callback(family, moment, by)
