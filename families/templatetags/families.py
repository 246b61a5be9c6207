"""How templates name languages and ages. `{% load families %}`."""

from datetime import date

from django import template

from families.languages import SPOKEN_LANGUAGES
from families.models import Person
from families.queries import ages, spoken
from families.rules.times import TIMES

register = template.Library()
register.filter("spoken", spoken)


@register.filter
def spoken_language(code: str) -> str:
    return str(SPOKEN_LANGUAGES.get(code, code))


@register.filter
def ages_on(people: list[Person], today: date) -> str:
    """The children's ages among these people."""
    return ages(list(people), today)


@register.filter
def of_kind(people: list[Person], kind: str) -> list[Person]:
    """The adults, or the children."""
    return [person for person in people if person.kind == kind]


@register.filter
def times(keys: list[str]) -> str:
    """«tirsdag kveld, lørdag dagtid», in the order of the week."""
    return ", ".join(str(label) for key, label in TIMES.items() if key in keys)
