"""Transport and interpreters."""

from django import forms
from django.utils.translation import gettext_lazy as _

from planning.forms.resources import CONTACT, EndingForm, LanguagesField
from planning.models import Arrangement, ArrangementKind
from web.forms import Segments


class ArrangementForm(EndingForm):
    """Who brings families, or interprets, and how it is ordered."""

    kind = forms.ChoiceField(label=_("What is it?"), choices=ArrangementKind.choices, widget=Segments)
    speaks = LanguagesField(label=_("Languages"), help_text=_("For interpreters."))

    class Meta:
        model = Arrangement
        fields = [
            *("kind", "name", "contact_person", "phone", "email", "speaks", "how_to_order", "lead_days", "price"),
        ]
        field_classes = CONTACT
        help_texts = {
            "how_to_order": _("Where you order, and what they need to know. Never a family's name."),
            "lead_days": _("How many days before must it be ordered?"),
            "price": _("For example: 350 kr an hour, or paid by the health service."),
        }
