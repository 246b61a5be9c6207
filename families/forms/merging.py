"""Two families side by side: who is whom, and which value stays where both have one."""

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _

from families.duplicates.fields import family_to_choose, person_to_choose
from families.duplicates.people import proposed_pairs
from families.languages import SPOKEN_LANGUAGES
from families.models import Family, Person
from families.services.merging import Choices
from web.forms import PageForm, TallSegments, prepare
from web.phones import shown

KEPT, MERGED = "kept", "merged"


class MergeForm(PageForm):
    """A choice for each value that differs, and for each of the merged one's people whether it is one of the kept's.

    With `contacts` False nothing about how to reach the families is asked or shown; the kept one's then stays.
    """

    mark_optional = False

    def __init__(self, *args: Any, kept: Family, merged: Family, contacts: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kept, self.merged = kept, merged
        hidden = set() if contacts else {"address", "phone", "email"}
        self.family_fields = [name for name in family_to_choose(kept, merged) if name not in hidden]
        for name in self.family_fields:
            self.fields[f"family-{name}"] = choice(label_of(kept, name), kept, merged, name)
        ours = list(kept.people.all())
        self.doubles: list[tuple[Person, list[str]]] = []
        theirs = list(merged.people.all())
        pairs = {double.pk: person for person, double in proposed_pairs(ours, theirs)}
        for double in theirs:
            same = [(str(each.pk), told(each)) for each in ours if each.kind == double.kind]
            person = pairs.get(double.pk)
            self.fields[f"person-{double.pk}"] = forms.ChoiceField(
                label=_("%(name)s is the same as") % {"name": told(double)},
                choices=[("", _("nobody: comes along")), *same],
                required=False,
                initial=str(person.pk) if person else "",
            )
            differing = [name for name in person_to_choose(person, double) if name not in hidden] if person else []
            for name in differing:
                label = f"{label_of(double, name)}, {double}"
                self.fields[f"person-{double.pk}-{name}"] = choice(label, person, double, name)
            self.doubles.append((double, differing))
        for field in self.fields.values():
            prepare(field)

    @property
    def of_family(self) -> list[BoundField]:
        return [self[f"family-{name}"] for name in self.family_fields]

    @property
    def of_people(self) -> list[tuple[BoundField, list[BoundField]]]:
        """For each of the merged one's people: who it is, and what differs."""
        return [
            (self[f"person-{double.pk}"], [self[f"person-{double.pk}-{name}"] for name in differing])
            for double, differing in self.doubles
        ]

    def choices(self) -> Choices:
        data = self.cleaned_data
        return Choices(
            family=frozenset(name for name in self.family_fields if data[f"family-{name}"] == MERGED),
            people={
                double.pk: int(data[f"person-{double.pk}"])
                for double, _names in self.doubles
                if data[f"person-{double.pk}"]
            },
            of_person={
                double.pk: frozenset(name for name in names if data[f"person-{double.pk}-{name}"] == MERGED)
                for double, names in self.doubles
            },
        )


def choice(label: str, kept: Any, merged: Any, name: str) -> forms.ChoiceField:
    """One of two values; the kept one's unless somebody says otherwise."""
    return forms.ChoiceField(
        label=label,
        choices=[(KEPT, said(kept, name)), (MERGED, said(merged, name))],
        initial=KEPT,
        widget=TallSegments,
    )


def label_of(row: Any, name: str) -> str:
    label = str(row._meta.get_field(name).verbose_name)
    return label[:1].upper() + label[1:]


def said(row: Any, name: str) -> str:
    """A value as people read it."""
    value = getattr(row, name)
    if name == "address":
        return ", ".join(part for part in (row.address, f"{row.postcode} {row.place}".strip()) if part)
    if name == "phone":
        return shown(value)
    if name == "interpreter_language":
        return str(SPOKEN_LANGUAGES.get(value, value))
    if name == "birth_year" and row.birth_year_about:
        return _("about %(year)s") % {"year": value}
    display = getattr(row, f"get_{name}_display", None)
    return str(display() if display else value)


def told(person: Person) -> str:
    """Her name, with the year of a child."""
    return f"{person} ({said(person, 'birth_year')})" if person.birth_year else str(person)
