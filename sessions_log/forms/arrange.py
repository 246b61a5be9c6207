"""Who drives whom, and who brings or leads what: one field a person and a family."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from families.forms.fields import GuardedField
from sessions_log.queries.sheet import Line, Sheet
from sessions_log.services.sheets import Lift
from web.forms import PageForm

MOST = 120  # characters of what somebody does


class ArrangeForm(PageForm):
    """Fields are named by what they are about: `task-3` (helper), `brings-5` and `ride-5` (family)."""

    mark_optional = False

    def __init__(self, *args: Any, sheet: Sheet, **kwargs: Any) -> None:
        self.sheet = sheet
        super().__init__(*args, **kwargs)
        for helper in sheet.helpers:
            self.add(f"task-{helper.pk}", GuardedField(label=str(helper), max_length=MOST), helper.task)
        for line in sheet.coming:
            family = line.guest.family
            self.add(f"brings-{family.pk}", GuardedField(label=family.name, max_length=MOST), line.brings)
            if line.needs_lift:
                field = forms.ChoiceField(label=family.name, choices=self.ways(line))
                self.add(f"ride-{family.pk}", field, value_of(line))

    def add(self, name: str, field: forms.Field, value: str) -> None:
        field.required, field.initial = False, value
        self.fields[name] = field

    def ways(self, line: Line) -> list[tuple[str, Any]]:
        """With whom this family can come: a helper, a family that needs no lift itself, or a taxi."""
        families = [
            (f"family:{other.guest.family.pk}", other.guest.family.name)
            for other in self.sheet.coming
            if other is not line and not other.needs_lift
        ]
        helpers = [(f"helper:{helper.pk}", str(helper)) for helper in self.sheet.helpers]
        return [("", _("not arranged yet")), *helpers, *families, ("taxi", _("by taxi"))]

    def bound(self, kind: str) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith(f"{kind}-")]

    @property
    def task_fields(self) -> list[forms.BoundField]:
        return self.bound("task")

    @property
    def brings_fields(self) -> list[forms.BoundField]:
        return self.bound("brings")

    @property
    def ride_fields(self) -> list[forms.BoundField]:
        return self.bound("ride")

    def by_pk(self, kind: str) -> dict[int, str]:
        return {
            int(name.partition("-")[2]): value
            for name, value in self.cleaned_data.items()
            if name.startswith(f"{kind}-")
        }

    def arranged(self) -> dict[str, Any]:
        """What the service takes."""
        return {
            "tasks": self.by_pk("task"),
            "brings": self.by_pk("brings"),
            "lifts": {family: self.lift(value) for family, value in self.by_pk("ride").items()},
        }

    def lift(self, value: str) -> Lift | None:
        kind, _colon, pk = value.partition(":")
        if kind == "helper":
            return Lift(helper=next(helper for helper in self.sheet.helpers if str(helper.pk) == pk))
        if kind == "family":
            families = [line.guest.family for line in self.sheet.coming]
            return Lift(driver=next(family for family in families if str(family.pk) == pk))
        return Lift(by_taxi=True) if kind == "taxi" else None


def value_of(line: Line) -> str:
    """The choice that stands for the ride of now."""
    ride = line.ride
    if ride is None:
        return ""
    if ride.by_taxi:
        return "taxi"
    return f"helper:{ride.helper_id}" if ride.helper_id else f"family:{ride.driver_id}"
