"""Forms on a family's page: its people and needs, and its own wish."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from families.forms.fields import GuardedField, PhoneField
from families.languages import LETTER_LANGUAGES, SPOKEN_LANGUAGES
from families.models import Channel, Family, Person, Protection
from web.forms import PageForm, PageFormMixin, Segments, TallSegments, described


class FamilyForm(PageFormMixin, forms.ModelForm):  # type: ignore[type-arg]
    """What the household needs and likes. Needs, never a diagnosis."""

    languages = forms.MultipleChoiceField(
        label=_("Languages at home"),
        choices=list(SPOKEN_LANGUAGES.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    protection = forms.ChoiceField(
        label=_("Is the family's address protected?"),
        help_text=_("Then it is only called, and only its coordinators see how. Kode 6: ask the project leader."),
        choices=[(Protection.NONE, _("No")), (Protection.CONFIDENTIAL, _("Yes, confidential (kode 7)"))],
        widget=TallSegments,
    )

    class Meta:
        model = Family
        fields = [
            "name",
            "languages",
            "food_needs",
            "access_needs",
            "needs_transport",
            "can_meet",
            "contributes",
            "address",
            "postcode",
            "place",
        ]  # `protection` is set by its own service
        field_classes = dict.fromkeys(
            ("name", "food_needs", "access_needs", "can_meet", "contributes", "address", "postcode", "place"),
            GuardedField,
        )
        labels = {
            "name": _("Family name, as spoken"),
            "food_needs": _("Food needs"),
            "access_needs": _("What makes it easier to take part"),
            "needs_transport": _("Needs a lift"),
            "can_meet": _("When they can meet"),
            "contributes": _("Likes to contribute"),
            "address": _("Address"),
            "postcode": _("Postcode"),
            "place": _("Place"),
        }
        help_texts = {"food_needs": _("What they eat and do not eat. No diagnoses.")}


class PersonForm(PageFormMixin, forms.ModelForm):  # type: ignore[type-arg]
    """An adult: how she is reached and in which language, if she is to get the messages."""

    phone = PhoneField(label=_("Phone"), required=False, max_length=30)
    receives = forms.BooleanField(
        label=described(_("Gets the messages"), _("The household chooses which adults. Never a child.")), required=False
    )
    channel = forms.ChoiceField(label=_("How the messages come"), choices=Channel.choices, widget=Segments)
    second_channel = forms.ChoiceField(
        label=_("If they do not arrive"),
        help_text=_("If nothing arrives, you are asked to call."),
        choices=[("", _("nothing more")), *Channel.choices],
        required=False,
    )
    language = forms.ChoiceField(label=_("Language of messages"), choices=list(LETTER_LANGUAGES.items()))
    interpreter_language = forms.ChoiceField(
        label=_("Interpreter for"), choices=[("", _("no interpreter")), *SPOKEN_LANGUAGES.items()], required=False
    )

    class Meta:
        model = Person
        fields = ["name", "phone", "email", "receives", "channel", "second_channel", "language", "interpreter_language"]
        labels = {"name": _("Name"), "email": _("E-mail")}

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        self.check_second(data)
        if data.get("receives") and not self.errors:
            if data["channel"] in {Channel.SMS, Channel.CALL} and not data.get("phone"):
                self.add_error("phone", _("Write a phone number, or choose e-mail."))
            elif data["channel"] == Channel.EMAIL and not data.get("email"):
                self.add_error("email", _("Write an e-mail address, or choose text message."))
            elif self.instance.family.is_protected and data["channel"] != Channel.CALL:
                self.add_error("channel", _("This family has a confidential address: it is only called."))
        return data

    def check_second(self, data: dict[str, Any]) -> None:
        """The second way leads to her, and is another one than the first."""
        second = data.get("second_channel")
        if not second or "channel" not in data:
            return
        if self.instance.family.is_protected:
            self.add_error("second_channel", _("This family has a confidential address: it is only called."))
        elif second == data["channel"]:
            self.add_error("second_channel", _("Choose another way than the first, or «nothing more»."))
        elif data["channel"] == Channel.CALL:
            self.add_error("second_channel", _("Somebody calls her already. Choose «nothing more»."))
        elif second == Channel.EMAIL and not data.get("email") and "email" not in self.errors:
            self.add_error("email", _("Write an e-mail address, or choose another second way."))
        elif second != Channel.EMAIL and not data.get("phone") and "phone" not in self.errors:
            self.add_error("phone", _("Write a phone number, or choose another second way."))


class WishForm(PageForm):
    """Who in the family said that they want to take part, and when."""

    said_by = forms.ModelChoiceField(label=_("Who said it?"), queryset=Person.objects.none(), empty_label=None)
    said_on = forms.DateField(label=_("When?"), widget=forms.DateInput)
    words = GuardedField(
        label=_("In their own words"),
        help_text=_("Short, if you like. Only the family's coordinators read it."),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": "2"}),
    )

    def __init__(self, *args: Any, family: Family, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["said_by"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - for the type checker
        field.queryset = family.people.filter(kind="adult", left_on__isnull=True)
