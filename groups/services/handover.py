"""Giving a group to a deputy for some days, one evening too. It goes back by itself."""

from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q

from accounts.models import CertificateRole, User
from accounts.permissions import Permission
from accounts.services.certificates import valid_certificate
from audit.services import record
from groups.models import Group, GroupCoordinator


class NotYoursToGive(Exception):
    """Only the leader and the group's primary coordinator give it to a deputy."""


class DaysAreOver(Exception):
    """The days lie in the past, or the last one comes before the first."""


class GroupHasEnded(Exception):
    """Nobody follows a group that has ended."""


class FollowsAlready(Exception):
    """The deputy follows the group on one of these days already."""


class SomebodyHasIt(Exception):
    """Another deputy has the group on one of these days. `row` is hers, where it is known."""

    def __init__(self, row: GroupCoordinator | None = None) -> None:
        super().__init__()
        self.row = row


def may_give(user: User, group: Group) -> bool:
    """Whether she may give the group to a deputy: as leader, or as its primary coordinator today."""
    if user.may(Permission.GROUP_VIEW_ALL):
        return True
    return group.coordinators.current().filter(user=user, is_primary=True).exists()


@transaction.atomic
def hand_over(*, group: Group, deputy: User, since: date, until: date, by: User, today: date) -> GroupCoordinator:
    """Give a group to a deputy from one day to another, both included. She sees it on those days only.

    Raises CertificateMissing (nobody overrules it), NotYoursToGive, DaysAreOver, GroupHasEnded, FollowsAlready and
    SomebodyHasIt; the database refuses the last two on its own.
    """
    if not may_give(by, group):
        raise NotYoursToGive
    if until < since or since < today:
        raise DaysAreOver
    certificate = valid_certificate(user=deputy, role=CertificateRole.COORDINATOR)
    locked = Group.objects.select_for_update(of=("self",)).get(pk=group.pk)
    if locked.ended_on is not None:
        raise GroupHasEnded
    same_days = group.coordinators.filter(Q(until__isnull=True) | Q(until__gte=since), since__lte=until)
    if same_days.filter(user=deputy).exists():
        raise FollowsAlready
    other = same_days.filter(is_deputy=True).select_related("user").first()
    if other is not None:
        raise SomebodyHasIt(other)
    try:
        with transaction.atomic():
            row = GroupCoordinator.objects.create(
                municipality_id=group.municipality_id,
                group=group,
                user=deputy,
                certificate=certificate,
                is_deputy=True,
                given_by=by,
                since=since,
                until=until,
            )
    except IntegrityError as taken:
        raise SomebodyHasIt from taken
    record("hand_over", by=by, municipality=group.municipality_id, group=group.pk, deputy=deputy.pk)
    return row


@transaction.atomic
def take_back(*, held: GroupCoordinator, by: User, today: date) -> None:
    """End a handover at once: what has not begun never was, what has ends with the day before.

    Raises NotYoursToGive.
    """
    if not may_give(by, held.group):
        raise NotYoursToGive
    group, deputy = held.group_id, held.user_id
    if held.since >= today:
        held.delete()
    elif held.until is None or held.until >= today:
        held.until = today - timedelta(days=1)
        held.save(update_fields=["until"])
    record("take_back", by=by, municipality=held.municipality_id, group=group, deputy=deputy)
