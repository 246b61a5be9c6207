"""Making groups, and families coming and going."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import CertificateRole, User
from accounts.services.certificates import valid_certificate
from audit.services import record
from families.models import OwnWish, Participation
from groups.leaving import tell
from groups.models import Group, GroupCoordinator, Membership
from planning.models import Round, RoundCoordinator, Venue

NORMAL_SIZE = range(5, 7)  # five or six families; fewer or more is allowed and said plainly


class NameTaken(Exception):
    """The round has a group of that name."""


class NoOwnWish(Exception):
    """Nobody is in a group without a wish of their own to take part (domain rule 3)."""


class AlreadyInAGroup(Exception):
    """A family is in at most one active group at a time (domain rule 2)."""


@transaction.atomic
def make_group(
    *,
    in_round: Round,
    name: str,
    coordinator: User,
    meeting_place: Venue | None = None,
    chat_kind: str = "",
    chat_link: str = "",
    since: date,
    by: User,
) -> Group:
    """Make a group with its coordinator. Raises CertificateMissing and NameTaken."""
    certificate = valid_certificate(user=coordinator, role=CertificateRole.COORDINATOR)
    try:
        with transaction.atomic():
            group = Group.objects.create(
                municipality_id=in_round.municipality_id,
                round=in_round,
                name=name,
                meeting_place=meeting_place,
                chat_kind=chat_kind,
                chat_link=chat_link,
            )
    except IntegrityError as taken:
        raise NameTaken from taken
    GroupCoordinator.objects.create(
        municipality_id=in_round.municipality_id,
        group=group,
        user=coordinator,
        certificate=certificate,
        is_primary=True,
        since=since,
    )
    RoundCoordinator.objects.get_or_create(municipality_id=in_round.municipality_id, round=in_round, user=coordinator)
    record("make_group", by=by, municipality=in_round.municipality_id, group=group.pk)
    return group


@transaction.atomic
def add_family(*, participation: Participation, group: Group, since: date, by: User) -> Membership:
    """Put a waiting family into a group. Raises NoOwnWish and AlreadyInAGroup."""
    wish = OwnWish.objects.filter(participation=participation, withdrawn_at__isnull=True).first()
    if wish is None:
        raise NoOwnWish
    try:
        with transaction.atomic():
            membership = Membership.objects.create(
                municipality_id=group.municipality_id,
                participation=participation,
                family_id=participation.family_id,
                group=group,
                wish=wish,
                since=since,
            )
    except IntegrityError as taken:
        raise AlreadyInAGroup from taken
    record("add_family", by=by, municipality=group.municipality_id, group=group.pk, family=participation.family_id)
    return membership


@transaction.atomic
def end_membership(*, membership: Membership, reason: str, by: User, now: datetime) -> None:
    """A family leaves its group; what it was invited to and has not been held is taken back."""
    membership.to = max(timezone.localdate(now), membership.since)
    membership.reason = reason
    membership.save(update_fields=["to", "reason"])
    tell(membership.family, now, by)
    record(
        "end_membership",
        by=by,
        municipality=membership.municipality_id,
        group=membership.group_id,
        family=membership.family_id,
    )


@transaction.atomic
def withdraw_wish(
    *,
    participation: Participation,
    ending: str = Participation.Ending.DECLINED,
    reason: str = "",
    by: User,
    now: datetime,
) -> None:
    """The family no longer wants to take part: it leaves, and invitations end at once (domain rule 3)."""
    participation.wishes.filter(withdrawn_at__isnull=True).update(withdrawn_at=now)
    for membership in Membership.objects.filter(participation=participation, to__isnull=True):
        end_membership(membership=membership, reason="", by=by, now=now)
    participation.ended_on = timezone.localdate(now)
    participation.ending, participation.ending_reason = ending, reason
    participation.save(update_fields=["ended_on", "ending", "ending_reason"])
    tell(participation.family, now, by)
    record("withdraw_wish", by=by, municipality=participation.municipality_id, family=participation.family_id)
