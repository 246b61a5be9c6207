"""Forms about people with accounts and their certificates."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import CertificateRole, LegalGround, User
from accounts.roles import ROLES
from accounts.rules.certificates import is_fresh
from web.forms import PageForm


class NameForm(forms.Form):
    """What sign-up asks besides address and password."""

    name = forms.CharField(label=_("Your name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"}))

    def signup(self, request: Any, user: User) -> None:
        """allauth asks for this; the adapter has saved the name already."""


class InviteStaffForm(PageForm):
    """Whom to invite, to which role."""

    email = forms.EmailField(label=_("E-mail"), max_length=254)
    role = forms.ChoiceField(label=_("Role"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        local = [role for role in ROLES.values() if role.name not in {"administrator", "adviser"}]
        field = self.fields["role"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
        field.choices = [(role.name, f"{role.title}: {role.sentence}") for role in local]


class CertificateForm(PageForm):
    """That a police certificate was shown. Nothing of what it says."""

    role = forms.ChoiceField(label=_("Role"), choices=CertificateRole.choices)
    ground = forms.ChoiceField(label=_("Legal ground"), choices=LegalGround.choices)
    issued_on = forms.DateField(
        label=_("Date of issue"),
        help_text=_("At most three months before it was shown."),
        widget=forms.DateInput,
    )
    shown_on = forms.DateField(label=_("Shown to you"), widget=forms.DateInput)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        issued, shown = data.get("issued_on"), data.get("shown_on")
        if issued and shown and issued > shown:
            self.add_error("issued_on", _("It cannot be issued after it was shown."))
        elif issued and shown and not is_fresh(issued_on=issued, shown_on=shown):
            self.add_error(
                "issued_on",
                _("It was more than three months old on the day it was shown. Ask for a new one."),
            )
        return data
