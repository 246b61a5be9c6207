"""Rows that tell of the same family: to the letter, or perhaps, by the one rule for all (`rules.sameness`)."""

import json
from collections import defaultdict
from dataclasses import dataclass, field

from django.utils.crypto import salted_hmac

from families.importing.drafts import Draft
from families.rules.sameness import Child, Household, Likeness, Sign, keys_of, likeness

# The column that a sign was found in.
FIELDS = {
    Sign.PHONE: "phone",
    Sign.EMAIL: "email",
    Sign.ADULT: "adult",
    Sign.ADULT_SPELT: "adult",
    Sign.FAMILY: "family",
    Sign.CHILD: "children",
    Sign.CHILD_NAME: "children",
    Sign.HOME: "address",
}
# A key that more rows share is no sign; looking stays quick in a long list.
MOST_ROWS = 50


def key_of(draft: Draft) -> str:
    """A keyed hash of who the row tells of, whatever the order of the columns: says nothing without our key."""
    return salted_hmac(
        "families.imported_row", json.dumps(draft.identity, ensure_ascii=False), algorithm="sha256"
    ).hexdigest()


def household_of_draft(draft: Draft) -> Household:
    """The row as the rule compares it."""
    return Household(
        name=draft.name,
        adults=tuple(adult.name for adult in draft.adults),
        children=tuple(Child(child.name, child.birth_year, child.about) for child in draft.children),
        phones=frozenset(draft.phones),
        emails=frozenset(draft.emails),
        address=draft.address,
        postcode=draft.postcode,
    )


@dataclass(frozen=True)
class Match:
    """What a row is perhaps the same as. `name` is "" and `family` None where the person may not see it; `place` names
    an earlier row instead."""

    likeness: Likeness
    name: str = ""
    family: int | None = None
    place: str = ""

    def heading(self, draft: Draft) -> str:
        """Over the cell that tells most."""
        return next(
            (draft.headings[FIELDS[sign]] for sign, _count in self.likeness.signs if FIELDS[sign] in draft.headings), ""
        )


@dataclass(frozen=True)
class Known:
    """What the municipality has already: keys of imported rows, and for rows the registered family most like them."""

    keys: frozenset[str] = frozenset()
    matches: dict[str, Match] = field(default_factory=dict)


class Seen:
    """The rows so far, by what a later row may share with them. Finding one takes no longer in a long list."""

    def __init__(self) -> None:
        self.keys: dict[str, str] = {}
        self.households: dict[str, Household] = {}
        self.places: dict[tuple[str, str], list[str]] = defaultdict(list)

    def note(self, draft: Draft, key: str, where: str) -> None:
        self.keys.setdefault(key, where)
        self.households[where] = household = household_of_draft(draft)
        for each in keys_of(household):
            self.places[each].append(where)

    def like(self, draft: Draft) -> Match | None:
        """The row most like this one, the earliest of several; None when none may be the same family."""
        household = household_of_draft(draft)
        near = {where: None for each in sorted(keys_of(household)) for where in self.places.get(each, [])[:MOST_ROWS]}
        order = {where: place for place, where in enumerate(self.households) if where in near}
        found = [Match(likeness(household, self.households[where]), place=where) for where in near]
        perhaps = [match for match in found if match.likeness.perhaps]
        return min(perhaps, key=lambda match: (-match.likeness.score, order[match.place]), default=None)
