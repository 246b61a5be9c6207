"""Forms about people with accounts."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import CHECKER, ROLES
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
        local = [role for role in ROLES.values() if role.name not in {"administrator", "adviser", CHECKER}]
        field = self.fields["role"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
        field.choices = [(role.name, f"{role.title}: {role.sentence}") for role in local]
