"""Two families that were one all along: merge them, undo it, or note that they are two."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import Permission
from audit.services import record
from families.duplicates.fields import combined_family, combined_person
from families.duplicates.ledger import take_back, without_values
from families.duplicates.merges import CAN_BE_UNDONE
from families.duplicates.relations import Merging, go_over
from families.models import Channel, Family, Merge, NotTheSame, Participation, Person
from families.queries import follows


class CannotBeMerged(Exception):
    """These two cannot be merged as they stand; its text is a sentence for people."""


class CannotBeUndone(Exception):
    """The merge cannot be taken back; its text is a sentence for people."""


@dataclass(frozen=True)
class Choices:
    """What somebody chose: columns of the family that are to have the merged one's value; which of its people are the
    kept family's (merged id → kept id); and for those the columns that are to have the merged one's value."""

    family: frozenset[str] = frozenset()
    people: Mapping[int, int] = field(default_factory=dict)
    of_person: Mapping[int, frozenset[str]] = field(default_factory=dict)


@transaction.atomic
def merge_families(*, kept: Family, merged: Family, choices: Choices, by: User, now: datetime) -> Merge:
    """`merged` becomes a part of `kept`: people and history go over, nothing is lost, and it can be undone.

    She needs the right to merge, and to see both; a protected family is merged by its coordinators only. Raises
    CannotBeMerged.
    """
    kept, merged = locked(kept, merged, by)
    if any(family.is_protected and not follows(by, family) for family in (kept, merged)):
        raise CannotBeMerged(_("Only the family's coordinators merge a protected family."))
    merging = Merging(kept, merged, pairs_of(kept, merged, choices.people))
    fold_ways(merging, now)
    ledger = merging.ledger
    ledger.set(kept, **combined_family(kept, merged, choices.family))
    for person, double in merging.pairs:
        values = combined_person(person, double, choices.of_person.get(double.pk, frozenset()))
        # The number leaves the double first, so that it is never written to twice.
        ledger.set(double, receives=False)
        ledger.set(person, **values)
    for target in (Participation, Person, Family):
        go_over(merging, target)
    if kept.is_protected:
        call_only(merging)
    ledger.set(merged, merged_into_id=kept.pk)
    row = Merge.objects.create(
        municipality_id=kept.municipality_id,
        kept=kept,
        merged=merged,
        moved={"changes": ledger.changes},
        merged_by=by,
        merged_at=now,
    )
    record("merge_families", by=by, municipality=kept.municipality_id, family=kept.pk, merged=merged.pk)
    return row


def locked(kept: Family, merged: Family, by: User) -> tuple[Family, Family]:
    """Both rows as they are now, kept for us until the end. Raises CannotBeMerged."""
    both = {
        row.pk: row for row in Family.objects.select_for_update().filter(pk__in=(kept.pk, merged.pk)).order_by("pk")
    }
    seen = Family.objects.visible_to(by).filter(pk__in=both).count() if by.may(Permission.FAMILY_MERGE) else 0
    if len(both) < 2 or seen < 2:
        raise CannotBeMerged(_("One of the two families is not here any more."))
    return both[kept.pk], both[merged.pk]


def pairs_of(kept: Family, merged: Family, people: Mapping[int, int]) -> list[tuple[Person, Person]]:
    """(kept, merged) people who are one. Raises CannotBeMerged when a person is two, or an adult a child."""
    ours, theirs = ({row.pk: row for row in family.people.all()} for family in (kept, merged))
    pairs = [(ours[one], theirs[double]) for double, one in people.items() if one in ours and double in theirs]
    if len({person.pk for person, _double in pairs}) < len(people):
        raise CannotBeMerged(_("Two people cannot be the same one. Choose for each of them."))
    if any(person.kind != double.kind for person, double in pairs):
        raise CannotBeMerged(_("An adult and a child cannot be the same person."))
    return pairs


def fold_ways(merging: Merging, now: datetime) -> None:
    """Both wait or take part: one way through the round goes on. The one in a group, else the one that waited longest;
    the family's place in the queue is the older. Raises CannotBeMerged for two groups, or two rounds."""
    rows = Participation.objects.open().filter(family__in=(merging.kept, merging.merged))
    ways = list(rows.select_related("round").order_by("waiting_since", "pk"))
    if len(ways) < 2:
        return
    in_groups = rows.filter(memberships__isnull=False, memberships__to__isnull=True)
    grouped = set(in_groups.values_list("pk", flat=True))
    if len(grouped) > 1:
        raise CannotBeMerged(
            _("Both families are in a group now. Take one of them out of its group first, then merge them.")
        )
    stays, goes = sorted(ways, key=lambda way: way.pk not in grouped)
    if stays.round_id != goes.round_id:
        raise CannotBeMerged(
            _("Both families take part now, in %(one)s and in %(other)s. End one of them first, then merge them.")
            % {"one": stays.round, "other": goes.round}
        )
    ledger = merging.ledger
    contacted = [way.contacted_on for way in ways if way.contacted_on]
    ledger.set(goes, ended_on=timezone.localdate(now), ending=Participation.Ending.ENDED, family_id=merging.merged.pk)
    ledger.set(
        stays,
        family_id=merging.kept.pk,
        waiting_since=min(way.waiting_since for way in ways),
        contacted_on=min(contacted, default=None),
    )
    merging.folded.append((stays, goes))


