"""Giving a group to another coordinator for good."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from accounts.models import CertificateRole, User
from accounts.services.certificates import valid_certificate
from audit.services import record
from groups.models import Group, GroupCoordinator
from groups.services.handover import FollowsAlready, GroupHasEnded, NotYoursToGive, may_give
from planning.models import RoundCoordinator


@transaction.atomic
def change_coordinator(*, group: Group, coordinator: User, by: User, today: date) -> GroupCoordinator:
    """Somebody else follows the group from today on, for good; whoever did so until now has done so to the day before.

    What the new one was to have as a deputy from today on falls away. Raises CertificateMissing (nobody overrules it),
    NotYoursToGive, GroupHasEnded and FollowsAlready.
    """
    if not may_give(by, group):
        raise NotYoursToGive
    certificate = valid_certificate(user=coordinator, role=CertificateRole.COORDINATOR)
    locked = Group.objects.select_for_update(of=("self",)).get(pk=group.pk)
    if locked.ended_on is not None:
        raise GroupHasEnded
    if group.coordinators.filter(user=coordinator, is_primary=True, until__isnull=True).exists():
        raise FollowsAlready
    leaves_off(group.coordinators.filter(is_primary=True, until__isnull=True), today)
    leaves_off(group.coordinators.filter(user=coordinator, is_deputy=True, until__gte=today), today)
    RoundCoordinator.objects.get_or_create(
        municipality_id=group.municipality_id, round_id=group.round_id, user=coordinator
    )
    row = group.coordinators.filter(Q(until__isnull=True) | Q(until__gte=today), user=coordinator).first()
    if row is None:
        row = GroupCoordinator(
            municipality_id=group.municipality_id, group=group, user=coordinator, certificate=certificate, since=today
        )
    row.is_primary, row.until = True, None
    row.save()
    record("change_coordinator", by=by, municipality=group.municipality_id, group=group.pk, coordinator=coordinator.pk)
    return row


def leaves_off(rows: QuerySet[GroupCoordinator], today: date) -> None:
    """The day before today is the last one of these; what has not begun never was."""
    rows.filter(since__gte=today).delete()
    rows.update(until=today - timedelta(days=1))
