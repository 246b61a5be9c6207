"""A volunteer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.queries import people_with_role
from municipalities.models import Municipality
from planning.forms.resources import CONTACT, EndingForm, LanguagesField
from planning.models import Volunteer


class VolunteerForm(EndingForm):
    """Only the name is needed; an account is optional. That a certificate was shown is noted elsewhere."""

    speaks = LanguagesField(label=_("Languages"))

    class Meta:
        model = Volunteer
        fields = ["name", "phone", "email", "speaks", "skills", "networks", "user"]
        field_classes = CONTACT
        labels = {"user": _("Account")}
        help_texts = {
            "skills": _("What they like to do and can do: cook, play, drive, mend."),
            "networks": _("Clubs and places where they know people, and could open a door."),
            "user": _("Only when the person logs in here, as a volunteer."),
        }

    def __init__(self, *args: Any, municipality: Municipality, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = {person.pk for person in people_with_role(municipality, "volunteer")}
        taken = set(Volunteer.objects.exclude(pk=self.instance.pk).values_list("user", flat=True))
        field = self.fields["user"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - for the type checker
        field.queryset = User.objects.filter(pk__in=people - taken)
        field.empty_label = str(_("no account"))
