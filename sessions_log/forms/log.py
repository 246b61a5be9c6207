"""The log's form: the roster, the guests, four short prompts, who carried it, a debrief."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from families.forms.fields import GuardedField
from sessions_log.models import AttendanceState, CarriedBy
from sessions_log.queries.log import ALL, NONE, SOME, TEXTS, Household, LogFields, Roster, away, level
from sessions_log.services.log import NewFollowUp
from web.forms import PageForm, TallSegments, described
from web.pieces import OneOf

LEVELS = [(ALL, ALL), (SOME, SOME), (NONE, NONE)]
MOST_GUESTS = 30


@dataclass(frozen=True)
class Row:
    """A family on the page."""

    key: int
    name: str
    note: Any
    value: str
    people: list[OneOf]
    errors: list[str]


def short(text: Any) -> GuardedField:
    return GuardedField(label=text, required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": "2"}))


class AnyOf(forms.TypedMultipleChoiceField):
    """Ids; one that is no longer offered (ticked before, or by somebody else) is no fault."""

    def validate(self, value: Any) -> None:
        """The service takes only what belongs to the gathering."""


class LogForm(PageForm):
    """Everything is a state. `base` is what the form began with, to tell what somebody else changed meanwhile."""

    mark_optional = False
    version = forms.IntegerField(widget=forms.HiddenInput)
    base = forms.CharField(widget=forms.HiddenInput, required=False)
    helpers = forms.MultipleChoiceField(
        label=_("Coordinators and volunteers"), required=False, widget=forms.CheckboxSelectMultiple
    )
    did = short(_("What did we do?"))
    went_well = short(_("What went well?"))
    change_next = short(_("What do we change next time?"))
    carried_by = forms.ChoiceField(
        label=_("Who carried it?"), choices=CarriedBy.choices, required=False, widget=TallSegments
    )
    follow_up = GuardedField(label=_("Something to follow up?"), required=False, max_length=300)
    owner = forms.TypedChoiceField(label=_("Who"), coerce=int, empty_value=None, required=False)
    due_on = forms.DateField(label=_("By"), required=False, widget=forms.DateInput)
    done = AnyOf(
        label=_("To follow up"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick what is done."),
    )
    debrief = forms.BooleanField(label=_("I need a debrief"), required=False)

    def __init__(
        self,
        *args: Any,
        roster: Roster,
        owners: dict[int, str],
        open_follow_ups: list[dict[str, Any]],
        blank_guests: int = 1,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.roster = roster
        choices: Any = [(helper.key, helper.name) for helper in roster.helpers]
        self.fields["helpers"].choices = choices  # type: ignore[attr-defined]
        self.owners = owners
        self.fields["owner"].choices = list(owners.items())  # type: ignore[attr-defined]
        self.fields["done"].choices = [  # type: ignore[attr-defined]
            (row["pk"], described(row["text"], row["owner"])) for row in open_follow_ups
        ]
        for household in roster.households:
            self.fields[f"family-{household.family.pk}"] = forms.ChoiceField(
                choices=LEVELS, required=False, label=household.family.name
            )
            for person in household.people:
                self.fields[f"person-{person.pk}"] = forms.ChoiceField(
                    choices=AttendanceState.choices, required=False, label=person.name
                )
        for n in range(self.guest_rows(blank_guests)):
            self.fields[f"guest-{n}-name"] = GuardedField(label=_("First name"), required=False, max_length=80)
            self.fields[f"guest-{n}-note"] = GuardedField(label=_("Who that is"), required=False, max_length=120)

    def guest_rows(self, blank: int) -> int:
        """So many as are filled in, and some to write in."""
        filled = 0
        for source in (self.data, self.initial):
            for n in range(MOST_GUESTS):
                if source.get(f"guest-{n}-name") or source.get(f"guest-{n}-note"):
                    filled = max(filled, n + 1)
        return min(filled + blank, MOST_GUESTS)

    @property
    def shows_guests(self) -> bool:
        """Whether that part is open: somebody stands there, or more room was asked for."""
        return self.is_bound or bool(self.initial.get("guest-0-name"))

    def guest_fields(self) -> list[tuple[Any, Any]]:
        count = sum(name.startswith("guest-") for name in self.fields) // 2
        return [(self[f"guest-{n}-name"], self[f"guest-{n}-note"]) for n in range(count)]

    def rows(self) -> list[Row]:
        """The roster as typed, or as it was logged."""
        return [self.row(household) for household in self.roster.households]

    def row(self, household: Household) -> Row:
        name = f"family-{household.family.pk}"
        if household.said_no:
            note: Any = _("told us")
        elif len(household.people) == 1:
            note = household.people[0].first_name
        else:
            note = _("%(count)s people") % {"count": len(household.people)}
        people = [
            OneOf(
                title=person.first_name if person.kind == "adult" else _("%(name)s, child") % {"name": person},
                name=f"person-{person.pk}",
                value=self[f"person-{person.pk}"].value() or "",
            )
            for person in household.people
        ]
        return Row(
            key=household.family.pk,
            name=household.family.name,
            note=note,
            value=self[name].value() or "",
            people=people,
            errors=[str(text) for text in self[name].errors],
        )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        for household in self.roster.households:
            states = [data.get(f"person-{person.pk}") for person in household.people]
            if data.get(f"family-{household.family.pk}") == SOME and not any(states):
                self.add_error(f"family-{household.family.pk}", _("Choose who was here."))
        for name, note in self.guest_fields():
            if data.get(note.name) and not data.get(name.name):
                self.add_error(name.name, _("What is the guest's first name?"))
        if data.get("due_on") and not data.get("follow_up"):
            self.add_error("follow_up", _("What is to be followed up?"))
        return data

    def log_fields(self) -> LogFields:
        """The log as she left it. Under «some», a person nobody said anything about did not come."""
        data = self.cleaned_data
        attendance: dict[int, str] = {}
        for household in self.roster.households:
            chosen = data.get(f"family-{household.family.pk}")
            for person in household.people:
                if chosen == ALL:
                    attendance[person.pk] = AttendanceState.PRESENT
                elif chosen == NONE:
                    attendance[person.pk] = away(household)
                elif chosen == SOME:
                    attendance[person.pk] = data.get(f"person-{person.pk}") or AttendanceState.ABSENT
        guests = tuple(
            (data[name.name], data.get(note.name) or "") for name, note in self.guest_fields() if data.get(name.name)
        )
        return LogFields(
            attendance=attendance,
            helpers=frozenset(data["helpers"]),
            guests=guests,
            **{name: data[name] for name in TEXTS},
        )

    def new_follow_up(self) -> NewFollowUp | None:
        data = self.cleaned_data
        if not data["follow_up"]:
            return None
        return NewFollowUp(data["follow_up"], data["owner"] or next(iter(self.owners)), data["due_on"])

    def began_with(self) -> LogFields | None:
        """What was stored when she opened the form; None when that cannot be told."""
        try:
            return LogFields.from_json(json.loads(self.cleaned_data["base"]))
        except (KeyError, TypeError, ValueError, AttributeError, RecursionError):
            return None


def first_values(logged: LogFields, roster: Roster, version: int, *, is_logged: bool) -> dict[str, Any]:
    """The form as the log is stored; before the first log those who had planned to help are ticked."""
    if not is_logged:
        logged = replace(logged, helpers=frozenset(helper.key for helper in roster.helpers if helper.planned))
    values: dict[str, Any] = {
        "version": version,
        "base": json.dumps(logged.as_json()),
        "helpers": [helper.key for helper in roster.helpers if helper.key in logged.helpers],
        **{name: getattr(logged, name) for name in TEXTS},
    }
    for household in roster.households:
        values[f"family-{household.family.pk}"] = level(household, logged.attendance)
        for person in household.people:
            values[f"person-{person.pk}"] = logged.attendance.get(person.pk, "")
    for n, (name, note) in enumerate(logged.guests):
        values[f"guest-{n}-name"], values[f"guest-{n}-note"] = name, note
    return values


def everyone_here(data: Any, roster: Roster) -> Any:
    """The posted form with every family that nobody has set yet as present: nothing that is set is undone."""
    changed = data.copy()
    for household in roster.households:
        if not changed.get(f"family-{household.family.pk}"):
            changed[f"family-{household.family.pk}"] = ALL
    return changed


def draft_values(fields: Mapping[str, list[str]]) -> dict[str, Any]:
    """Initial values from a draft. A box that was not ticked is not in it."""
    several = {"helpers", "done"}
    found: dict[str, Any] = {
        name: values if name in several else (values[0] if values else "") for name, values in fields.items()
    }
    return {"helpers": [], "done": [], "debrief": "", **found}
