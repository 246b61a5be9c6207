"""What a form field looks like: its words, its errors, and the control itself. The crispy pack asks `field`.

Drawn by functions: Django's way is a template for each control and one more for its attributes, and that was a quarter
of the time of the log's page.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from web.icons import drawing

NOTHING = SafeString("")
Control = Mapping[str, Any]  # what Django tells the template of a widget


def attributes(given: Mapping[str, Any]) -> SafeString:
    """` name="value"` for each; True is the name alone, False nothing."""
    return format_html_join(
        "",
        "{}",
        (
            (format_html(" {}", name) if value is True else format_html(' {}="{}"', name, value),)
            for name, value in given.items()
            if value is not False
        ),
    )


def box(control: Control) -> SafeString:
    """An `<input>` of any type."""
    value = NOTHING if control["value"] is None else format_html(' value="{}"', control["value"])
    return format_html(
        '<input type="{}" name="{}"{}{}>', control["type"], control["name"], value, attributes(control["attrs"])
    )


def text_area(control: Control) -> SafeString:
    return format_html(
        '<textarea name="{}"{}>\n{}</textarea>', control["name"], attributes(control["attrs"]), control["value"] or ""
    )


def select(control: Control) -> SafeString:
    groups = [
        (name, format_html_join("", "{}", ((option(each),) for each in choices)))
        for name, choices, _index in control["optgroups"]
    ]
    inside = format_html_join(
        "",
        "{}",
        (
            (format_html('<optgroup label="{}">{}</optgroup>', name, choices) if name else choices,)
            for name, choices in groups
        ),
    )
    return format_html('<select name="{}"{}>{}</select>', control["name"], attributes(control["attrs"]), inside)


def option(control: Control) -> SafeString:
    value, attrs = control["value"], attributes(control["attrs"])
    return format_html('<option value="{}"{}>{}</option>', value, attrs, control["label"])


BOXES = ["text", "number", "email", "url", "password", "hidden", "date", "time", "datetime", "checkbox"]
DRAWN: dict[str, Callable[[Control], SafeString]] = {
    **{f"django/forms/widgets/{name}.html": box for name in BOXES},
    "django/forms/widgets/textarea.html": text_area,
    "django/forms/widgets/select.html": select,
}


class Renderer(DjangoTemplates):
    """Django's form renderer (FORM_RENDERER), with the plain controls drawn by the functions above."""

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        draw = DRAWN.get(template_name)
        return draw(context["widget"]) if draw else str(super().render(template_name, context, request))


def field(bound: BoundField) -> SafeString:
    """The field with everything that belongs to it."""
    widget = bound.field.widget
    if bound.is_hidden:
        return bound.as_widget()
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return choices(bound, getattr(widget, "look", ""))
    if isinstance(widget, forms.CheckboxInput):
        return format_html(
            '<div class="fill" id="div_{0}">{1}<label class="choice" for="{2}">{3}<span>{4}{5}</span></label></div>',
            bound.auto_id,
            errors_of(bound),
            bound.id_for_label,
            bound.as_widget(attrs={"class": "ds-input"}),
            bound.label,
            help_of(bound, '<small id="{}_helptext">{}</small>'),
        )
    label = format_html(
        '<label class="ds-label" for="{}">{}{}</label>', bound.id_for_label, bound.label, optional(bound)
    )
    return format_html(
        '<div class="ds-field" id="div_{}">{}{}{}{}</div>',
        bound.auto_id,
        label if bound.label else NOTHING,
        help_of(bound),
        bound.as_widget(attrs={"class": "ds-input"}),
        errors_of(bound),
    )


def choices(bound: BoundField, look: str) -> SafeString:
    """Radios or boxes under one legend; with a `look` (web.forms.Segments) as a row of buttons."""
    describedby = format_html(' aria-describedby="{}"', bound.aria_describedby) if bound.aria_describedby else NOTHING
    legend = format_html("<legend>{}{}</legend>{}{}", bound.label, optional(bound), help_of(bound), errors_of(bound))
    if look:
        inside = format_html(
            '<div class="ds-toggle-group">{}</div>',
            format_html_join(
                "",
                '<label class="ds-button" data-variant="tertiary" for="{}">{}{}<span>{}</span></label>',
                (
                    (each.id_for_label, box(each.data), drawing("Checkmark"), each.choice_label)
                    for each in bound.subwidgets
                ),
            ),
        )
    else:
        inside = format_html_join(
            "",
            '<label class="choice" for="{}">{}<span>{}</span></label>',
            ((each.id_for_label, box(of_choice(each.data, bound)), each.choice_label) for each in bound.subwidgets),
        )
    return format_html(
        '<fieldset class="ds-fieldset{}" id="div_{}"{}>{}{}</fieldset>',
        {"": "", "tall": " seg seg--tall"}.get(look, " seg"),
        bound.auto_id,
        describedby,
        legend,
        inside,
    )


def of_choice(control: Control, bound: BoundField) -> Control:
    """A radio or box of its own, as Designsystemet draws it."""
    attrs = {name: value for name, value in control["attrs"].items() if name in {"id", "checked", "disabled"}}
    if bound.errors:
        attrs["aria-invalid"] = "true"
    return {**control, "attrs": {"class": "ds-input", **attrs}}


def help_of(bound: BoundField, shape: str = '<div data-field="description" id="{}_helptext">{}</div>') -> SafeString:
    if not bound.help_text:
        return NOTHING
    return format_html(shape, bound.auto_id, mark_safe(bound.help_text))  # noqa: S308 - written in the form, by us


def errors_of(bound: BoundField) -> SafeString:
    if not bound.errors:
        return NOTHING
    shape = '<div class="ds-validation-message" data-field="validation" id="{}_error">{}</div>'
    return format_html(shape, bound.auto_id, " ".join(map(str, bound.errors)))


def optional(bound: BoundField) -> SafeString:
    if bound.field.required or not getattr(bound.form, "mark_optional", False):
        return NOTHING
    return format_html(' <span class="optional">({})</span>', _("optional"))
