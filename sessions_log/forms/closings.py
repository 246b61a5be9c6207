"""The form of opening a closed round again."""

from django import forms
from django.utils.translation import gettext_lazy as _

from families.forms.fields import GuardedField
from web.forms import PageForm


class ReopenForm(PageForm):
    """Why: it is kept, and everybody in the round can read it."""

    reason = GuardedField(
        label=_("Why is the round opened again?"),
        help_text=_("It is kept beside the round. No names of families."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": "3"}),
    )
