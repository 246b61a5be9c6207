"""What staff write, and to whom."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import User
from families.forms.fields import GuardedField
from families.models import Family
from groups.models import Group
from messaging.models import LONGEST
from messaging.queries import families_to_choose, groups_to_choose
from web.forms import PageForm, TallSegments

CHOSEN = "chosen"


class OwnMessageForm(PageForm):
    """A group of hers, or the families she ticks; and her words."""

    to = forms.ChoiceField(label=_("To"), widget=TallSegments)
    families = forms.ModelMultipleChoiceField(
        label=_("Families"), queryset=Family.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )
    words = GuardedField(
        label=_("Message"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_(
            "Write as you would say it. It goes as you wrote it, in a frame of each one's language. "
            "No surnames, no children's names, nothing about health or money."
        ),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.groups = {f"group-{group.pk}": group for group in groups_to_choose(user)}
        self.mine = families_to_choose(user)
        choice = self.fields["to"]
        assert isinstance(choice, forms.ChoiceField)  # noqa: S101 - for the type checker
        choice.choices = [
            *((key, f"{group.name} ({size_in_words(group)})") for key, group in self.groups.items()),
            (CHOSEN, _("Families I tick below")),
        ]
        ticks = self.fields["families"]
        assert isinstance(ticks, forms.ModelMultipleChoiceField)  # noqa: S101 - for the type checker
        ticks.queryset = self.mine
        ticks.error_messages["invalid_choice"] = _("One of these families is not there any more.")

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("to") == CHOSEN and "families" in data and not data["families"]:
            self.add_error("families", _("Tick at least one family."))
        return data

    @property
    def group(self) -> Group | None:
        return self.groups.get(self.cleaned_data["to"])

    def chosen(self) -> list[Family]:
        """The families it goes to now, by name."""
        if self.group is None:
            return list(self.cleaned_data["families"])
        return list(self.mine.filter(memberships__group=self.group, memberships__to__isnull=True))


def size_in_words(group: Any) -> str:
    return ngettext("%(n)s family", "%(n)s families", group.size) % {"n": group.size}
