"""How the lists of resources can be narrowed."""

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from planning.models import (
    ActivityIdea,
    LanguageNeeded,
    Partner,
    PartnerKind,
    Season,
    UsedFor,
    Venue,
    Volunteer,
    Where,
)
from web.languages import SPOKEN_LANGUAGES


class PartnerFilter(django_filters.FilterSet):  # type: ignore[misc]
    """By kind, and by whether families can be found through them."""

    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=PartnerKind.choices, empty_label=_("all kinds"))
    recruits = django_filters.ChoiceFilter(
        label=_("Recruiting"),
        choices=[("True", _("families can be found through them"))],
        empty_label=_("all partners"),
    )

    class Meta:
        model = Partner
        fields = ["kind", "recruits"]


class VenueFilter(django_filters.FilterSet):  # type: ignore[misc]
    """By what the place is used for."""

    used_for = django_filters.ChoiceFilter(
        label=_("Used for"),
        choices=[choice for choice in UsedFor.choices if choice[0] != UsedFor.BOTH],
        method="suits",
        empty_label=_("all places"),
    )

    class Meta:
        model = Venue
        fields = ["used_for"]

    def suits(self, queryset: QuerySet[Venue], name: str, value: str) -> QuerySet[Venue]:
        return queryset.filter(used_for__in=[value, UsedFor.BOTH])


class VolunteerFilter(django_filters.FilterSet):  # type: ignore[misc]
    """By language."""

    language = django_filters.ChoiceFilter(
        label=_("Language"), choices=list(SPOKEN_LANGUAGES.items()), method="talks", empty_label=_("all languages")
    )

    class Meta:
        model = Volunteer
        fields = ["language"]

    def talks(self, queryset: QuerySet[Volunteer], name: str, value: str) -> QuerySet[Volunteer]:
        return queryset.filter(speaks__contains=[value])


class IdeaFilter(django_filters.FilterSet):  # type: ignore[misc]
    """By words, price, season, where, language needed, how soon it can be arranged, and whose it is."""

    q = django_filters.CharFilter(label=_("Search"), method="holds")
    free = django_filters.ChoiceFilter(
        label=_("Price"), choices=[("yes", _("free"))], method="costs_nothing", empty_label=_("any price")
    )
    season = django_filters.ChoiceFilter(
        label=_("Season"), choices=Season.choices, method="in_season", empty_label=_("all seasons")
    )
    where = django_filters.ChoiceFilter(
        label=_("Where"),
        choices=[choice for choice in Where.choices if choice[0] != Where.BOTH],
        method="can_be",
        empty_label=_("indoors or outdoors"),
    )
    language = django_filters.ChoiceFilter(
        label=_("Language needed"),
        choices=[(LanguageNeeded.NONE, _("none")), (LanguageNeeded.LITTLE, _("at most a little"))],
        method="needs_at_most",
        empty_label=_("any"),
    )
    within = django_filters.ChoiceFilter(
        label=_("Can be arranged"),
        choices=[("1", _("by tomorrow")), ("7", _("within a week")), ("30", _("within a month"))],
        method="arranged",
        empty_label=_("some time"),
    )
    whose = django_filters.ChoiceFilter(
        label=_("Whose"),
        choices=[("own", _("our own")), ("national", _("the national library"))],
        method="of",
        empty_label=_("all ideas"),
    )

    class Meta:
        model = ActivityIdea
        fields: list[str] = []

    def holds(self, queryset: QuerySet[ActivityIdea], name: str, value: str) -> QuerySet[ActivityIdea]:
        words = Q(title__icontains=value) | Q(what__icontains=value) | Q(in_other__icontains=value)
        return queryset.filter(words)

    def costs_nothing(self, queryset: QuerySet[ActivityIdea], name: str, value: str) -> QuerySet[ActivityIdea]:
        return queryset.filter(cost=0)

    def in_season(self, queryset: QuerySet[ActivityIdea], name: str, value: str) -> QuerySet[ActivityIdea]:
        return queryset.filter(Q(seasons__contains=[value]) | Q(seasons=[]))

    def can_be(self, queryset: QuerySet[ActivityIdea], name: str, value: str) -> QuerySet[ActivityIdea]:
        return queryset.filter(where__in=[value, Where.BOTH])

    def needs_at_most(self, queryset: QuerySet[ActivityIdea], name: str, value: str) -> QuerySet[ActivityIdea]:
        most = [LanguageNeeded.NONE, LanguageNeeded.LITTLE][: 1 if value == LanguageNeeded.NONE else 2]
        return queryset.filter(language_needed__in=most)

    def arranged(self, queryset: QuerySet[ActivityIdea], name: str, value: str) -> QuerySet[ActivityIdea]:
        return queryset.filter(lead_days__lte=int(value))

    def of(self, queryset: QuerySet[ActivityIdea], name: str, value: str) -> QuerySet[ActivityIdea]:
        return queryset.filter(municipality__isnull=value == "national")
