"""An idea of the municipality's own, and how one went."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from planning.forms.resources import EndingForm, ResourceForm
from planning.models import ActivityIdea, Again, IdeaNote, LanguageNeeded, Round, Season, Where
from web.forms import Segments


class IdeaForm(EndingForm):
    """Title, what you do, where, and how much language: the rest helps whoever chooses."""

    seasons = forms.MultipleChoiceField(
        label=_("Seasons"),
        help_text=_("None ticked means the whole year."),
        choices=Season.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    where = forms.ChoiceField(label=_("Where"), choices=Where.choices, widget=Segments)
    language_needed = forms.ChoiceField(label=_("Language needed"), choices=LanguageNeeded.choices, widget=Segments)

    class Meta:
        model = ActivityIdea
        fields = [
            "title",
            "what",
            "where",
            "language_needed",
            "seasons",
            "cost",
            "minutes",
            "age_from",
            "age_to",
            "wheelchair",
            "realistic",
            "lead_days",
            "book",
        ]
        help_texts = {
            "what": _("Nobody is the expert, everybody has something to do, and it is done together."),
            "cost": _("0 means free."),
            "age_to": _("Empty means everybody older too."),
            "realistic": _("What has to be in place: who helps, what you need, what can go wrong."),
            "lead_days": _("How many days before must something be booked? 0 means the same day."),
        }

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        first, last = data.get("age_from"), data.get("age_to")
        if first is not None and last is not None and last < first:
            self.add_error("age_to", _("The oldest must be at least as old as the youngest."))
        return data


class IdeaNoteForm(ResourceForm):
    """How it went, in words for whoever tries it next."""

    again = forms.ChoiceField(label=_("Would you do it again?"), choices=Again.choices, widget=Segments)

    class Meta:
        model = IdeaNote
        fields = ["round", "again", "text"]
        labels = {"round": _("Round"), "text": _("How it went")}
        help_texts = {"text": _("About the activity: what worked, what did not. Never about a family.")}

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["round"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - for the type checker
        field.queryset = Round.objects.visible_to(user)
        field.empty_label = None
