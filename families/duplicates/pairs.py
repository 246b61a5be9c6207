"""Families that may be the same: for some families, and over all that somebody may see."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from accounts.permissions import Permission
from families.models import Family, NotTheSame, Person, PersonKind, Protection, Trace
from families.models.traces import CONTACT, SHARED
from families.rules.sameness import CONTACT_POINTS, HOME, PERHAPS, Child, Household, Likeness, Sign, likeness

# A key that more families share than this says nothing about two of them.
TOO_COMMON = 12
# Pairs that are looked at on one page: the most alike of them. Settled ones make room for the next.
MOST_PAIRS = 100
POINTS = {"phone": CONTACT_POINTS[Sign.PHONE], "email": CONTACT_POINTS[Sign.EMAIL], "home": HOME}


@dataclass(frozen=True)
class Alike:
    """Two families that may be one, why, and whether it is very likely. `first` has the lower id."""

    first: Family
    second: Family
    likeness: Likeness

    @property
    def reasons(self) -> str:
        return in_words(self.likeness)

    def other(self, family: Family) -> Family:
        return self.second if family.pk == self.first.pk else self.first


def in_words(found: Likeness) -> str:
    """The signs as people say them: «same phone, two children of the same name and age»."""
    return ", ".join(words_for(sign, count) for sign, count in found.signs)


def words_for(sign: Sign, count: int) -> str:
    match sign:
        case Sign.PHONE:
            return _("same phone")
        case Sign.EMAIL:
            return _("same e-mail")
        case Sign.ADULT:
            return ngettext(
                "an adult of the same name", "%(count)s adults of the same names", count
            ) % {"count": count}  # fmt: skip
        case Sign.ADULT_SPELT:
            return ngettext(
                "an adult's name in another spelling", "%(count)s adults' names in another spelling", count
            ) % {"count": count}  # fmt: skip
        case Sign.FAMILY:
            return _("the family name")
        case Sign.CHILD:
            return ngettext(
                "a child of the same name and age", "%(count)s children of the same names and ages", count
            ) % {"count": count}  # fmt: skip
        case Sign.CHILD_NAME:
            return ngettext(
                "a child of the same name", "%(count)s children of the same names", count
            ) % {"count": count}  # fmt: skip
        case Sign.HOME:
            return _("same address")


def open_to(user: User) -> Q:
    """Traces she may learn from: how to reach a protected family tells nothing to who does not follow it."""
    followed = Family.objects.followed_by(user)
    return ~Q(kind__in=CONTACT) | Q(family__protection=Protection.NONE) | Q(family__in=followed)


def traces_of(user: User) -> QuerySet[Trace]:
    """Traces by which families that she may see can be alike; none for who may not merge."""
    if not user.may(Permission.FAMILY_MERGE):
        return Trace.objects.none()
    return Trace.objects.filter(open_to(user), kind__in=SHARED, family__in=Family.objects.visible_to(user))


def alike(families: Sequence[Family], user: User) -> dict[int, list[Alike]]:
    """For each of these families those it may be the same as, most alike first. Five queries, six with
    a protected family among them, however many there are."""
    pks = {family.pk for family in families}
    own = set(traces_of(user).filter(family__in=pks).values_list("kind", "key", "family"))
    sharing = traces_of(user).filter(kind__in={kind for kind, _key, _pk in own}, key__in={key for _k, key, _pk in own})
    holders: dict[tuple[str, str], set[int]] = defaultdict(set)
    for kind, key, pk in [*own, *sharing.values_list("kind", "key", "family")]:
        holders[kind, key].add(pk)
    shared = [(kind, sorted(held)) for (kind, _key), held in holders.items() if len(held) <= TOO_COMMON]
    pairs = {pair for _kind, held in shared for pair in combinations(held, 2) if pks & set(pair)}
    found: dict[int, list[Alike]] = defaultdict(list)
    for each in compared(pairs, user):
        for family in (each.first, each.second):
            if family.pk in pks:
                found[family.pk].append(each)
    return found


@dataclass(frozen=True)
class Other:
    """Another family that one may be the same as, and why."""

    pk: int
    name: str
    reasons: str


def others_alike(family: Family, user: User) -> list[Other]:
    """The families that this one may be the same as, at most three. As many queries as `alike`."""
    pairs = alike([family], user).get(family.pk, [])[:3]
    return [Other(pair.other(family).pk, pair.other(family).name, pair.reasons) for pair in pairs]


def all_alike(user: User) -> list[Alike]:
    """Every two families she may see that may be one, most alike first, at most a hundred.

    Four queries, five with a protected family among them."""
    groups = (
        traces_of(user)
        .values("kind", "key")
        .annotate(number=Count("family", distinct=True), held=ArrayAgg("family", distinct=True))
        .filter(number__gte=2, number__lte=TOO_COMMON)
        .values_list("kind", "held")
    )
    weights: dict[tuple[int, int], int] = defaultdict(int)
    for kind, held in groups:
        for pair in combinations(sorted(held), 2):
            weights[pair] += POINTS.get(kind, PERHAPS)
    # Some are settled already, or look less alike when one looks closer.
    heaviest = sorted(weights, key=lambda pair: (-weights[pair], pair))[: 4 * MOST_PAIRS]
    return compared(heaviest, user)[:MOST_PAIRS]


def compared(pairs: Iterable[tuple[int, int]], user: User) -> list[Alike]:
    """Those of the pairs that are alike by the rule and not known to be two, most alike first."""
    pairs = set(pairs)
    either = {pk for pair in pairs for pk in pair}
    settled = set(NotTheSame.objects.filter(first__in=either, second__in=either).values_list("first", "second"))
    rows = {
        family.pk: family
        for family in Family.objects.visible_to(user).filter(pk__in=either).prefetch_related(present_people())
    }
    households = households_of(list(rows.values()), user)
    found = [
        Alike(rows[first], rows[second], how)
        for first, second in pairs - settled
        if first in rows and second in rows and (how := likeness(households[first], households[second])).perhaps
    ]
    return sorted(found, key=lambda each: (-each.likeness.score, each.first.pk, each.second.pk))


def present_people() -> "Prefetch[str, QuerySet[Person], str]":
    return Prefetch("people", queryset=Person.objects.filter(left_on__isnull=True))


def households_of(families: Sequence[Family], user: User) -> dict[int, Household]:
    """The families as the rule compares them, their people already fetched: without ways to reach a protected one
    that she does not follow. One query when one is protected, else none."""
    guarded = {family.pk for family in families if family.is_protected}
    followed = set(Family.objects.followed_by(user).filter(pk__in=guarded).values_list("pk", flat=True))
    return {family.pk: household_of(family, contacts=family.pk not in guarded - followed) for family in families}


def household_of(family: Family, *, contacts: bool = True) -> Household:
    people = [person for person in family.people.all() if person.left_on is None]
    adults = [person for person in people if person.kind == PersonKind.ADULT]
    return Household(
        name=family.name,
        adults=tuple(person.name for person in adults),
        children=tuple(
            Child(person.name, person.birth_year, person.birth_year_about)
            for person in people
            if person.kind == PersonKind.CHILD
        ),
        phones=frozenset(person.phone for person in adults if person.phone and contacts),
        emails=frozenset(person.email for person in adults if person.email and contacts),
        address=family.address if contacts else "",
        postcode=family.postcode if contacts else "",
    )


def compared_by_hand(first: Family, second: Family, user: User) -> Likeness:
    """How alike two families are that somebody chose to compare. One query; their people are fetched."""
    households = households_of([first, second], user)
    return likeness(households[first.pk], households[second.pk])
