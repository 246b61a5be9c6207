"""What a household answered, as the coordinator notes it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from families.forms.fields import GuardedField
from families.models import Person
from web.forms import PageForm, Segments


class FoodForm(PageForm):
    """What stands on the family about food, after reading what it wrote itself."""

    food_needs = GuardedField(
        label=_("Food needs"),
        help_text=_("What they eat and do not eat. No diagnoses."),
        required=False,
        max_length=200,
    )


class ReplyForm(PageForm):
    """Coming or not; how many, lift, interpreter."""

    coming = forms.ChoiceField(
        label=_("Are they coming?"), choices=[("yes", _("Yes")), ("no", _("No"))], widget=Segments
    )
    adults = forms.IntegerField(label=_("Adults"), min_value=0, max_value=20, required=False)
    children = forms.IntegerField(label=_("Children"), min_value=0, max_value=20, required=False)
    needs_lift = forms.BooleanField(label=_("They need a lift"), required=False)
    needs_interpreter = forms.BooleanField(label=_("They need an interpreter"), required=False)
    words = GuardedField(label=_("What they said"), required=False, max_length=200)

    def __init__(self, *args: Any, people: list[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["adults"].initial = sum(person.kind == "adult" for person in people)
        self.fields["children"].initial = sum(person.kind == "child" for person in people)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("coming") == "yes" and not (data.get("adults") or data.get("children")) and not self.errors:
            self.add_error("adults", _("How many are coming?"))
        return data

    def answer(self) -> dict[str, Any]:
        """Arguments of `note_reply`."""
        data = self.cleaned_data
        return {
            "coming": data["coming"] == "yes",
            "adults": data["adults"] or 0,
            "children": data["children"] or 0,
            "needs_lift": data["needs_lift"],
            "needs_interpreter": data["needs_interpreter"],
            "words": data["words"],
        }
