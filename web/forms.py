"""How every form of ours is made: one base, one look, errors that can be found."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.forms.boundfield import BoundField
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _


class Segments(forms.RadioSelect):
    """Radios drawn as one row of buttons: two to four short answers."""

    look = "segments"


class TallSegments(Segments):
    """The same, one answer a line: for answers of several words."""

    look = "tall"


def described(label: Any, text: Any) -> SafeString:
    """A choice's label with a quiet line below it."""
    return format_html("{}<small>{}</small>", label, text)


@dataclass(frozen=True)
class Problem:
    """Something to put right: the field's label ("" for the whole form), the sentence, the id to jump to."""

    label: str
    text: str
    target: str


class PageFormMixin:
    """Goes before forms.Form or forms.ModelForm. The page writes the `<form>` tag itself (base_form.html)."""

    fields: dict[str, forms.Field]
    mark_optional = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            prepare(field)

    @property
    def helper(self) -> FormHelper:
        """For `{% crispy form %}`: fields only, no form tag and no token of its own."""
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        helper.form_show_errors = True
        return helper


class PageForm(PageFormMixin, forms.Form):
    """A form that parses and validates; services write."""


def prepare(field: forms.Field) -> None:
    """Native date and time fields, text areas as wide as their place, and errors in plain words."""
    widget = field.widget
    if isinstance(widget, forms.DateInput):
        widget.input_type, widget.format = "date", "%Y-%m-%d"
    elif isinstance(widget, forms.TimeInput):
        widget.input_type, widget.format = "time", "%H:%M"
    elif isinstance(widget, forms.Textarea):
        widget.attrs.pop("cols", None)
        if widget.attrs.get("rows") == "10":
            widget.attrs["rows"] = "3"
    if field.error_messages.get("required") == forms.Field.default_error_messages["required"]:
        chosen = isinstance(field, forms.ChoiceField | forms.ModelChoiceField)
        field.error_messages["required"] = _("Choose one.") if chosen else _("Fill in this field.")


def target(bound: BoundField) -> str:
    """The id of the first thing that can be focused: a group of radios has none of its own."""
    if bound.id_for_label:
        return bound.id_for_label
    choices = bound.subwidgets
    return str(choices[0].id_for_label or bound.auto_id) if choices else str(bound.auto_id)


def problems(*filled: "forms.BaseForm | forms.BaseFormSet[Any] | None") -> list[Problem]:
    """Every error of these forms and formsets in the order of the page."""
    return [problem for form in filled if form for problem in problems_of(form)]


def problems_of(form: "forms.BaseForm | forms.BaseFormSet[Any]") -> Iterator[Problem]:
    """The errors of one. A form that was not sent has none."""
    if not form.is_bound:
        return
    for text in form.non_form_errors() if isinstance(form, forms.BaseFormSet) else form.non_field_errors():
        yield Problem("", str(text), "")
    if isinstance(form, forms.BaseFormSet):
        for each in form.forms:
            yield from problems_of(each)
        return
    for bound in form:
        for text in bound.errors:
            yield Problem(str(bound.label or ""), str(text), target(bound))


def add_errors(form: forms.BaseForm, errors: Mapping[str, str]) -> None:
    """A service refused: put its words beside the fields ("" for the whole form)."""
    for name, text in errors.items():
        form.add_error(name or None, text)
