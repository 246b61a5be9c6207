"""Fields that forms of several rooms share."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from web.identity_numbers import holds_identity_number
from web.phones import NotAPhoneNumber, read_phone


class PhoneField(forms.CharField):
    """A phone number as people write it; cleaned to E.164."""

    widget = forms.TextInput(attrs={"type": "tel", "autocomplete": "off", "inputmode": "tel"})

    def clean(self, value: Any) -> str:
        text = str(super().clean(value) or "")
        if not text:
            return ""
        try:
            return read_phone(text)
        except NotAPhoneNumber as wrong:
            raise ValidationError(
                _("This is not a phone number. Write eight digits, or + and the country first.")
            ) from wrong


def no_identity_number(text: str) -> None:
    """No text of ours holds an identity number."""
    if holds_identity_number(text):
        raise ValidationError(_("There is an identity number in the text. Take it out: we do not keep those."))


class GuardedField(forms.CharField):
    """Free text that refuses identity numbers."""

    default_validators = [no_identity_number]
