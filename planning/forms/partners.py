"""Partners, and their part in a round."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from planning.forms.resources import CONTACT, EndingForm
from planning.models import Partner, Round, RoundPartner
from web.forms import described


class PartnerForm(EndingForm):
    """Only name and kind are needed."""

    class Meta:
        model = Partner
        fields = ["name", "kind", "contact_person", "phone", "email", "offers", "recruits"]
        field_classes = CONTACT
        labels = {
            "recruits": described(_("Families can be found through them"), _("They meet families who want to join."))
        }
        help_texts = {"offers": _("For example: a gym on Thursdays, a chef, free entrance, a bus.")}


class RoundPartnerForm(EndingForm):
    """Who takes part, and what they have promised. A partner of the round already is not among the choices."""

    class Meta:
        model = RoundPartner
        fields = ["partner", "commitment"]
        help_texts = {"commitment": _("For example: one employee, two hours a week.")}
        error_messages = {"partner": {"invalid_choice": _("Choose a partner who is not in the round already.")}}

    def __init__(self, *args: Any, in_round: Round, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["partner"]
            return
        field = self.fields["partner"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - for the type checker
        field.queryset = Partner.objects.in_use().exclude(rounds__round=in_round)
        field.empty_label = str(_("choose"))
        self.instance.round = in_round
