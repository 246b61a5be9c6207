"""How a role ends, and what becomes of its certificate."""

from datetime import date

from django.db import transaction
from django.db.models import Exists, OuterRef, ProtectedError, Q, QuerySet

from accounts.holders import SOURCES, Holder, certificates_elsewhere, requests_elsewhere
from accounts.models import Certificate, CertificateRequest, RoleAssignment, User
from accounts.rules.certificates import is_kept, is_short_break
from audit.services import record
from municipalities.models import Municipality


class StillFollowsAGroup(Exception):
    """Somebody else must follow the group first."""


@transaction.atomic
def end_role(*, holder: Holder, role: str, today: date, municipality: Municipality, by: User) -> None:
    """She does not have this role any more, or never took it. No reason is asked for, and none is kept.

    What was asked is deleted, the certificate ends. Whoever did not show one leaves no other trace than this: nobody
    can tell it from any other end. Raises StillFollowsAGroup.
    """
    if holder.user is not None:
        if role == "coordinator" and follows_a_group(holder.user, today):
            raise StillFollowsAGroup
        RoleAssignment.objects.filter(user=holder.user, municipality=municipality, role=role).delete()
        CertificateRequest.objects.filter(user=holder.user, role=role).delete()
        Certificate.objects.in_force().filter(user=holder.user, role=role).update(ended_on=today)
    if holder.source:
        if holder.request is not None:
            CertificateRequest.objects.filter(pk=holder.request.pk).delete()
        if holder.certificate is not None:
            Certificate.objects.in_force().filter(pk=holder.certificate.pk).update(ended_on=today)
        SOURCES[holder.source].end(holder.pk, today)
    record("end_role", by=by, municipality=municipality, **{holder.source or "user": holder.pk})


def follows_a_group(user: User, today: date) -> bool:
    """Whether she follows a group today or later."""
    return user.coordinating.filter(Q(until__isnull=True) | Q(until__gte=today)).exists()


def holding(rows: QuerySet[Certificate], municipality: Municipality) -> QuerySet[Certificate]:
    """Certificates whose person has the role now: here by an account, or as somebody whom another room knows."""
    role = RoleAssignment.objects.filter(
        user=OuterRef("user"), role=OuterRef("role"), municipality=municipality, user__is_active=True
    )
    return rows.filter(Exists(role) | Q(pk__in=certificates_elsewhere()))


@transaction.atomic
def follow_roles(*, municipality: Municipality, today: date) -> tuple[int, int]:
    """Let certificates end with their roles, and hold again after a short break: (ended, holding again).

    A break of three calendar months asks for a new one. Requests to those without the role are deleted.
    """
    held = holding(Certificate.objects.all(), municipality)
    with_group = Certificate.objects.filter(user__coordinating__isnull=False, role="coordinator").filter(
        Q(user__coordinating__until__isnull=True) | Q(user__coordinating__until__gte=today)
    )
    ended = (
        Certificate.objects.in_force()
        .exclude(pk__in=held.values("pk"))
        .exclude(pk__in=with_group.values("pk"))
        .update(ended_on=today)
    )
    CertificateRequest.objects.exclude(pk__in=requests_elsewhere()).exclude(
        Exists(RoleAssignment.objects.filter(user=OuterRef("user"), municipality=municipality))
    ).delete()
    return ended, hold_again(held, today)


def hold_again(held: QuerySet[Certificate], today: date) -> int:
    """The last one of each person and role that ended less than three months ago, when none is in force."""
    in_force: set[tuple[int | None, str]] = set(
        Certificate.objects.in_force().filter(user__isnull=False).values_list("user", "role")
    )
    again = []
    for row in held.filter(ended_on__isnull=False, shown_on__isnull=False).order_by("-shown_on", "-pk"):
        if row.user_id is not None and (row.user_id, row.role) in in_force:
            continue
        if row.ended_on is not None and is_short_break(ended_on=row.ended_on, back_on=today):
            in_force.add((row.user_id, row.role))
            again.append(row.pk)
    return Certificate.objects.filter(pk__in=again).update(ended_on=None)


@transaction.atomic
def forget_certificates(*, municipality: Municipality, today: date) -> int:
    """Delete certificates whose role ended so many days ago as the municipality says; how many are gone.

    Where a group or a gathering of the past leans on one, the row is emptied instead: no person, no ground, no date of
    a certificate, no checker.
    """
    gone = 0
    ended = Certificate.objects.filter(ended_on__isnull=False, shown_on__isnull=False)
    for row in ended:
        assert row.ended_on is not None  # noqa: S101 - for the type checker
        if is_kept(ended_on=row.ended_on, kept_days=municipality.certificate_kept_days, today=today):
            continue
        try:
            row.delete()
        except ProtectedError:
            ended.filter(pk=row.pk).update(
                user=None, ground="", asked_on=None, issued_on=None, shown_on=None, checked_by=None
            )
        gone += 1
    return gone
