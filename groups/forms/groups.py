"""Forms about groups."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import Certificate, User
from families.forms.fields import GuardedField
from groups.models import ChatKind
from municipalities.models import Municipality
from planning.models import Round, Venue
from web.forms import PageForm, described


def certified(municipality: Municipality) -> QuerySet[User]:
    """Coordinators of the municipality whose police certificate has been shown."""
    shown = Certificate.objects.filter(role="coordinator", ended_on__isnull=True, user__isnull=False)
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
        coordinators = certified(municipality)
        for name, queryset in (
            ("round", Round.objects.running().visible_to(user)),
            ("coordinator", coordinators),
            ("meeting_place", Venue.objects.all()),
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
        label=_("Fixed meeting place"), queryset=Venue.objects.all(), required=False, empty_label=_("not decided")
    )
    chat_kind = forms.ChoiceField(label=_("The group's chat"), choices=ChatKind.choices, required=False)
    chat_link = forms.URLField(label=_("Link to the chat"), required=False, assume_scheme="https", max_length=200)


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
