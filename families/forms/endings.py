"""Not now, no thank you, or ended; and beginning again."""

from django import forms
from django.utils.translation import gettext_lazy as _

from families.forms.fields import GuardedField
from families.models import Participation
from web.forms import PageForm, TallSegments


class EndingForm(PageForm):
    """How a family's way through the round ends. A reason is never asked for, only kept when given."""

    ending = forms.ChoiceField(
        label=_("What did they say?"),
        choices=[
            (Participation.Ending.NOT_NOW, _("Not now")),
            (Participation.Ending.DECLINED, _("No thank you")),
            (Participation.Ending.ENDED, _("They have moved, or have what they need")),
        ],
        widget=TallSegments,
    )
    reason = GuardedField(
        label=_("In their own words"),
        help_text=_("Only if they want to say why. Nothing about health."),
        required=False,
        max_length=200,
    )
