"""A question to SOS-barnebyer."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from planning.rules.questions import Topic
from web.fields import GuardedField
from web.forms import PageForm


class QuestionForm(PageForm):
    """What it is about, and the question."""

    topic = forms.TypedChoiceField(
        label=_("What is it about?"),
        choices=[(value, capfirst(label)) for value, label in Topic.choices],
        coerce=Topic,
        widget=forms.RadioSelect,
    )
    question = GuardedField(
        label=_("Your question"),
        help_text=_("No names of families, and nothing that tells who they are."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": "5"}),
        error_messages={"required": _("Write what you would like to know.")},
    )
