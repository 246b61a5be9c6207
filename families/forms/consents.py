"""Who says yes, and how: the two things that go with every yes on the page."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from families.languages import LETTER_LANGUAGES
from families.models import How, Person
from web.forms import PageForm, Segments


class AnswerForm(PageForm):
    """The adult we talk with, how she answers, and the language in which she got the text."""

    mark_optional = False
    given_by = forms.ModelChoiceField(label=_("Who answers?"), queryset=Person.objects.none(), empty_label=None)
    how = forms.ChoiceField(
        label=_("How?"), choices=[(How.SPOKEN, _("Said it")), (How.WRITTEN, _("In writing"))], widget=Segments
    )
    language = forms.ChoiceField(label=_("In which language?"), choices=list(LETTER_LANGUAGES.items()))

    def __init__(self, *args: Any, answering: list[Person], **kwargs: Any) -> None:
        first = answering[0] if answering else None
        initial = {"given_by": first and first.pk, "how": How.SPOKEN, "language": first and first.language}
        super().__init__(*args, initial=initial, **kwargs)
        field = self.fields["given_by"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - for the type checker
        field.queryset = Person.objects.filter(pk__in=[person.pk for person in answering])
