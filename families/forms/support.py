"""The three questions of OSSS-3 as parts of a form: in the first conversation, and in the exit interview."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from families.models import Person, SupportAnswer
from families.rules.consents import Matter, answers_for_herself
from families.services.support import ToldSupport
from web.forms import TallSegments

# The scale's own answers, each with its points. Source: OSSS-3 (see models.support).
SCALE: dict[str, tuple[Any, list[tuple[str, Any]]]] = {
    "close": (
        _("How many people are so close to you that you can count on them if you have great personal problems?"),
        [("1", _("none")), ("2", _("1 or 2")), ("3", _("3 to 5")), ("4", _("more than 5"))],
    ),
    "concern": (
        _("How much interest do people show in what you do?"),
        [
            ("5", _("a lot")),
            ("4", _("some")),
            ("3", _("hard to say")),
            ("2", _("little")),
            ("1", _("none")),
        ],
    ),
    "help": (
        _("How easy is it to get practical help from neighbours if you need it?"),
        [
            ("5", _("very easy")),
            ("4", _("easy")),
            ("3", _("possible")),
            ("2", _("difficult")),
            ("1", _("very difficult")),
        ],
    ),
}


class SupportFields(forms.Form):
    """Asks each adult, who may leave it. Call `ask_support` when the other fields are there."""

    asked: list[Person]

    def ask_support(self, adults: list[Person]) -> None:
        """How much support somebody has is a special category: a parent who is known to be 17 is not asked."""
        year = timezone.localdate().year
        self.asked = [a for a in adults if answers_for_herself(a.kind, a.birth_year, year, Matter.SPECIAL)]
        for adult in self.asked:
            for name, (question, answers) in SCALE.items():
                self.fields[f"support-{adult.pk}-{name}"] = forms.ChoiceField(
                    label=question, choices=[*answers, ("", _("no answer"))], required=False, widget=TallSegments
                )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        for adult in self.asked:
            answers = {name: data.get(f"support-{adult.pk}-{name}") for name in SCALE}
            if any(answers.values()) and not all(answers.values()):
                missing = next(name for name, answer in answers.items() if not answer)
                self.add_error(f"support-{adult.pk}-{missing}", _("Answer all three questions, or none of them."))
        return data

    @property
    def support_rows(self) -> list[tuple[Person, list[forms.BoundField]]]:
        return [(adult, [self[f"support-{adult.pk}-{name}"] for name in SCALE]) for adult in self.asked]

    def told_support(self) -> list[ToldSupport]:
        """What those who answered said."""
        data = self.cleaned_data
        return [
            ToldSupport(adult, *(int(data[f"support-{adult.pk}-{name}"]) for name in SCALE))
            for adult in self.asked
            if data[f"support-{adult.pk}-close"]
        ]


def support_values(answers: list[SupportAnswer]) -> dict[str, str]:
    """What was answered before, as initial values."""
    return {f"support-{answer.person_id}-{name}": str(getattr(answer, name)) for answer in answers for name in SCALE}
