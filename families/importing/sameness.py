"""Rows that tell of the same family: to the letter, or perhaps."""

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from django.utils.crypto import salted_hmac

from families.importing.drafts import Draft
from families.importing.texts import folded

ALIKE = 0.8


def key_of(draft: Draft) -> str:
    """A keyed hash of who the row tells of, whatever the order of the columns: says nothing without our key."""
    return salted_hmac(
        "families.imported_row", json.dumps(draft.identity, ensure_ascii=False), algorithm="sha256"
    ).hexdigest()


@dataclass(frozen=True)
class Known:
    """What the municipality has already: keys of imported rows; for phones, e-mails and names of adults what they may
    be called on the page ("" where the person may not see the family)."""

    keys: frozenset[str] = frozenset()
    contacts: dict[str, str] = field(default_factory=dict)
    names: dict[tuple[str, str], str] = field(default_factory=dict)


class Seen:
    """The rows so far, by what a later row may share with them. Finding one takes no longer in a long list."""

    def __init__(self) -> None:
        self.keys: dict[str, str] = {}
        self.contacts: dict[str, str] = {}
        self.homes: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self.households: dict[tuple[str, ...], str] = {}

    def note(self, draft: Draft, key: str, where: str) -> None:
        self.keys.setdefault(key, where)
        for contact in [*draft.phones, *draft.emails]:
            self.contacts.setdefault(contact, where)
        if home := home_of(draft):
            self.homes[home].append((folded(draft.name), where))
        for household in households_of(draft):
            self.households.setdefault(household, where)

    def like(self, draft: Draft) -> tuple[str, str]:
        """Where a row stands that may be the same family, and the field that says so; twice "" when there is none."""
        for contact in [*draft.phones, *draft.emails]:
            if where := self.contacts.get(contact):
                return where, field_of(contact)
        name = folded(draft.name)
        for other, where in self.homes.get(home_of(draft), [])[:50]:
            if SequenceMatcher(None, name, other).ratio() >= ALIKE:
                return where, "address"
        where = next((self.households[each] for each in households_of(draft) if each in self.households), "")
        return where, "children" if where else ""


def field_of(contact: str) -> str:
    return "email" if "@" in contact else "phone"


def home_of(draft: Draft) -> str:
    """Address and postcode as one word: «Moerveien 12 B» is «Moerveien 12B»."""
    return f"{folded(draft.address)} {draft.postcode}".replace(" ", "") if draft.address else ""


def households_of(draft: Draft) -> Iterator[tuple[str, ...]]:
    """An adult's name with the children's: the same family under another phone."""
    children = sorted(folded(child.name) for child in draft.children if child.name)
    if not children:
        return
    for adult in draft.adults:
        if adult.name:
            yield (folded(adult.name), *children)
