"""Days without school."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from municipalities.models import SchoolHoliday
from planning.forms.resources import TakingOutForm


class SchoolHolidayForm(TakingOutForm):
    """Its name, and its first and last day."""

    starts_on = forms.DateField(label=_("First day"), widget=forms.DateInput)
    ends_on = forms.DateField(label=_("Last day"), widget=forms.DateInput)

    class Meta:
        model = SchoolHoliday
        fields = ["name", "starts_on", "ends_on"]
        help_texts = {"name": _("For example: autumn holiday.")}

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        first, last = data.get("starts_on"), data.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The last day cannot be before the first."))
        return data
