"""What this room decides for its own relations when two families are merged."""

from typing import Any

from django.db.models import Model, Q, QuerySet

from families.duplicates.relations import Merging, decide, move, stay
from families.models import Consent, Conversation, OwnWish


def move_people(merging: Merging, model: type[Model], name: str, kept: Any, merged: Any) -> None:
    """People who are nobody's double come over."""
    doubles = [double.pk for _person, double in merging.pairs]
    merging.ledger.move(model._base_manager.filter(family=merged).exclude(pk__in=doubles), name, kept)


def move_ways(merging: Merging, model: type[Model], name: str, kept: Any, merged: Any) -> None:
    """Ways through a round come over, except one that was folded into the kept family's."""
    left = [each.pk for _kept, each in merging.folded]
    merging.ledger.move(model._base_manager.filter(family=merged).exclude(pk__in=left), name, kept)


def move_wishes(merging: Merging, model: type[Model], name: str, kept: Any, merged: Any) -> None:
    """A standing wish comes over unless one stands; withdrawn ones are history and come."""
    stands = OwnWish.objects.filter(participation=kept, withdrawn_at__isnull=True).exists()
    coming = Q(withdrawn_at__isnull=False) if stands else Q()
    merging.ledger.move(OwnWish.objects.filter(coming, participation=merged), name, kept)


def join_conversations(merging: Merging, model: type[Model], name: str, kept: Any, merged: Any) -> None:
    """A round has one conversation with a family: what both tell stands in it, one below the other."""
    theirs = Conversation.objects.filter(participation=merged).first()
    ours = Conversation.objects.filter(participation=kept).first()
    if theirs is None:
        return
    if ours is None:
        merging.ledger.set(theirs, participation_id=kept.pk)
        return
    values = {
        each: "\n".join(text for text in (getattr(ours, each), getattr(theirs, each)) if text)
        for each in ("who_they_are", "worries")
    }
    merging.ledger.set(ours, **values, next_step=ours.next_step or theirs.next_step)


def move_consents(merging: Merging, model: type[Model], name: str, kept: Any, merged: Any) -> None:
    """The last word counts: a yes does not come back by a merge after a withdrawal, nor stand against a later one."""
    ours, theirs = list(Consent.objects.filter(family=kept)), list(Consent.objects.filter(family=merged))
    same = {double.pk: person.pk for person, double in merging.pairs}

    def about(consent: Consent) -> tuple[str, int | None]:
        return consent.purpose, same.get(consent.person_id or 0, consent.person_id)

    staying = set()
    for their in theirs:
        for our in (each for each in ours if about(each) == about(their)):
            if their.withdrawn_at is None and (our.withdrawn_at is None or our.withdrawn_at >= their.given_at):
                staying.add(their.pk)
            elif their.withdrawn_at and our.withdrawn_at is None and their.withdrawn_at >= our.given_at:
                merging.ledger.set(
                    our, withdrawn_at=their.withdrawn_at, withdrawal_noted_by_id=their.withdrawal_noted_by_id
                )
    merging.ledger.move(Consent.objects.filter(family=merged).exclude(pk__in=staying), name, kept)


def move_pairs(merging: Merging, model: type[Model], name: str, kept: Any, merged: Any) -> None:
    """«Not together» and «they are two» hold for the kept family too, kept the lower id first, once a pair."""
    rows: QuerySet[Any] = model._base_manager.filter(**{name: merged})
    for row in rows:
        other = row.second_id if name == "first" else row.first_id
        first, second = sorted((kept.pk, other))
        again = model._base_manager.filter(first=first, second=second)
        if hasattr(row, "ended_at"):
            again = again.filter(ended_at__isnull=True) if row.ended_at is None else again.none()
        if first != second and not again.exists():
            merging.ledger.set(row, first_id=first, second_id=second)


def register() -> None:
    """The order matters: ways through a round before what hangs on them, people before what families share."""
    decide("families.Participation.family", move_ways)
    decide("families.OwnWish.participation", move_wishes)
    decide("families.Conversation.participation", join_conversations)
    decide("families.SupportAnswer.participation", move("person", "moment"))
    decide("families.OwnWish.said_by", move())
    decide("families.SupportAnswer.person", move("participation", "moment"))
    decide("families.Consent.given_by", move())
    decide("families.Consent.family", move_consents)
    decide("families.Consent.person", move("family", "purpose", "withdrawn_at"))
    decide("families.Person.family", move_people)
    decide("families.Referral.family", move())
    decide("families.Background.family", move("family"))
    decide("families.NotTogether.first", move_pairs)
    decide("families.NotTogether.second", move_pairs)
    decide("families.NotTheSame.first", move_pairs)
    decide("families.NotTheSame.second", move_pairs)
    # What was merged before stays so; the traces follow by themselves.
    for relation in (
        "families.Family.merged_into",
        "families.Merge.kept",
        "families.Merge.merged",
        "families.Trace.family",
    ):
        decide(relation, stay)
