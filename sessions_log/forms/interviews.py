"""The forms of an exit interview: a guide on one page, or why there was none."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from families.forms.fields import GuardedField
from families.forms.support import SupportFields, support_values
from families.models import Family, Person, Purpose, SupportAnswer
from planning.models import Partner
from sessions_log.models import Absence, ExitInterview, ReadyFor
from sessions_log.services.interviews import ToldAtTheEnd
from web.forms import PageForm, Segments, TallSegments, described

TEXTS = ("held_on", "gave", "ready_for", "next_step", "due_on", "more")


def long(label: Any, help_text: Any = "") -> GuardedField:
    return GuardedField(
        label=label, help_text=help_text, required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": "3"})
    )


class ExitInterviewForm(SupportFields, PageForm):
    """What the family tells at the end. Nothing has to be filled in but the day; identity numbers are refused.

    `known`: when what the page began with was saved, so that a draft on its way at the next save is told from a later
    one.
    """

    mark_optional = False
    known = forms.CharField(widget=forms.HiddenInput, required=False)
    held_on = forms.DateField(label=_("When did you talk?"), widget=forms.DateInput)
    gave = long(_("What did it give them?"), _("In their own words. Write nothing about health."))
    ready_for = forms.ChoiceField(
        label=_("What are they ready for now?"),
        choices=[*ReadyFor.choices, ("", _("not said"))],
        required=False,
        widget=TallSegments,
    )
    partner = forms.ModelChoiceField(
        label=_("With whom?"), queryset=Partner.objects.none(), required=False, empty_label=_("nobody chosen")
    )
    next_step = GuardedField(
        label=_("Next step"),
        help_text=_("For example «Go along to the first training»."),
        required=False,
        max_length=200,
    )
    owner = forms.ModelChoiceField(
        label=_("Who does it?"), queryset=User.objects.none(), required=False, empty_label=_("Choose")
    )
    due_on = forms.DateField(label=_("By"), required=False, widget=forms.DateInput)
    done = forms.BooleanField(label=_("The step is taken"), required=False)
    more = long(_("What more can be done, so that they are not back where they started?"))
    again = forms.ChoiceField(
        label=_("May you ask them again?"),
        choices=[("yes", _("Yes")), ("no", _("No")), ("", _("not asked"))],
        required=False,
        widget=Segments,
    )
    again_said_by = forms.ChoiceField(label=_("Who said it?"), required=False)

    def __init__(
        self, *args: Any, family: Family, people: list[Person], owners: list[User], said_yes: set[Any], **kwargs: Any
    ) -> None:
        """`said_yes`: (purpose, person) of the consents that stand. `owners`: who may have the next step."""
        super().__init__(*args, **kwargs)
        self.adults = [person for person in people if person.kind == "adult"]
        self.of_choices(owners)
        self.asks_again = (Purpose.INVITE_AGAIN, None) not in said_yes
        if not self.asks_again:
            self.fields["again"].choices = [("yes", _("Yes")), ("no", _("No"))]  # type: ignore[attr-defined]
            self.initial.setdefault("again", "yes")
            del self.fields["again_said_by"]
        self.shares = [] if family.is_protected else [adult for adult in self.adults if adult.phone]
        self.shared = [adult for adult in self.shares if (Purpose.SHARE_CONTACT, adult.pk) in said_yes]
        for adult in self.shares:
            if adult not in self.shared:
                self.fields[f"share-{adult.pk}"] = forms.BooleanField(
                    label=described(
                        _("%(name)s says yes to sharing the number") % {"name": adult},
                        _("First name and number, with the families of the group who share theirs."),
                    ),
                    required=False,
                )
        self.ask_support(self.adults)

    def of_choices(self, owners: list[User]) -> None:
        chosen = str(self.initial.get("partner") or "")
        for name, queryset in (
            ("partner", Partner.objects.to_choose(int(chosen) if chosen.isdecimal() else None)),
            ("owner", User.objects.filter(pk__in=[owner.pk for owner in owners]).order_by("name", "pk")),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - for the type checker
            field.queryset = queryset
        said_by = self.fields["again_said_by"]
        assert isinstance(said_by, forms.ChoiceField)  # noqa: S101 - for the type checker
        said_by.choices = [("", _("Choose")), *((str(adult.pk), str(adult)) for adult in self.adults)]

    @property
    def share_fields(self) -> list[forms.BoundField]:
        return [self[f"share-{adult.pk}"] for adult in self.shares if f"share-{adult.pk}" in self.fields]

    def clean_held_on(self) -> Any:
        day = self.cleaned_data["held_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day has not come yet."))
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("next_step") and not data.get("owner"):
            self.add_error("owner", _("Choose who does it."))
        if not data.get("next_step") and (data.get("due_on") or data.get("done")):
            self.add_error("next_step", _("What is the next step?"))
        if data.get("partner") and not data.get("ready_for"):
            self.add_error("ready_for", _("Choose what they are ready for."))
        if self.asks_again and data.get("again") == "yes" and not data.get("again_said_by"):
            self.add_error("again_said_by", _("Choose who said it."))
        return data

    def told(self) -> ToldAtTheEnd:
        """What was typed, as the service takes it."""
        data = self.cleaned_data
        said_by = data.get("again_said_by") if data["again"] == "yes" else ""
        return ToldAtTheEnd(
            **{name: data[name] for name in TEXTS},
            partner=data["partner"],
            owner=data["owner"],
            done=data["done"],
            support=self.told_support(),
            again_said_by=next((adult for adult in self.adults if str(adult.pk) == said_by), None),
            not_again=data["again"] == "no",
            shares=[adult for adult in self.shares if data.get(f"share-{adult.pk}")],
        )


class AbsenceForm(PageForm):
    """Why a family has no exit interview."""

    absence = forms.ChoiceField(label=_("Why was there none?"), choices=Absence.choices, widget=TallSegments)
    words = GuardedField(
        label=_("In a few words"), help_text=_("Nothing about health."), required=False, max_length=200
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("absence") == Absence.OTHER and not data.get("words"):
            self.add_error("words", _("Say in a few words why."))
        return data


def first_values(
    interview: ExitInterview | None, answers: list[SupportAnswer], user: User, draft: Mapping[str, list[str]] | None
) -> dict[str, Any]:
    """What is kept, and on top of it what she was typing."""
    known: dict[str, Any] = {"held_on": timezone.localdate(), "owner": user.pk}
    if interview is not None and interview.held_on is not None:
        known |= {name: getattr(interview, name) for name in TEXTS}
        known |= {"partner": interview.partner_id, "done": interview.done_at is not None}
        known["owner"] = interview.owner_id or user.pk
    known |= support_values(answers)
    if draft is not None:
        known |= {name: values[0] if values else "" for name, values in draft.items()}
        known["done"] = "done" in draft
    return {**known, "known": saved_at(interview)}


def saved_at(interview: ExitInterview | None) -> str:
    """When it was saved last; "" for one that never was."""
    return interview.noted_at.isoformat() if interview else ""
