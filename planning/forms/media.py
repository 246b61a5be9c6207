"""Contacts in the media, and what was told."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from planning.forms.resources import CONTACT, EndingForm, TakingOutForm
from planning.models import MediaContact, MediaCoverage, Round


class MediaContactForm(EndingForm):
    """Whom to call, and where she works."""

    class Meta:
        model = MediaContact
        fields = ["name", "outlet", "phone", "email", "note"]
        field_classes = CONTACT
        labels = {"outlet": _("Newspaper, radio or page")}


class CoverageForm(TakingOutForm):
    """What was written or broadcast. The link is only kept: nothing is fetched from it."""

    published_on = forms.DateField(label=_("Date"), widget=forms.DateInput)
    link = forms.URLField(label=_("Link"), required=False, assume_scheme="https", max_length=300)

    class Meta:
        model = MediaCoverage
        fields = ["round", "title", "outlet", "published_on", "link"]
        labels = {"outlet": _("Newspaper, radio or page"), "round": _("Round")}

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["round"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - for the type checker
        field.queryset = Round.objects.visible_to(user)
        field.empty_label = None
