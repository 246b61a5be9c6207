"""Questions about families that pages ask."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import Permission
from families.languages import SPOKEN_LANGUAGES
from families.models import (
    Consent,
    Family,
    Merge,
    OwnWish,
    Participation,
    Person,
    Purpose,
    Referral,
    SourceKind,
    Status,
)


def standing_wish() -> QuerySet[OwnWish]:
    return OwnWish.objects.filter(participation=OuterRef("pk"), withdrawn_at__isnull=True)


def own_referral() -> QuerySet[Referral]:
    return Referral.objects.filter(family=OuterRef("family"), round=OuterRef("round"), source_kind=SourceKind.SELF)


def waiting_list(user: User) -> QuerySet[Participation]:
    """Families that wait and that she may see, longest wait first.

    `.has_wish` says whether their own wish is noted, `.came_by_itself` whether they signed up themselves.
    """
    return (
        Participation.objects.visible_to(user)
        .waiting()
        .annotate(has_wish=Exists(standing_wish()), came_by_itself=Exists(own_referral()))
        .select_related("family", "round")
        .prefetch_related(Prefetch("family__people", queryset=Person.objects.filter(left_on__isnull=True)))
    )


def spoken(codes: list[str]) -> str:
    """Languages by name, «arabisk, norsk, bokmål»."""
    return ", ".join(str(SPOKEN_LANGUAGES.get(code, code)) for code in codes)


def ages(people: list[Person], today: date) -> str:
    """The children's ages, «9 og ca. 5 år»; empty when none is known."""
    years = [person for person in people if person.kind == "child" and person.birth_year]
    shown = [
        (_("about %(age)s") if person.birth_year_about else "%(age)s") % {"age": today.year - (person.birth_year or 0)}
        for person in years
    ]
    if not shown:
        return ""
    return _("%(ages)s years") % {"ages": ", ".join(shown)}


@dataclass(frozen=True)
class OwnReferral:
    """What a referrer may see of a referral: when, the adult's own word for the family, and a status if agreed."""

    pk: int
    referred_on: date
    name: str
    status: str


def own_referrals(user: User) -> list[OwnReferral]:
    """Her own referrals, latest first; the status of that round, only where the family agrees still. Three queries.

    The family's consent counts when there is one, given or taken back; before that, what it said at the referral.
    A family keeps the name she knows it by: that it was merged with another one is nothing she learns.
    """
    given = Consent.objects.filter(family=OuterRef("family"), purpose=Purpose.REFERRER_STATUS)
    referrals: list[Any] = list(
        Referral.objects.made_by(user)
        .select_related("family")
        .annotate(
            agrees=Exists(given.standing()),
            took_back=Exists(given.filter(withdrawn_at__isnull=False)),
        )
        .order_by("-referred_on", "-pk")
    )
    participations = {
        (row.family_id, row.round_id): row
        for row in Participation.objects.filter(family__in=[referral.family_id for referral in referrals])
        .annotate(has_wish=Exists(standing_wish()), in_a_group=Exists(open_membership()))
        .order_by("waiting_since", "pk")
    }
    names = names_before_merges([referral.family_id for referral in referrals])
    return [
        OwnReferral(
            pk=referral.pk,
            referred_on=referral.referred_on,
            name=referral.named or names.get(referral.pk, referral.family.name),
            status=status_of(participations.get((referral.family_id, referral.round_id)))
            if referral.agrees or (referral.referrer_sees_status and not referral.took_back)
            else _("received"),
        )
        for referral in referrals
    ]


def names_before_merges(families: list[int]) -> dict[int, str]:
    """For referrals that came over to these families by a merge: the name of the family they told of. One query."""
    merges = (
        Merge.objects.filter(Q(kept__in=families) | Q(kept__merged_into__in=families), undone_at__isnull=True)
        .select_related("merged")
        .order_by("-merged_at", "-pk")
    )
    return {
        pk: merge.merged.name
        for merge in merges  # the first merge of all has the last word
        for label, pk, _values in merge.moved.get("changes", [])
        if label == Referral._meta.label
    }


def latest_source_kind(user: User) -> str:
    """Where she met the family of her latest referral; "" before her first. One query."""
    return Referral.objects.made_by(user).order_by("-pk").values_list("source_kind", flat=True).first() or ""


def dates_of(way: Any) -> list[tuple[str, date]]:
    """When the family came to each status of the round, in the order it goes. Reads what is prefetched; no query."""
    wishes = [wish.said_on for wish in way.wishes.all()]
    seats = [membership.since for membership in way.memberships.all()]
    conversation = getattr(way, "conversation", None)
    ended = way.ending if way.ending in {Participation.Ending.NOT_NOW, Participation.Ending.DECLINED} else Status.ENDED
    days = {
        Status.REFERRED: way.waiting_since,
        Status.CONTACTED: way.contacted_on,
        Status.CONVERSATION: conversation and conversation.held_on,
        Status.WANTS_TO: min(wishes, default=None),
        Status.IN_A_GROUP: min(seats, default=None),
        Status(ended): way.ended_on,
    }
    return [(str(status.label), day) for status, day in days.items() if day]


def open_membership() -> QuerySet[Participation]:
    """Whether the participation of the outer question is in a group now."""
    return Participation.objects.filter(pk=OuterRef("pk"), memberships__isnull=False, memberships__to__isnull=True)


def status_of(participation: Participation | None) -> str:
    """The words a referrer gets: received, talking, taking part, not now, ended."""
    if participation is None:
        return _("received")
    if participation.ended_on:
        declined = {Participation.Ending.NOT_NOW, Participation.Ending.DECLINED}
        return _("not now") if participation.ending in declined else _("ended")
    if getattr(participation, "in_a_group", False):
        return _("taking part")
    if participation.contacted_on or getattr(participation, "has_wish", False):
        return _("we are talking")
    return _("received")


def follows(user: User, family: Family) -> bool:
    """Whether she is a coordinator of the family, now: the only one who sees a protected family's phone and address,
    and who reads its own words. Recruitment in her rounds counts until the family has a group."""
    if not user.may(Permission.FAMILY_VIEW):
        return False
    open_rows = Participation.objects.filter(family=family, ended_on__isnull=True)
    in_group = open_rows.filter(memberships__to__isnull=True, memberships__group__in=user.followed_groups)
    in_recruitment = open_rows.filter(round__coordinators__user=user, memberships__isnull=True)
    return in_group.exists() or in_recruitment.exists()
