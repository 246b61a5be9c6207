"""Forms about police certificates: choices and dates alone. No file, no text."""

from datetime import date
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.models import CertificateRole, LegalGround
from accounts.rules.certificates import is_fresh
from web.dates import long_date
from web.forms import PageForm

ROLES = [(value, capfirst(label)) for value, label in CertificateRole.choices]


def restrict(field: forms.Field, roles: tuple[str, ...]) -> None:
    """Offer only the kinds of role that she holds, the first one chosen; all of them when she holds none yet."""
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
    field.choices = [
        (value, capfirst(label)) for value, label in CertificateRole.choices if not roles or value in roles
    ]


class AskForm(PageForm):
    """For which role she is asked, and on what ground."""

    role = forms.ChoiceField(label=_("Role"))
    ground = forms.ChoiceField(
        label=_("Legal ground"),
        help_text=_("The letter names it. Ask your own lawyer when you are in doubt."),
        choices=LegalGround.choices,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, roles: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        restrict(self.fields["role"], roles)


class CertificateForm(PageForm):
    """That a police certificate was shown. Nothing of what it says.

    `asked`: kind of role → the day on which it was asked for.
    """

    role = forms.ChoiceField(label=_("Role"))
    ground = forms.ChoiceField(label=_("Legal ground"), choices=LegalGround.choices)
    issued_on = forms.DateField(
        label=_("Date of issue"),
        help_text=_("At most three months before it was shown."),
        widget=forms.DateInput,
    )
    shown_on = forms.DateField(label=_("Shown to you"), widget=forms.DateInput)

    def __init__(self, *args: Any, roles: tuple[str, ...], asked: dict[str, date], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked, self.today = asked, today
        restrict(self.fields["role"], roles)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        issued, shown, asked = data.get("issued_on"), data.get("shown_on"), self.asked.get(data.get("role", ""))
        if issued and shown and issued > shown:
            self.add_error("issued_on", _("It cannot be issued after it was shown."))
        elif issued and shown and not is_fresh(issued_on=issued, shown_on=shown):
            self.add_error(
                "issued_on",
                _("It was more than three months old on the day it was shown. Ask for a new one."),
            )
        if shown and shown > self.today:
            self.add_error("shown_on", _("This day has not come yet."))
        elif shown and asked and shown < asked:
            self.add_error(
                "shown_on", _("It was asked for on %(day)s, so it was shown then or later.") % {"day": long_date(asked)}
            )
        return data
