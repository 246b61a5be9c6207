"""Questions about groups that pages ask."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils import timezone

from accounts.models import User
from families.models import Family, Person
from groups.models import Group, GroupCoordinator, Membership
from municipalities.rows import rows


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


MEMBERS = """
    select {m}, {f}, {p}
    from groups_membership m
    join families_family f on f.id = m.family_id
    left join families_person p on p.family_id = f.id and p.left_on is null
    where m.group_id = %(group)s and m."to" is null
    order by nb_key(f.name), m.id, p.kind, p.position, p.id
"""


def members(group: Group) -> list[tuple[Membership, list[Person]]]:
    """Families in a group that she may see, now, by name: the membership with its family, and the people. One query."""
    found: dict[int, tuple[Membership, list[Person]]] = {}
    for membership, family, person in rows(MEMBERS, {"group": group.pk}, m=Membership, f=Family, p=Person):
        membership.family = family
        _membership, people = found.setdefault(membership.pk, (membership, []))
        if person is not None:
            people.append(person)
    return list(found.values())


APART = """
    select case when n.first_id = m.family_id then n.second_id else n.first_id end, f.name
    from families_nottogether n
    join groups_membership m on m.family_id in (n.first_id, n.second_id)
    join families_family f on f.id = m.family_id
    where n.ended_at is null and m.group_id = %(group)s and m."to" is null
    order by nb_key(f.name), f.id
"""


def kept_apart_from(group: Group) -> dict[int, list[str]]:
    """By family: the names of those in the group with whom it should not be together. Not why. One query."""
    found: dict[int, list[str]] = defaultdict(list)
    for family, name in rows(APART, {"group": group.pk}):
        found[family].append(name)
    return found


COORDINATORS = """
    select {c}, {u}
    from groups_groupcoordinator c
    join accounts_user u on u.id = c.user_id
    where c.group_id = any(%(groups)s) and c.since <= %(day)s and (c.until is null or c.until >= %(day)s)
    order by c.is_primary desc, c.since, c.id
"""


def coordinators_of(groups: list[Group]) -> dict[int, list[GroupCoordinator]]:
    """Who follows these groups today, with the person in each, by group; the primary coordinator first. One query."""
    found: dict[int, list[GroupCoordinator]] = {group.pk: [] for group in groups}
    params = {"groups": list(found), "day": timezone.localdate()}
    for held, person in rows(COORDINATORS, params, c=GroupCoordinator, u=User):
        held.user = person
        found[held.group_id].append(held)
    return found


# What higher rooms show on a group's page: (template, context) for a group. They register in AppConfig.ready().
CARDS: list[Callable[[Group], tuple[str, dict[str, Any]]]] = []


def register_card(card: Callable[[Group], tuple[str, dict[str, Any]]]) -> None:
    if card not in CARDS:
        CARDS.append(card)
