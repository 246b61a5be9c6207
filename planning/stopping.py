"""What higher rooms do when a volunteer stops: they register here, so that planning need not know them."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planning.models import Volunteer

CALLBACKS: "list[Callable[[Volunteer, date], None]]" = []


def on_stopping(callback: "Callable[[Volunteer, date], None]") -> None:
    """Call this with (volunteer, last day) inside the transaction in which she stops. From AppConfig.ready()."""
    if callback not in CALLBACKS:
        CALLBACKS.append(callback)


def tell(volunteer: "Volunteer", on: date) -> None:
    for callback in CALLBACKS:
        callback(volunteer, on)
