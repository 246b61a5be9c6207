"""The form of an evaluation: the questions, and what it began with."""

import json
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from families.forms.fields import GuardedField
from planning.models import Evaluation
from planning.rules.evaluation import FIELDS, NEEDED, QUESTIONS, TEXTS, Ready
from web.forms import PageForm, Segments


class EvaluationForm(PageForm):
    """Nothing has to be filled in to save. `base`: what the page began with, to tell what somebody else changed."""

    mark_optional = False
    base = forms.CharField(widget=forms.HiddenInput, required=False)
    ready = forms.ChoiceField(
        label=_("Are you ready for another round?"), choices=Ready.choices, required=False, widget=Segments
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in TEXTS:
            self.fields[name] = GuardedField(
                label=QUESTIONS[name],
                required=False,
                max_length=2000,
                widget=forms.Textarea(attrs={"rows": "3" if name in NEEDED else "2"}),
            )
        self.order_fields([*TEXTS, "ready"])

    @property
    def first_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in TEXTS[:4]]

    @property
    def other_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in TEXTS[4:]]

    def answers(self) -> dict[str, str]:
        """What was typed; lines end the same way everywhere."""
        return {name: self.cleaned_data[name].replace("\r\n", "\n") for name in FIELDS}

    def began_with(self) -> dict[str, str]:
        """What stood there when she opened the page; what cannot be read counts as nothing."""
        return read_base(self.cleaned_data["base"])


def read_base(text: str) -> dict[str, str]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return {name: str(found[name]) for name in FIELDS if name in found} if isinstance(found, dict) else {}


def first_values(evaluation: Evaluation | None, draft: Mapping[str, list[str]] | None) -> dict[str, Any]:
    """What is written, and on top of it what she was typing, with what that began with."""
    stored = {name: getattr(evaluation, name) if evaluation else "" for name in FIELDS}
    typed = {name: values[0] if values else "" for name, values in (draft or {}).items()}
    return {**stored, "base": json.dumps(stored), **typed}
