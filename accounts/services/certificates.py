"""Noting that a police certificate was shown, and asking whether somebody may be put on a group."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from accounts.holders import SOURCES, Holder
from accounts.models import Certificate, CertificateRequest, User
from accounts.rules.certificates import is_fresh
from audit.services import record
from municipalities.models import Municipality


class CertificateTooOld(Exception):
    """It was older than three months on the day it was shown."""


class ShownTooEarly(Exception):
    """The day has not come yet, or lies before the day on which it was asked for."""


class CertificateMissing(Exception):
    """No certificate was shown for this role; nobody can overrule it (domain rule 4)."""


@transaction.atomic
def note_certificate(
    *,
    user: User | None,
    role: str,
    ground: str,
    issued_on: date,
    shown_on: date,
    municipality: Municipality,
    by: User,
    request: CertificateRequest | None = None,
) -> Certificate:
    """Note that a certificate was shown; what was asked is answered, an earlier one of the same person and role ends.

    Raises CertificateTooOld when it was not fresh on the day it was shown, and ShownTooEarly.
    """
    if not is_fresh(issued_on=issued_on, shown_on=shown_on):
        raise CertificateTooOld
    if request is None and user is not None:
        request = CertificateRequest.objects.filter(user=user, role=role).first()
    if shown_on > timezone.localdate() or (request is not None and shown_on < request.asked_on):
        raise ShownTooEarly
    if user is not None:
        Certificate.objects.filter(user=user, role=role, ended_on__isnull=True).update(ended_on=shown_on)
    certificate = Certificate.objects.create(
        municipality=municipality,
        user=user,
        role=role,
        ground=ground,
        asked_on=request.asked_on if request is not None else None,
        issued_on=issued_on,
        shown_on=shown_on,
        checked_by=by,
    )
    if request is not None:
        request.delete()
    record("note_certificate", by=by, municipality=municipality, certificate=certificate.pk)
    return certificate


@transaction.atomic
def note_certificate_of(
    *, holder: Holder, role: str, ground: str, issued_on: date, shown_on: date, municipality: Municipality, by: User
) -> Certificate:
    """The same for anybody who may be asked, also without an account. Raises as `note_certificate`."""
    certificate = note_certificate(
        user=holder.user,
        role=role,
        ground=ground,
        issued_on=issued_on,
        shown_on=shown_on,
        municipality=municipality,
        by=by,
        request=holder.request,
    )
    if holder.source:
        if holder.certificate is not None:
            Certificate.objects.filter(pk=holder.certificate.pk, ended_on__isnull=True).update(ended_on=shown_on)
        SOURCES[holder.source].keep_certificate(holder.pk, certificate)
    return certificate


def valid_certificate(*, user: User, role: str) -> Certificate:
    """The certificate that lets a person take this role here. Raises CertificateMissing.

    A certificate holds as long as the role lasts. Only where the municipality's own setting says that a renewal stops
    (off by default) is one that is due for renewal not enough.
    """
    found = Certificate.objects.opening(timezone.localdate()).filter(user=user, role=role).first()
    if found is None:
        raise CertificateMissing
    return found
