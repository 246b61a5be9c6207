"""The plan of a gathering: the same form for a new one and for a change."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import User
from families.forms.fields import GuardedField
from groups.models import Group, GroupCoordinator
from planning.models import Venue, Volunteer
from sessions_log.models import Gathering, GatheringHelper, GatheringKind
from sessions_log.queries.gatherings import later_in_series
from sessions_log.services.gatherings import Plan
from web.forms import PageForm, Segments, TallSegments, described


class PlanForm(PageForm):
    """What, when, where, how to get there, what to bring, who helps."""

    kind = forms.ChoiceField(label=_("What kind of gathering is it?"), widget=Segments, initial="gathering")
    groups = forms.ModelMultipleChoiceField(
        label=_("For which groups?"), queryset=Group.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    activity = GuardedField(
        label=_("Activity"),
        help_text=_("As the families will read it, for example «We bake bread»."),
        required=False,
        max_length=120,
    )
    day = forms.DateField(label=_("Date"), widget=forms.DateInput)
    start = forms.TimeField(label=_("From"), widget=forms.TimeInput)
    end = forms.TimeField(label=_("To"), widget=forms.TimeInput)
    venue = forms.ModelChoiceField(
        label=_("Place"),
        help_text=_("Fills in the address and the way there. You can write something else below."),
        queryset=Venue.objects.none(),
        required=False,
        empty_label=_("another place"),
    )
    place = GuardedField(label=_("Name of the place"), required=False, max_length=80)
    address = GuardedField(label=_("Address"), required=False, max_length=150)
    directions = GuardedField(
        label=_("How to get there"),
        help_text=_("Bus, where to park, which door."),
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": "3"}),
    )
    bring = GuardedField(label=_("What to bring"), required=False, max_length=300)
    shopping_note = GuardedField(label=_("To remember when shopping"), required=False, max_length=300)
    asks_lift = forms.BooleanField(label=_("Ask who needs a lift"), required=False, initial=True)
    asks_interpreter = forms.BooleanField(label=_("Ask who needs an interpreter"), required=False, initial=True)
    coordinators = forms.ModelMultipleChoiceField(
        label=_("Coordinators who come"),
        queryset=GroupCoordinator.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    volunteers = forms.ModelMultipleChoiceField(
        label=_("Volunteers who help"),
        queryset=Volunteer.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    reach = forms.ChoiceField(label=_("What does the change concern?"), widget=TallSegments, initial="one")
    announce = forms.BooleanField(
        label=described(
            _("Tell those who are invited"), _("A new time or place is always told. Tick to tell of other changes too.")
        ),
        required=False,
    )

    def __init__(
        self, *args: Any, user: User, gathering: Gathering | None = None, now: datetime, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        self.gathering = gathering
        groups = Group.objects.visible_to(user).active().select_related("round")
        coordinators = GroupCoordinator.objects.current().filter(group__in=groups).select_related("user", "group")
        self.choose("kind").choices = [(value, capfirst(label)) for value, label in GatheringKind.choices]
        self.of_rows("groups").queryset = groups
        self.of_rows("coordinators").queryset = coordinators
        self.of_rows("venue").queryset = Venue.objects.to_choose(gathering.venue_id if gathering else None)
        self.of_rows("volunteers").queryset = Volunteer.objects.may_help(timezone.localdate(now))
        self.later = list(later_in_series(gathering)) if gathering else []
        if gathering is None:
            del self.fields["announce"]
        if self.later:
            rest = ngettext("This and the one after it", "This and the %(n)s after it", len(self.later))
            self.choose("reach").choices = [("one", _("This one only")), ("rest", rest % {"n": len(self.later)})]
        else:
            del self.fields["reach"]

    def choose(self, name: str) -> forms.ChoiceField:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
        return field

    def of_rows(self, name: str) -> forms.ModelChoiceField:  # type: ignore[type-arg]
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - for the type checker
        return field

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        day, start, end = data.get("day"), data.get("start"), data.get("end")
        if start and end and end <= start:
            self.add_error("end", _("It must end after it starts."))
        if day and start and timezone.make_aware(datetime.combine(day, start)) < self.now and not self.began_before():
            self.add_error("day", _("This moment has passed. Choose a day to come."))
        groups = data.get("groups")
        if groups and len({group.round_id for group in groups}) > 1:
            self.add_error("groups", _("Choose groups of the same round."))
        return data

    def offered(self, name: str) -> list[Any]:
        return list(self.of_rows(name).queryset or [])

    def outside(self, gathering: Gathering) -> tuple[list[Group], list[GatheringHelper]]:
        """Groups and helpers of the gathering that she was not offered, and so cannot have taken off."""
        groups = {group.pk for group in self.offered("groups")}
        users = {held.user_id for held in self.offered("coordinators")}
        volunteers = {volunteer.pk for volunteer in self.offered("volunteers")}
        return (
            [group for group in gathering.groups.all() if group.pk not in groups],
            [
                helper
                for helper in gathering.helpers.all()
                if helper.user_id not in users and helper.volunteer_id not in volunteers
            ],
        )

    def began_before(self) -> bool:
        """Whether the gathering had begun already: then its plan can be mended, not moved."""
        return self.gathering is not None and self.gathering.starts_at <= self.now

    def plan(self) -> Plan:
        data = self.cleaned_data
        return Plan(
            kind=data["kind"],
            activity=data["activity"],
            starts_at=self.moment("start"),
            ends_at=self.moment("end"),
            venue=data["venue"],
            place=data["place"],
            address=data["address"],
            directions=data["directions"],
            bring=data["bring"],
            shopping_note=data["shopping_note"],
            asks_lift=data["asks_lift"],
            asks_interpreter=data["asks_interpreter"],
            lifts_confirmed=self.gathering.lifts_confirmed if self.gathering else False,
        )

    @property
    def moves_the_rest(self) -> bool:
        """Whether those after it in its series are moved along."""
        return self.cleaned_data.get("reach") == "rest"

    def moment(self, name: str) -> datetime:
        clock: time = self.cleaned_data[name]
        return timezone.make_aware(datetime.combine(self.cleaned_data["day"], clock))


def first_values(gathering: Gathering) -> dict[str, Any]:
    """The form's fields as the gathering is planned now."""
    start, end = timezone.localtime(gathering.starts_at), timezone.localtime(gathering.ends_at)
    names = "kind activity venue place address directions bring shopping_note asks_lift asks_interpreter".split()
    helpers = list(gathering.helpers.all())
    return {
        **{name: getattr(gathering, name) for name in names},
        "day": start.date(),
        "start": start.time(),
        "end": end.time(),
        "groups": list(gathering.groups.all()),
        "coordinators": list(
            GroupCoordinator.objects.current().filter(
                group__in=gathering.groups.all(), user__in=[helper.user_id for helper in helpers if helper.user_id]
            )
        ),
        "volunteers": [helper.volunteer_id for helper in helpers if helper.volunteer_id],
    }
