"""What a new round takes along from an earlier one beyond planning's own: higher rooms register it when they start."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise

from planning.models import Round

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True)
class Carrier:
    """`offer(earlier)` says in one sentence what would come along ("" for nothing); `carry(earlier, new, by)` brings it
    inside the transaction that makes the round."""

    name: str
    title: str | Promise
    offer: Callable[[Round], str]
    carry: "Callable[[Round, Round, User], None]"


CARRIERS: dict[str, Carrier] = {}


def register_carrier(
    name: str,
    carry: "Callable[[Round, Round, User], None]",
    *,
    title: str | Promise,
    offer: Callable[[Round], str],
) -> None:
    """Offer something of an earlier round to a new one: a choice on the page, ticked beforehand."""
    CARRIERS[name] = Carrier(name, title, offer, carry)
