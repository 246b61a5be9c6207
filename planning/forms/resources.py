"""What the forms of resources share: guarded free text, languages, and going out of use."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from web.fields import PhoneField, no_identity_number
from web.forms import PageFormMixin, described
from web.languages import SPOKEN_LANGUAGES

CONTACT = {"phone": PhoneField}


class LanguagesField(forms.MultipleChoiceField):
    """Languages by their codes."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=list(SPOKEN_LANGUAGES.items()), required=False, **kwargs)


class ResourceForm(PageFormMixin, forms.ModelForm):  # type: ignore[type-arg]
    """A new or a changed row. Free text refuses identity numbers; a service writes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.CharField) and not isinstance(field, PhoneField | forms.URLField):
                field.validators = [*field.validators, no_identity_number]

    @property
    def ends(self) -> bool | None:
        """Whether it is to be out of use; None when that was not asked."""
        value: bool | None = self.cleaned_data.get("ended")
        return value

    @property
    def goes_out(self) -> bool:
        return bool(self.cleaned_data.get("taken_out"))


class EndingForm(ResourceForm):
    """The same for what is never deleted: an existing row can go out of use, and come back."""

    ended = forms.BooleanField(
        label=described(_("No longer in use"), _("It can no longer be chosen. Where it was used, it stays.")),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["ended"].initial = self.instance.ended_on is not None
        else:
            del self.fields["ended"]


class TakingOutForm(ResourceForm):
    """The same for what was only written down: an existing row can be taken out."""

    taken_out = forms.BooleanField(
        label=described(_("Take this out"), _("For what was written down by mistake.")), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.pk:
            del self.fields["taken_out"]
