"""The conversation's form: a guide on one page. Nothing has to be filled in but the day."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from families.forms.fields import GuardedField
from families.forms.support import SupportFields, support_values
from families.languages import SPOKEN_LANGUAGES
from families.models import (
    BackgroundAnswer,
    Channel,
    Conversation,
    Family,
    Participation,
    Person,
    Purpose,
    SupportAnswer,
    Travel,
)
from families.rules.times import DAYS, HALVES, TIMES
from families.services.conversations import Told, ToldChild
from web.forms import PageForm, Segments, TallSegments, described

MORE_CHILDREN = 2


def text(label: Any, length: int, rows: int = 1, help_text: Any = "") -> GuardedField:
    widget = forms.Textarea(attrs={"rows": str(rows)}) if rows > 1 else forms.TextInput()
    return GuardedField(label=label, required=False, max_length=length, widget=widget, help_text=help_text)


class ConversationForm(SupportFields, PageForm):
    """What the family tells. Free text refuses identity numbers; the page asks for nothing about health."""

    mark_optional = False
    held_on = forms.DateField(label=_("When did you talk?"), widget=forms.DateInput)
    who_they_are = text(_("Who are they?"), 1000, 3, _("What matters to them, in their own words."))
    likes = text(_("What do they like to do?"), 300, 2)
    contributes = text(_("What would they like to contribute?"), 200, 2)
    languages = forms.MultipleChoiceField(
        label=_("Languages at home"),
        choices=list(SPOKEN_LANGUAGES.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    times = forms.MultipleChoiceField(label=_("When can they meet?"), choices=list(TIMES.items()), required=False)
    can_meet = text(_("More about when they can meet"), 200)
    area = text(
        _("Where in the municipality do they live?"), 80, help_text=_("A part of town or a village, no address.")
    )
    travels = forms.ChoiceField(
        label=_("How do they get about?"),
        choices=[*Travel.choices, ("", _("not said"))],
        required=False,
        widget=TallSegments,
    )
    needs_transport = forms.BooleanField(label=_("They need a lift"), required=False)
    food_needs = text(_("Food"), 200, help_text=_("What they eat and do not eat. No diagnoses."))
    access_needs = text(_("What makes it easier to take part?"), 200)
    worries = text(_("What do they wonder about or worry about?"), 1000, 2)
    photos = forms.ChoiceField(
        label=_("Who says yes to photos, for themselves and the children?"),
        help_text=_(
            "Photos where they can be recognised. Before one is published, we ask again. Ask children from 12 years"
            " what they want themselves. From 15 years on the young answer for themselves."
        ),
        required=False,
    )
    background = forms.ChoiceField(
        label=_("What do they say about themselves?"),
        choices=[*BackgroundAnswer.choices, ("", _("not said"))],
        required=False,
        widget=TallSegments,
    )
    wants_to = forms.ChoiceField(
        label=_("Do they want to take part?"),
        choices=[("yes", _("Yes")), ("", _("Not decided yet"))],
        required=False,
        widget=Segments,
    )
    said_by = forms.ChoiceField(label=_("Who said it?"), required=False)
    words = text(_("In their own words"), 300, 2)
    next_step = text(_("Next step"), 200)
    next_step_on = forms.DateField(label=_("By"), required=False, widget=forms.DateInput)

    def __init__(self, *args: Any, participation: Any, people: list[Person], **kwargs: Any) -> None:
        """`participation` with its family and `has_wish`."""
        super().__init__(*args, **kwargs)
        self.participation = participation
        self.adults = [person for person in people if person.kind == "adult"]
        self.children = [person for person in people if person.kind == "child"]
        self.said_yes = set(participation.family.consents.standing().values_list("purpose", "person"))
        names = [(str(adult.pk), str(adult)) for adult in self.adults]
        self.choose("said_by", names)
        self.choose("photos", [("", _("nobody so far")), *names])
        if any(purpose == Purpose.PHOTO for purpose, _person in self.said_yes):
            del self.fields["photos"]
        if participation.has_wish:
            for name in ("wants_to", "said_by", "words"):
                del self.fields[name]
        for adult in self.adults:
            self.add_adult(adult)
        self.ask_support(self.adults)
        for key in (*(str(child.pk) for child in self.children), *(f"new{n}" for n in range(MORE_CHILDREN))):
            self.add_child(key)

    def choose(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
        field.choices = choices

    def add_adult(self, adult: Person) -> None:
        self.fields[f"interpreter-{adult.pk}"] = forms.ChoiceField(
            label=_("Interpreter for %(name)s") % {"name": adult},
            choices=[("", _("no interpreter")), *SPOKEN_LANGUAGES.items()],
            required=False,
        )
        if adult.receives and adult.channel == Channel.SMS and (Purpose.SMS, adult.pk) not in self.said_yes:
            self.fields[f"sms-{adult.pk}"] = forms.BooleanField(
                label=described(
                    _("%(name)s says yes to text messages") % {"name": adult},
                    _("Invitations and reminders. Who says no, is called instead."),
                ),
                required=False,
            )

    def add_child(self, key: str) -> None:
        year = timezone.localdate().year
        self.fields[f"child-{key}-name"] = GuardedField(label=_("First name"), required=False, max_length=80)
        self.fields[f"child-{key}-year"] = forms.IntegerField(
            label=_("Year of birth"),
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
        if not key.startswith("new"):
            self.fields[f"child-{key}-gone"] = forms.BooleanField(label=_("No longer at home"), required=False)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("wants_to") == "yes" and not data.get("said_by"):
            self.add_error("said_by", _("Choose who said it."))
        if data.get("next_step_on") and not data.get("next_step"):
            self.add_error("next_step", _("What is the next step?"))
        return data

    # What the template draws, section by section.

    @property
    def time_rows(self) -> list[tuple[str, list[tuple[str, bool]]]]:
        """A row a day: its name, and (key, chosen) for daytime and evening."""
        chosen = set(self["times"].value() or [])
        return [
            (str(TIMES[f"{day}-day"]).split(" ")[0], [(f"{day}-{half}", f"{day}-{half}" in chosen) for half in HALVES])
            for day in DAYS
        ]

    @property
    def halves(self) -> list[str]:
        return [str(half) for half in HALVES.values()]

    @property
    def interpreter_fields(self) -> list[forms.BoundField]:
        return [self[f"interpreter-{adult.pk}"] for adult in self.adults]

    @property
    def sms_fields(self) -> list[forms.BoundField]:
        return [self[f"sms-{adult.pk}"] for adult in self.adults if f"sms-{adult.pk}" in self.fields]

    @property
    def child_rows(self) -> list[list[forms.BoundField]]:
        keys = [*(str(child.pk) for child in self.children), *(f"new{n}" for n in range(MORE_CHILDREN))]
        return [
            [self[f"child-{key}-{part}"] for part in ("name", "year", "gone") if f"child-{key}-{part}" in self.fields]
            for key in keys
        ]

    def told(self) -> Told:
        """What was typed, as the service takes it."""
        data = self.cleaned_data
        family_fields = (
            "languages likes contributes times can_meet area travels needs_transport food_needs access_needs".split()
        )
        return Told(
            held_on=data["held_on"],
            family={name: data[name] for name in family_fields},
            who_they_are=data["who_they_are"],
            worries=data["worries"],
            next_step=data["next_step"],
            next_step_on=data["next_step_on"],
            background=data["background"],
            interpreters={adult.pk: data[f"interpreter-{adult.pk}"] for adult in self.adults},
            children=list(self.told_children()),
            support=self.told_support(),
            photos_said_by=self.adult(data.get("photos")),
            text_messages=[adult for adult in self.adults if data.get(f"sms-{adult.pk}")],
            wish_said_by=self.adult(data.get("said_by")) if data.get("wants_to") == "yes" else None,
            wish_words=data.get("words", ""),
        )

    def adult(self, key: str | None) -> Person | None:
        return next((adult for adult in self.adults if str(adult.pk) == key), None)

    def told_children(self) -> Iterator[ToldChild]:
        data = self.cleaned_data
        for child in self.children:
            year = data[f"child-{child.pk}-year"]
            about = child.birth_year_about and year == child.birth_year
            yield ToldChild(child.pk, data[f"child-{child.pk}-name"], year, about, data[f"child-{child.pk}-gone"])
        for n in range(MORE_CHILDREN):
            name, year = data[f"child-new{n}-name"], data[f"child-new{n}-year"]
            if name or year:
                yield ToldChild(None, name, year)


def first_values(
    participation: Participation,
    family: Family,
    people: list[Person],
    conversation: Conversation | None,
    answers: list[SupportAnswer],
    today: date,
) -> dict[str, Any]:
    """What the page begins with: what we know of the household, and the notes of the conversation if it was held."""
    known: dict[str, Any] = {
        name: getattr(family, name)
        for name in "languages likes contributes times can_meet area travels needs_transport".split()
    }
    known |= {"food_needs": family.food_needs, "access_needs": family.access_needs, "held_on": today}
    background = getattr(family, "background", None)
    known["background"] = background.answer if background else ""
    if conversation is not None:
        for name in ("held_on", "who_they_are", "worries", "next_step", "next_step_on"):
            known[name] = getattr(conversation, name)
    for person in people:
        known[f"interpreter-{person.pk}"] = person.interpreter_language
        known[f"child-{person.pk}-name"], known[f"child-{person.pk}-year"] = person.name, person.birth_year
    return known | support_values(answers)
