"""The form of a group's goal."""

from django import forms
from django.utils.translation import gettext_lazy as _

from families.forms.fields import GuardedField
from web.forms import PageForm


class GoalForm(PageForm):
    """One sentence of the group. Identity numbers are refused, as everywhere."""

    words = GuardedField(
        label=_("What does the group want from its time together?"),
        help_text=_("In the group's own words, about all of them: for example «We dare to ring each other's bell»."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": "3"}),
    )
