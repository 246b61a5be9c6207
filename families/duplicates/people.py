"""Who of one family is probably whom of the other: proposed, for somebody to confirm."""

from collections.abc import Sequence

from families.models import Person, PersonKind
from families.rules.names import same_name, words_of
from families.rules.sameness import Child, same_child


def proposed_pairs(ours: Sequence[Person], theirs: Sequence[Person]) -> list[tuple[Person, Person]]:
    """(ours, theirs) who seem to be one; nobody twice. The surest signs first. Theirs need not be saved yet."""
    found: list[tuple[Person, Person]] = []
    for sure in (same_contact, same_year, same_person):
        for double in theirs:
            for person in ours:
                free = not any(person is one or double is other for one, other in found)
                if free and person.kind == double.kind and sure(person, double):
                    found.append((person, double))
    return found


def same_contact(one: Person, other: Person) -> bool:
    """The same phone or e-mail, and not two quite different names."""
    contact = (one.phone and one.phone == other.phone) or (one.email and one.email.lower() == other.email.lower())
    return bool(contact) and (same_person(one, other) or not one.name or not other.name)


def same_year(one: Person, other: Person) -> bool:
    return same_person(one, other) and one.birth_year is not None and one.birth_year == other.birth_year


def same_person(one: Person, other: Person) -> bool:
    """By the rule: an adult's name in any spelling and order, a child's first name and a year that can be one."""
    if one.kind == PersonKind.ADULT:
        return same_name(words_of(one.name), words_of(other.name), least=1)
    first, second = (Child(each.name, each.birth_year, each.birth_year_about) for each in (one, other))
    return same_child(first, second)