def call_only(merging: Merging) -> None:
    """A protected family gets no automatic message, whichever of the two was protected (domain rule 10)."""
    reached = Person.objects.filter(family=merging.kept, receives=True)
    for person in reached.exclude(channel=Channel.CALL, second_channel=""):
        only = {"channel": Channel.CALL.value} if person.phone else {"receives": False}
        merging.ledger.set(person, **only, second_channel="")


@transaction.atomic
def undo_merge(*, merge: Merge, by: User, now: datetime) -> None:
    """Two families again, as they were; what was noted since stays with the kept one. For 30 days.

    She needs the right to merge, and to see the kept family. Raises CannotBeUndone.
    """
    row = Merge.objects.select_for_update().get(pk=merge.pk)
    visible = Family.objects.visible_to(by).filter(pk=row.kept_id) if by.may(Permission.FAMILY_MERGE) else None
    if row.undone_at is not None or visible is None:
        raise CannotBeUndone(_("The merge is undone already."))
    if now > row.merged_at + CAN_BE_UNDONE:
        raise CannotBeUndone(_("A merge can be undone for 30 days, and they have passed."))
    if not visible.exists():
        raise CannotBeUndone(_("The family was merged into another one since. Undo that first."))
    kept = visible.get()
    if kept.is_protected and not follows(by, kept):
        raise CannotBeUndone(_("Only the family's coordinators merge a protected family."))
    try:
        with transaction.atomic():
            take_back(row.moved["changes"])
    except IntegrityError as since:
        raise CannotBeUndone(
            _("Something has changed since that does not go together with it: a group, a wish or a reply.")
        ) from since
    row.undone_at = now
    row.moved = {"changes": without_values(row.moved["changes"])}
    row.save(update_fields=["undone_at", "moved"])
    record("undo_merge", by=by, municipality=row.municipality_id, family=row.kept_id, merged=row.merged_id)


@transaction.atomic
def note_two(*, first: Family, second: Family, by: User) -> None:
    """Somebody looked, and they are two: the pair is not shown again."""
    low, high = sorted((first, second), key=lambda family: family.pk)
    NotTheSame.objects.get_or_create(
        municipality_id=low.municipality_id, first=low, second=high, defaults={"noted_by": by}
    )
    record("note_two", by=by, municipality=low.municipality_id, family=low.pk, other=high.pk)


def forget_values(*, now: datetime) -> int:
    """What a merge remembers of people's values goes when it can no longer be undone; which rows went over stays."""
    forgotten = 0
    for row in Merge.objects.filter(merged_at__lt=now - CAN_BE_UNDONE, undone_at__isnull=True):
        kept: dict[str, Any] = {"changes": [list(each) for each in without_values(row.moved.get("changes", []))]}
        if kept != row.moved:
            row.moved = kept
            row.save(update_fields=["moved"])
            forgotten += 1
    return forgotten
