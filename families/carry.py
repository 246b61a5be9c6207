"""Families that agreed to be invited again come along to a new round: onto its waiting list, and no further."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import ngettext

from accounts.models import User
from audit.services import record
from families.models import Consent, Family, Participation, Purpose
from planning.models import Round

HOLDS = timedelta(days=730)  # «invite us again» is asked anew after two years (model.md)


def who_agreed(earlier: Round) -> QuerySet[Family]:
    """Families of the earlier round whose consent to be asked again stands, and that are in no round now."""
    agreed = Consent.objects.to(Purpose.INVITE_AGAIN).filter(
        family=OuterRef("pk"), given_at__gte=timezone.now() - HOLDS
    )
    busy = Participation.objects.open().filter(family=OuterRef("pk"))
    were_there = Participation.objects.filter(family=OuterRef("pk"), round=earlier)
    return Family.objects.filter(Exists(were_there), Exists(agreed), ~Exists(busy))


def offer(earlier: Round) -> str:
    """How many, without a name. One query."""
    count = who_agreed(earlier).count()
    if not count:
        return ""
    return ngettext(
        "%(n)s family has agreed to be asked again. It comes onto the waiting list, and you ask what it wants.",
        "%(n)s families have agreed to be asked again. They come onto the waiting list, and you ask what they want.",
        count,
    ) % {"n": count}


def carry(earlier: Round, new: Round, by: User) -> None:
    """A new participation each: nobody has talked with them about this round, and their wish is not noted."""
    today = timezone.localdate()
    for pk in who_agreed(earlier).values_list("pk", flat=True):
        Participation.objects.create(municipality_id=new.municipality_id, family_id=pk, round=new, waiting_since=today)
        record("invite_again", by=by, municipality=new.municipality_id, family=pk, round=new.pk)
