"""The referral: two minutes, on a phone or at a desk."""

import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from families.forms.fields import GuardedField, PhoneField
from families.languages import LETTER_LANGUAGES, SPOKEN_LANGUAGES
from families.models import SourceKind
from families.services.referrals import NewAdult, NewChild
from web.forms import PageForm, described

CHILDREN = 6
AT_ONCE = 2  # rows of children on the first screen; the rest is folded
STRICT = "strict"


class ReferralForm(PageForm):
    """Who the family is, how to reach it, and that it wants to be contacted.

    Four answers are needed, and the referrer's workplace the first time. `once` is the same as long as this one
    referral is written on: it is not received twice.
    """

    once = forms.CharField(widget=forms.HiddenInput, required=False, max_length=32)
    protection = forms.ChoiceField(
        label=_("Is the family's address protected?"),
        help_text=_("Asked first, so that nothing of a family with kode 6 is kept here."),
        choices=[
            ("none", _("No")),
            ("confidential", _("Yes, confidential (kode 7)")),
            (STRICT, _("Yes, strictly confidential (kode 6)")),
        ],
        widget=forms.RadioSelect,
        initial="none",
    )
    adult = GuardedField(label=_("Name of an adult in the family"), max_length=150)
    family_name = GuardedField(
        label=_("Family name, as spoken"),
        help_text=_("Leave it empty when it is the adult's own."),
        required=False,
        max_length=150,
    )
    phone = PhoneField(label=_("Phone"), required=False, max_length=30)
    email = forms.EmailField(label=_("E-mail"), required=False, max_length=254)
    language = forms.ChoiceField(
        label=_("Language they are at home in"), choices=[("", "–"), *SPOKEN_LANGUAGES.items()]
    )
    interpreter = forms.BooleanField(
        label=described(_("They would like an interpreter"), _("We order one. Children never interpret.")),
        required=False,
    )
    wishes = GuardedField(
        label=_("Why would a larger network be good for them?"),
        help_text=_(
            "What they wish for, in their own words, short. Write nothing about health, and no identity number."
        ),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": "3"}),
    )
    source_kind = forms.ChoiceField(
        label=_("Where do you meet the family?"),
        help_text=_("Only the coordinators and the project leader see it. We remember it for your next referral."),
        choices=[("", "–"), *(choice for choice in SourceKind.choices if choice[0] != SourceKind.SELF)],
    )
    agreed_to_contact = forms.BooleanField(
        label=_("The family has said that it wants to be contacted"),
        error_messages={
            "required": _("Tick that the family wants to be contacted. Without that we cannot receive the referral.")
        },
    )
    referrer_sees_status = forms.BooleanField(
        label=described(
            _("I may see how it goes"), _("The family says yes to you seeing the status, and nothing more.")
        ),
        required=False,
    )

    def __init__(self, *args: Any, today: date | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        year = (today or timezone.localdate()).year
        for n in range(1, CHILDREN + 1):
            self.fields[f"child_{n}_name"] = GuardedField(
                label=_("First name, child %(number)s") % {"number": n}, required=False, max_length=80
            )
            self.fields[f"child_{n}_year"] = forms.IntegerField(
                label=_("Year of birth, child %(number)s") % {"number": n},
                required=False,
                min_value=year - 25,
                max_value=year,
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
                error_messages={
                    "invalid": _("Write the year with four digits."),
                    "min_value": _("Write the year of birth with four digits, for example 2017."),
                    "max_value": _("The year of birth cannot be in the future."),
                },
            )

    @property
    def child_rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Name and year beside each other, a row a child."""
        return [(self[f"child_{n}_name"], self[f"child_{n}_year"]) for n in range(1, CHILDREN + 1)]

    @property
    def shows_more_children(self) -> bool:
        """Whether the folded rows hold something, or an error may stand in them."""
        return self.is_bound or any(name.value() or year.value() for name, year in self.child_rows[AT_ONCE:])

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if not data.get("phone") and not data.get("email") and not {"phone", "email"} & set(self.errors):
            self.add_error("phone", _("Write a phone number or an e-mail address, so that we reach the family."))
        if not data.get("family_name"):
            data["family_name"] = last_word(data.get("adult", ""))
        return data

    def new_adult(self) -> NewAdult:
        data = self.cleaned_data
        spoken = data["language"]
        return NewAdult(
            name=data["adult"],
            phone=data["phone"],
            email=data["email"],
            language=spoken if spoken in LETTER_LANGUAGES else "nb",
            interpreter_language=spoken if data["interpreter"] else "",
        )

    def new_children(self) -> list[NewChild]:
        """Rows with a name or a year; the rest were left empty."""
        rows = [
            (self.cleaned_data.get(f"child_{n}_name") or "", self.cleaned_data.get(f"child_{n}_year"))
            for n in range(1, CHILDREN + 1)
        ]
        return [NewChild(name=name, birth_year=year) for name, year in rows if name or year]


def last_word(name: str) -> str:
    """What a family is called when only the name of an adult is known."""
    return (name.split() or [""])[-1]


def first_values(draft: Mapping[str, list[str]] | None, source_kind: str) -> dict[str, Any]:
    """What the form begins with: her draft, or an empty one with the workplace of her last referral."""
    if draft is None:
        return {"once": uuid.uuid4().hex, "source_kind": source_kind}
    return {"once": uuid.uuid4().hex} | {name: values[0] for name, values in draft.items() if values}
