"""Forms about groups."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Certificate, User
from families.forms.fields import GuardedField
from groups.models import ChatKind, Group, GroupVolunteer
from municipalities.models import Municipality
from planning.models import Round, Venue, Volunteer
from web.forms import PageForm, described


def with_certificate(municipality: Municipality) -> QuerySet[User]:
    """Active coordinators here whose police certificate has been shown."""
    shown = Certificate.objects.opening(timezone.localdate()).filter(role="coordinator", user__isnull=False)
    return User.objects.filter(
        is_active=True,
        role_assignments__municipality=municipality,
        role_assignments__role="coordinator",
        pk__in=shown.values("user"),
    ).distinct()


class GroupForm(PageForm):
    """A new group: its name, who follows it, where it meets. Coordinators without a certificate cannot be chosen."""

    name = GuardedField(label=_("Name of the group"), help_text=_("Something pleasant: a tree, a bird."), max_length=60)
    round = forms.ModelChoiceField(label=_("Round"), queryset=Round.objects.none(), empty_label=None)
    coordinator = forms.ModelChoiceField(
        label=_("Coordinator"),
        queryset=User.objects.none(),
        empty_label=None,
        error_messages={"invalid_choice": _("Choose a coordinator whose police certificate has been shown.")},
    )
    meeting_place = forms.ModelChoiceField(
        label=_("Fixed meeting place"), queryset=Venue.objects.none(), required=False, empty_label=_("not decided")
    )
    chat_kind = forms.ChoiceField(label=_("The group's chat"), choices=ChatKind.choices, required=False)
    chat_link = forms.URLField(label=_("Link to the chat"), required=False, assume_scheme="https", max_length=200)

    def __init__(self, *args: Any, user: User, municipality: Municipality, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        coordinators = with_certificate(municipality)
        for name, queryset in (
            ("round", Round.objects.running().visible_to(user)),
            ("coordinator", coordinators),
            ("meeting_place", Venue.objects.in_use()),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - for the type checker
            field.queryset = queryset
        if coordinators.filter(pk=user.pk).exists():
            self.fields["coordinator"].initial = user.pk


class ChatForm(PageForm):
    """Where the group talks between gatherings, and where it meets."""

    name = GuardedField(label=_("Name of the group"), max_length=60)
    meeting_place = forms.ModelChoiceField(
        label=_("Fixed meeting place"), queryset=Venue.objects.none(), required=False, empty_label=_("not decided")
    )
    chat_kind = forms.ChoiceField(label=_("The group's chat"), choices=ChatKind.choices, required=False)
    chat_link = forms.URLField(label=_("Link to the chat"), required=False, assume_scheme="https", max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field, chosen = self.fields["meeting_place"], self.initial.get("meeting_place")
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - for the type checker
        field.queryset = Venue.objects.to_choose(chosen.pk if chosen else None)


class AddFamiliesForm(PageForm):
    """Families of the waiting list whose own wish is noted."""

    families = forms.MultipleChoiceField(
        label=_("Families"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick at least one family.")},
    )

    def __init__(self, *args: Any, choices: list[tuple[int, str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["families"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 - for the type checker
        field.choices = [(pk, described(name, text)) for pk, name, text in choices]


class EndMembershipForm(PageForm):
    """Why a family leaves its group: plain words, nothing about health."""

    reason = GuardedField(
        label=_("Why"), help_text=_("Plain words, nothing about health."), required=False, max_length=200
    )


class AddVolunteerForm(PageForm):
    """A volunteer whose certificate has been shown and who does not help the group yet."""

    volunteer = forms.ModelChoiceField(
        label=_("Volunteer"),
        queryset=Volunteer.objects.none(),
        empty_label=None,
        error_messages={"invalid_choice": _("Choose a volunteer whose police certificate has been shown.")},
    )

    def __init__(self, *args: Any, group: Group, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["volunteer"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - for the type checker
        here = GroupVolunteer.objects.current().filter(group=group)
        field.queryset = Volunteer.objects.may_help(timezone.localdate()).exclude(pk__in=here.values("volunteer"))
        self.has_choices = field.queryset.exists()


class HandoverForm(PageForm):
    """Who has the group instead, and on which days. Coordinators without a certificate cannot be chosen."""

    deputy = forms.ModelChoiceField(
        label=_("Who has the group instead?"),
        queryset=User.objects.none(),
        empty_label=_("Choose"),
        error_messages={"invalid_choice": _("Choose a coordinator whose police certificate has been shown.")},
    )
    since = forms.DateField(label=_("First day"), widget=forms.DateInput)
    until = forms.DateField(label=_("Last day"), widget=forms.DateInput)

    def __init__(self, *args: Any, municipality: Municipality, group: Group, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["deputy"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - for the type checker
        primary = group.coordinators.filter(is_primary=True, until__isnull=True)
        field.queryset = with_certificate(municipality).exclude(pk__in=primary.values("user")).order_by("name", "pk")

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("since") and data.get("until") and data["until"] < data["since"]:
            self.add_error("until", _("The last day cannot come before the first."))
        return data


class NewCoordinatorForm(PageForm):
    """Who follows the group from now on. Coordinators without a certificate cannot be chosen."""

    coordinator = forms.ModelChoiceField(
        label=_("Who follows the group from today on?"),
        queryset=User.objects.none(),
        empty_label=_("Choose"),
        error_messages={"invalid_choice": _("Choose a coordinator whose police certificate has been shown.")},
    )

    def __init__(self, *args: Any, municipality: Municipality, group: Group, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["coordinator"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - for the type checker
        primary = group.coordinators.filter(is_primary=True, until__isnull=True)
        field.queryset = with_certificate(municipality).exclude(pk__in=primary.values("user")).order_by("name", "pk")
