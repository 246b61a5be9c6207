"""How the waiting list can be narrowed."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, QuerySet
from django.utils.translation import gettext_lazy as _

from families.languages import SPOKEN_LANGUAGES
from families.models import Family, Participation, Status
from families.queries import standing_wish
from planning.models import Round


class WaitingFilter(django_filters.FilterSet):  # type: ignore[misc]
    """By words in a name, round, language at home, and whether the family's own wish is noted."""

    q = django_filters.CharFilter(label=_("Search"), method="named", widget=forms.SearchInput)
    round = django_filters.ModelChoiceFilter(
        label=_("Round"), queryset=Round.objects.none(), empty_label=_("all rounds")
    )
    language = django_filters.ChoiceFilter(
        label=_("Language"), choices=list(SPOKEN_LANGUAGES.items()), method="speaks", empty_label=_("all languages")
    )
    wish = django_filters.ChoiceFilter(
        label=_("Own wish"),
        choices=[("yes", _("noted")), ("no", _("not noted yet"))],
        method="wishes",
        empty_label=_("all families"),
        widget=forms.Select,
    )

    class Meta:
        model = Participation
        fields = ["q", "round", "language", "wish"]

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.filters["round"].queryset = Round.objects.visible_to(self.request.user)

    def named(self, queryset: QuerySet[Participation], name: str, value: str) -> QuerySet[Participation]:
        return queryset.filter(family__in=Family.objects.search(value, by=self.request.user).order_by().values("pk"))

    def speaks(self, queryset: QuerySet[Participation], name: str, value: str) -> QuerySet[Participation]:
        return queryset.filter(family__languages__contains=[value])

    def wishes(self, queryset: QuerySet[Participation], name: str, value: str) -> QuerySet[Participation]:
        noted = Exists(standing_wish())
        return queryset.filter(noted if value == "yes" else ~noted)


class BoardFilter(WaitingFilter):
    """The board: by status instead of the wish."""

    status = django_filters.ChoiceFilter(
        label=_("Status"), choices=Status.choices, method="stands", empty_label=_("all of them")
    )
    wish = None
    field_order = ["q", "round", "status", "language"]

    class Meta:
        model = Participation
        fields = ["q", "round", "status", "language"]

    def stands(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.filter(status=value)
