"""When two households seem to be one: a score with its reasons. Pure; symmetric; blind to the order of people.

Points are chosen so that one shared phone, one adult's name or two children alone say "perhaps", and two such signs
together say "very likely". Households that name children, none of which fit, are less alike.
"""

import re
from dataclasses import dataclass, field
from enum import StrEnum

from families.rules.names import Word, matched, name_keys, same_name, words_of

PERHAPS, LIKELY = 30, 60
CONTACT_POINTS = {"phone": 35, "email": 40}
FIRST_ADULT, NEXT_ADULT = 30, 20
FAMILY_NAME, HOME = 10, 20
CHILD, CHILD_WITHOUT_YEAR, MOST_FOR_CHILDREN = 20, 8, 60
OTHER_CHILDREN = -15


class Sign(StrEnum):
    """What speaks for it. Whoever shows it puts it into words."""

    PHONE = "phone"
    EMAIL = "email"
    ADULT = "adult"
    ADULT_SPELT = "adult_spelt"
    FAMILY = "family"
    CHILD = "child"
    CHILD_NAME = "child_name"
    HOME = "home"


@dataclass(frozen=True)
class Child:
    """A first name (may be missing) and a year of birth (may be missing, or about right)."""

    name: str = ""
    year: int | None = None
    about: bool = False

    @property
    def years(self) -> tuple[int, ...]:
        """Those it may be born in."""
        if self.year is None:
            return ()
        return (self.year - 1, self.year, self.year + 1) if self.about else (self.year,)

    @property
    def first(self) -> Word | None:
        return next(iter(words_of(self.name)), None)


@dataclass(frozen=True)
class Household:
    """What tells a family from another. Phones are E.164; leave contacts and home out where they may not be used."""

    name: str
    adults: tuple[str, ...] = ()
    children: tuple[Child, ...] = ()
    phones: frozenset[str] = frozenset()
    emails: frozenset[str] = frozenset()
    address: str = ""
    postcode: str = ""

    @property
    def home(self) -> str:
        """Address and postcode as one word, «Moerveien 12 B» as «Moerveien 12B»; "" unless it names a house."""
        words = [word.sound for word in words_of(self.address)]
        return f"{''.join(words)} {self.postcode}" if words and re.search("[0-9]", self.address) else ""


@dataclass(frozen=True)
class Likeness:
    """How alike: the score, and each sign with how often it was found."""

    score: int = 0
    signs: tuple[tuple[Sign, int], ...] = field(default=())

    @property
    def perhaps(self) -> bool:
        return self.score >= PERHAPS

    @property
    def likely(self) -> bool:
        return self.score >= LIKELY


def likeness(one: Household, other: Household) -> Likeness:
    """Compare two households."""
    found: dict[Sign, int] = {
        Sign.PHONE: len(one.phones & other.phones),
        Sign.EMAIL: len({mail.lower() for mail in one.emails} & {mail.lower() for mail in other.emails}),
        Sign.HOME: int(bool(one.home) and one.home == other.home),
        Sign.FAMILY: int(same_name(words_of(one.name), words_of(other.name), least=1)),
        **adults(one, other),
        **children(one, other),
    }
    contact = sum(CONTACT_POINTS[sign] * found[sign] for sign in (Sign.PHONE, Sign.EMAIL))
    grown = found[Sign.ADULT] + found[Sign.ADULT_SPELT]
    rest = FAMILY_NAME * found[Sign.FAMILY] + HOME * found[Sign.HOME]
    rest += FIRST_ADULT * min(grown, 1) + NEXT_ADULT * max(grown - 1, 0)
    young = CHILD * found[Sign.CHILD] + CHILD_WITHOUT_YEAR * found[Sign.CHILD_NAME]
    rest += min(young, MOST_FOR_CHILDREN)
    if not young and named(one) and named(other):
        rest += OTHER_CHILDREN
    signs = tuple((sign, found[sign]) for sign in Sign if found.get(sign))
    return Likeness(contact + max(rest, 0), signs)


def adults(one: Household, other: Household) -> dict[Sign, int]:
    """How many adults of one are adults of the other: written the same way, and otherwise."""
    ones, others = [words_of(name) for name in one.adults], [words_of(name) for name in other.adults]
    fits = [[same_name(each, another) for another in others] for each in ones]
    written = [
        [each.split() != [] and each.casefold().split() == another.casefold().split() for another in other.adults]
        for each in one.adults
    ]
    exact = [[a and b for a, b in zip(*rows, strict=True)] for rows in zip(fits, written, strict=True)]
    alike, same = matched(ones, others, fits), matched(ones, others, exact)
    return {Sign.ADULT: same, Sign.ADULT_SPELT: alike - same}


def children(one: Household, other: Household) -> dict[Sign, int]:
    """How many children of one are children of the other: by name and year, and by name where a year is missing."""
    ones, others = list(one.children), list(other.children)
    fits = [[same_child(each, another) for another in others] for each in ones]
    dated = [
        [fit and bool(each.year and another.year) for fit, another in zip(row, others, strict=True)]
        for row, each in zip(fits, ones, strict=True)
    ]
    alike, same = matched(ones, others, fits), matched(ones, others, dated)
    return {Sign.CHILD: same, Sign.CHILD_NAME: alike - same}


def same_child(one: Child, other: Child) -> bool:
    """The same first name; years alike, a year apart when one of them is «about», or not known."""
    first, second = one.first, other.first
    if first is None or second is None or not first.like(second):
        return False
    if one.year is None or other.year is None:
        return True
    return abs(one.year - other.year) <= int(one.about or other.about)


def named(household: Household) -> bool:
    return any(child.first for child in household.children)


def keys_of(household: Household) -> set[tuple[str, str]]:
    """By which others like it are found: (kind, key) as the database keeps them in its traces."""
    surname = " ".join(sorted({word.bones for word in words_of(household.name)}))
    young = [(child.first.bones, child) for child in household.children if child.first and child.year]
    keys = {("phone", phone) for phone in household.phones} | {("email", mail.lower()) for mail in household.emails}
    keys |= {("name", key) for name in household.adults for key in name_keys(words_of(name))}
    keys |= {("child", f"{surname} {bones} {year}") for bones, child in young for year in child.years if surname}
    keys |= {
        ("children", f"{' '.join(sorted((bones, other_bones)))} {year}")
        for place, (bones, child) in enumerate(young)
        for other_place, (other_bones, other) in enumerate(young)
        if place != other_place and (child.year or 0) <= (other.year or 0)
        for year in child.years
    }
    return keys | ({("home", household.home)} if household.home else set())
