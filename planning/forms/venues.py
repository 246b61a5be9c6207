"""A place to meet, and the picture of its door."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from planning.forms.resources import EndingForm
from planning.models import Kitchen, UsedFor, Venue
from planning.rules.pictures import NotAPicture, Picture, TooManyPixels, small_picture
from web.fields import GuardedField
from web.forms import PageForm, Segments, described

MOST_MEGABYTES = 5


class VenueForm(EndingForm):
    """Name and address are needed; the way there is what families read most."""

    used_for = forms.ChoiceField(label=_("Used for"), choices=UsedFor.choices, widget=Segments, initial=UsedFor.BOTH)
    kitchen = forms.ChoiceField(label=_("Kitchen"), choices=Kitchen.choices, required=False)
    directions = forms.CharField(
        label=_("How to get there"),
        help_text=_("Bus, where to park, which door. The families read it in the invitation."),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": "3"}),
    )

    class Meta:
        model = Venue
        fields = ["name", "address", "directions", "used_for", "capacity", "kitchen", "accessibility", "cost"]
        labels = {"capacity": _("Room for how many people")}
        help_texts = {
            "accessibility": _("Steps, lift, toilet, parking: for a wheelchair, and for a pram."),
            "cost": _("For example: free, or 400 kr an evening."),
        }
        error_messages = {"capacity": {"min_value": _("Write how many people, or nothing.")}}


class DoorForm(PageForm):
    """The picture is read, made small and stripped of everything else here; it is kept by a service."""

    file = forms.FileField(
        label=_("Picture of the door"),
        help_text=_("JPEG, PNG or WebP, at most 5 MB. We keep a small copy, without where and when it was taken."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        error_messages={
            "required": _("Choose a picture."),
            "empty": _("The file is empty. Choose another one."),
            "max_length": _("The file's name is too long. Give it a shorter one."),
        },
        max_length=200,
    )
    alt = GuardedField(
        label=_("What the picture shows"),
        help_text=_("For those who do not see it. For example: a red door beside the library, three steps."),
        max_length=200,
    )
    remove = forms.BooleanField(
        label=described(_("Take the picture away"), _("Nothing of it is kept.")), required=False
    )

    def __init__(self, *args: Any, has_door: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if has_door:
            self.fields["file"].required = False
        else:
            del self.fields["remove"]

    def clean_file(self) -> Picture | None:
        """The picture as we keep it; None when none was chosen."""
        file: UploadedFile[Any] | None = self.cleaned_data["file"]
        if file is None:
            return None
        if (file.size or 0) > MOST_MEGABYTES * 1024 * 1024:
            raise ValidationError(_("The picture is larger than 5 MB. Send a smaller one."))
        try:
            return small_picture(file.read())
        except TooManyPixels as refused:
            raise ValidationError(_("The picture has too many pixels. Send a smaller one.")) from refused
        except NotAPicture as refused:
            raise ValidationError(
                _("This file cannot be read as a picture. Choose a JPEG, PNG or WebP file.")
            ) from refused
