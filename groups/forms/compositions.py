"""Forms of the workbench: how strict the rules are, and the decision."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from families.forms.fields import GuardedField
from families.languages import SPOKEN_LANGUAGES
from families.models import Family
from groups.forms.groups import with_certificate
from groups.services.compositions import NewGroup
from groups.workbench import MOST_NEW
from municipalities.models import Municipality
from planning.models import Venue
from web.forms import PageForm


class SettingsForm(PageForm):
    """How many groups, how large, and what is arranged."""

    new = forms.IntegerField(label=_("New groups, at most"), min_value=0, max_value=MOST_NEW)
    smallest = forms.IntegerField(label=_("Families in a group, at least"), min_value=2, max_value=6)
    largest = forms.IntegerField(label=_("Families in a group, at most"), min_value=4, max_value=10)
    arranged = forms.MultipleChoiceField(
        label=_("Interpreters arranged"), required=False, widget=forms.CheckboxSelectMultiple
    )
    time_is_hard = forms.BooleanField(label=_("All in a group must have a common time"), required=False)
    keep = forms.BooleanField(label=_("Proposals keep the families I have moved where they are"), required=False)
    time_limit = forms.IntegerField(label=_("Seconds for a proposal, at most"), min_value=5, max_value=600)

    def __init__(self, *args: Any, areas: dict[str, tuple[str, str]], languages: list[str], **kwargs: Any) -> None:
        """`areas`: by group its name and the part of the municipality where it meets, as noted before. `languages`:
        for which an interpreter could be arranged, those at the table."""
        super().__init__(*args, **kwargs)
        arranged = self.fields["arranged"]
        assert isinstance(arranged, forms.MultipleChoiceField)  # noqa: S101 - for the type checker
        arranged.choices = [(code, str(SPOKEN_LANGUAGES.get(code, code))) for code in languages]
        if not languages:
            del self.fields["arranged"]
        self.areas = areas
        for key, (name, area) in areas.items():
            self.fields[f"area-{key}"] = forms.CharField(
                label=_("Where %(group)s meets: part of the municipality") % {"group": name},
                required=False,
                max_length=80,
                initial=area,
            )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("smallest", 0) > data.get("largest", 10):
            self.add_error("largest", _("Choose at least as many as the smallest group has."))
        data.setdefault("arranged", [])
        data["areas"] = {
            key: area.strip().casefold() for key in self.areas if (area := data.pop(f"area-{key}", "") or "")
        }
        return data


class ApartForm(PageForm):
    """Two families that should not be in one group, and why. `families`: those at the table, by id."""

    def __init__(self, *args: Any, families: dict[int, Family], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.families = families
        choices = [("", "–"), *((str(key), family.name) for key, family in families.items())]
        for name, label in (("first", _("The one family")), ("second", _("The other family"))):
            self.fields[name] = forms.ChoiceField(
                label=label, choices=choices, error_messages={"required": _("Choose a family.")}
            )
        self.fields["reason"] = GuardedField(
            label=_("Why"),
            help_text=_("Short. Only those who compose and talk with families read it. Nothing about health."),
            required=False,
            max_length=200,
        )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("first") and data.get("first") == data.get("second"):
            self.add_error("second", _("Choose another family than the first."))
        return data

    def chosen(self) -> tuple[Family, Family]:
        return self.families[int(self.cleaned_data["first"])], self.families[int(self.cleaned_data["second"])]


class ConfirmForm(PageForm):
    """A name and a coordinator for each new group, and why it became like this."""

    def __init__(self, *args: Any, new: list[str], municipality: Municipality, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.new = new
        people = with_certificate(municipality)
        mine = user.pk if people.filter(pk=user.pk).exists() else None
        for number, key in enumerate(new, start=1):
            self.fields[f"name-{key}"] = GuardedField(
                label=_("Name of new group %(n)d") % {"n": number},
                help_text=_("Something pleasant: a tree, a bird."),
                max_length=60,
            )
            self.fields[f"coordinator-{key}"] = forms.ModelChoiceField(
                label=_("Coordinator of new group %(n)d") % {"n": number},
                queryset=people,
                empty_label=None,
                initial=mine,
                error_messages={"invalid_choice": _("Choose a coordinator whose police certificate has been shown.")},
            )
            self.fields[f"place-{key}"] = forms.ModelChoiceField(
                label=_("Meeting place of new group %(n)d") % {"n": number},
                queryset=Venue.objects.to_choose(),
                required=False,
                empty_label=_("not decided"),
            )
        self.fields["decision"] = GuardedField(
            label=_("Why it became like this"),
            help_text=_("Short, and nothing private. It is kept with the decision."),
            required=False,
            max_length=500,
            widget=forms.Textarea(attrs={"rows": "3"}),
        )
        for field in self.fields.values():
            if "required" in field.error_messages and field.required:
                field.error_messages["required"] = _("Fill in this field.")

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        names = [data.get(f"name-{key}", "").casefold() for key in self.new]
        for key, name in zip(self.new, names, strict=True):
            if name and names.count(name) > 1:
                self.add_error(f"name-{key}", _("Two new groups have this name."))
        return data

    def new_groups(self) -> dict[str, NewGroup]:
        data = self.cleaned_data
        return {
            key: NewGroup(data[f"name-{key}"], data[f"coordinator-{key}"], data[f"place-{key}"]) for key in self.new
        }
