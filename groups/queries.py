"""Questions about groups that pages ask."""

from collections.abc import Callable
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from accounts.models import User
from families.models import Person
from groups.models import Group, GroupCoordinator, Membership


def groups_with_counts(user: User) -> QuerySet[Group]:
    """Groups she may see, latest round first, with `.size` (families now) and `.primary` coordinators. Two queries."""
    return (
        Group.objects.visible_to(user)
        .select_related("round")
        .annotate(size=Count("memberships", filter=Q(memberships__to__isnull=True), distinct=True))
        .prefetch_related(
            Prefetch("coordinators", queryset=GroupCoordinator.objects.current().select_related("user"), to_attr="now")
        )
        .order_by("ended_on", "-round__starts_on", "name")
    )


def members(group: Group) -> list[Membership]:
    """Families in the group now, by name, each with its people. Two queries."""
    return list(
        group.memberships.filter(to__isnull=True)
        .select_related("family")
        .prefetch_related(Prefetch("family__people", queryset=Person.objects.filter(left_on__isnull=True)))
        .order_by("family__name")
    )


# What higher rooms show on a group's page: (template, context) for a group. They register in AppConfig.ready().
CARDS: list[Callable[[Group], tuple[str, dict[str, Any]]]] = []


def register_card(card: Callable[[Group], tuple[str, dict[str, Any]]]) -> None:
    if card not in CARDS:
        CARDS.append(card)
