"""Forms of a round: a new one, its facts, its reference group."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import Min, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from municipalities.models import Municipality
from planning.carry import CARRIERS
from planning.models import ReferenceMember, Round
from web.fields import GuardedField, PhoneField
from web.forms import PageForm, described


def holders(municipality: Municipality, role: str) -> QuerySet[User]:
    """Active people with this role here, by name."""
    return (
        User.objects.filter(is_active=True, role_assignments__municipality=municipality, role_assignments__role=role)
        .distinct()
        .order_by("name", "pk")
    )


class RoundForm(PageForm):
    """A new round: its name, its days, who leads and coordinates it."""

    name = GuardedField(label=_("Name of the round"), help_text=_("For example «Spring 2027»."), max_length=80)
    starts_on = forms.DateField(label=_("First day"), widget=forms.DateInput)
    ends_on = forms.DateField(label=_("Last day"), widget=forms.DateInput)
    kick_off_on = forms.DateField(
        label=_("Planned kick-off"),
        help_text=_("The days of the plan are counted from it, and move when you move it."),
        required=False,
        widget=forms.DateInput,
    )
    goals = GuardedField(label=_("Goals"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": "3"}))
    project_leader = forms.ModelChoiceField(label=_("Project leader"), queryset=User.objects.none(), empty_label=None)
    coordinators = forms.ModelMultipleChoiceField(
        label=_("Coordinators"),
        help_text=_("They see the round's families and its plan."),
        queryset=User.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, municipality: Municipality, round: Round | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, queryset in (
            ("project_leader", holders(municipality, "leader")),
            ("coordinators", holders(municipality, "coordinator")),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - for the type checker
            field.queryset = queryset
        if round is not None:  # who leads it now stays a choice, also without the role
            there = User.objects.filter(pk=round.project_leader_id)
            leaders = self.fields["project_leader"]
            assert isinstance(leaders, forms.ModelChoiceField)  # noqa: S101 - for the type checker
            leaders.queryset = (holders(municipality, "leader") | there.distinct()).order_by("name", "pk")

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        first, last, kick_off = (data.get(name) for name in ("starts_on", "ends_on", "kick_off_on"))
        if first and last and last < first:
            self.add_error("ends_on", _("The round cannot end before it starts."))
        elif first and last and kick_off and not first <= kick_off <= last:
            self.add_error("kick_off_on", _("The kick-off is between the first and the last day of the round."))
        return data


class ContactFields(forms.Form):
    """Who supports the round at SOS-barnebyer."""

    contact_name = GuardedField(label=_("Name"), required=False, max_length=150)
    contact_phone = PhoneField(label=_("Phone"), required=False, max_length=30)
    contact_email = forms.EmailField(label=_("E-mail"), required=False, max_length=254)


class RoundFromForm(ContactFields, RoundForm):
    """A new round from an earlier one: the same, and who and what comes along. Nobody does without being ticked."""

    reference_group = forms.ModelMultipleChoiceField(
        label=_("Reference group"),
        help_text=_("They said yes to the earlier round. Tick those who have said yes to this one."),
        queryset=ReferenceMember.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    carriers = forms.MultipleChoiceField(
        label=_("Comes along if you wish"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, earlier: Round, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.of_reference_group(earlier)
        self.of_carriers(earlier)

    def of_reference_group(self, earlier: Round) -> None:
        members = earlier.reference_group.all()
        if not members:
            del self.fields["reference_group"]
            return
        field = self.fields["reference_group"]
        assert isinstance(field, forms.ModelMultipleChoiceField)  # noqa: S101 - for the type checker
        field.queryset = members

    def of_carriers(self, earlier: Round) -> None:
        offers = [(each.name, each.title, each.offer(earlier)) for each in CARRIERS.values()]
        choices = [(name, described(title, offer)) for name, title, offer in offers if offer]
        if not choices:
            del self.fields["carriers"]
            return
        field = self.fields["carriers"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 - for the type checker
        field.choices = choices
        field.initial = [name for name, _label in choices]


class ChangeRoundForm(ContactFields, RoundForm):
    """All that is known of a round."""

    lessons = GuardedField(
        label=_("Lessons for the next round"),
        help_text=_("What worked, what did not, and what you would do differently. No names of families."),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": "6"}),
    )


class ReferenceMemberForm(PageForm):
    """Somebody of the reference group."""

    name = GuardedField(label=_("Name"), max_length=150)
    role = GuardedField(label=_("Role or organisation"), required=False, max_length=150)
    phone = PhoneField(label=_("Phone"), required=False, max_length=30)
    email = forms.EmailField(label=_("E-mail"), required=False, max_length=254)


def values_of(member: ReferenceMember) -> dict[str, str]:
    return {name: getattr(member, name) for name in ("name", "role", "phone", "email")}


def suggested(earlier: Round, today: date) -> dict[str, Any]:
    """Days for a round that begins today, with time for all of the plan before its kick-off; those who coordinated."""
    kick_off_on = None
    ends_on = today + (earlier.ends_on - earlier.starts_on)
    if earlier.kick_off_on is not None:
        first = earlier.tasks.filter(dropped_at__isnull=True).aggregate(days=Min("due_days"))["days"] or 0
        kick_off_on = today + max(earlier.kick_off_on - earlier.starts_on, timedelta(days=-first))
        ends_on = kick_off_on + (earlier.ends_on - earlier.kick_off_on)
    return {
        "starts_on": today,
        "ends_on": ends_on,
        "kick_off_on": kick_off_on,
        "project_leader": earlier.project_leader_id,
        "coordinators": list(earlier.coordinators.values_list("user", flat=True)),
        "contact_name": earlier.contact_name,
        "contact_phone": earlier.contact_phone,
        "contact_email": earlier.contact_email,
    }
