"""What a provider tells of a message afterwards: how a receipt reads, as the environment describes it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import Enum, auto
from typing import Any
from urllib.parse import parse_qsl

from outbox.rules.gateways import WrongSetting, at


class Outcome(Enum):
    """What became of a message. Other news, such as «taken by the network», changes nothing."""

    DELIVERED = auto()
    FAILED = auto()
    OTHER = auto()


class Unreadable(ValueError):
    """The body is no receipt."""


@dataclass(frozen=True)
class Receipt:
    """One receipt: the provider's id of the message, what became of it, and the provider's own words for why."""

    provider_id: str
    outcome: Outcome
    reason: str


@dataclass(frozen=True)
class Description:
    """Where things stand in a receipt (paths with dots), and which states mean what (in any case)."""

    id: str = "id"
    state: str = "state"
    reason: str = "reason"
    delivered: tuple[str, ...] = ("delivered",)
    failed: tuple[str, ...] = ("failed", "undelivered", "expired", "rejected")

    def read(self, body: bytes, content_type: str) -> Receipt:
        """Raises Unreadable."""
        try:
            given: Any = (
                dict(parse_qsl(body.decode(), strict_parsing=True, max_num_fields=100))
                if content_type == "application/x-www-form-urlencoded"
                else json.loads(body)
            )
        except (ValueError, RecursionError) as wrong:
            raise Unreadable from wrong
        provider_id, state = at(self.id, given), at(self.state, given)
        if not provider_id or not state or "\x00" in provider_id:
            raise Unreadable
        return Receipt(provider_id, self.outcome(state), at(self.reason, given).replace("\x00", ""))

    def outcome(self, state: str) -> Outcome:
        word = state.casefold()
        if word in {each.casefold() for each in self.delivered}:
            return Outcome.DELIVERED
        return Outcome.FAILED if word in {each.casefold() for each in self.failed} else Outcome.OTHER


def receipts_described(given: Mapping[str, Any]) -> Description:
    """The description from the setting SMS_RECEIPTS. Raises WrongSetting."""
    known = {each.name: each.default for each in fields(Description)}
    values: dict[str, Any] = {}
    for name, value in given.items():
        if name not in known:
            raise WrongSetting(f"SMS_RECEIPTS: «{name}» is not known; use {', '.join(known)}.")
        if isinstance(known[name], tuple):
            if not isinstance(value, list) or not value or not all(isinstance(each, str) and each for each in value):
                raise WrongSetting(f"SMS_RECEIPTS: {name} must be a list of words.")
            values[name] = tuple(value)
        elif not isinstance(value, str) or not value:
            raise WrongSetting(f"SMS_RECEIPTS: {name} must be a text.")
        else:
            values[name] = value
    described = Description(**values)
    if both := {word.casefold() for word in described.delivered} & {word.casefold() for word in described.failed}:
        raise WrongSetting(f"SMS_RECEIPTS: «{min(both)}» cannot mean both delivered and failed.")
    return described
