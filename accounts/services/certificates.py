"""Noting that a police certificate was shown, and asking whether somebody may be put on a group."""

from datetime import date

from django.db import transaction

from accounts.models import Certificate, User
from accounts.rules.certificates import is_fresh
from audit.services import record
from municipalities.models import Municipality


class CertificateTooOld(Exception):
    """It was older than three months on the day it was shown."""


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
) -> Certificate:
    """Note that a certificate was shown; an earlier one of the same person and role ends.

    Raises CertificateTooOld when it was not fresh on the day it was shown.
    """
    if not is_fresh(issued_on=issued_on, shown_on=shown_on):
        raise CertificateTooOld
    if user is not None:
        Certificate.objects.filter(user=user, role=role, ended_on__isnull=True).update(ended_on=shown_on)
    certificate = Certificate.objects.create(
        municipality=municipality,
        user=user,
        role=role,
        ground=ground,
        issued_on=issued_on,
        shown_on=shown_on,
        checked_by=by,
    )
    record("note_certificate", by=by, municipality=municipality, certificate=certificate.pk)
    return certificate


def valid_certificate(*, user: User, role: str) -> Certificate:
    """The certificate that lets a person take this role here. Raises CertificateMissing."""
    found = Certificate.objects.filter(user=user, role=role, ended_on__isnull=True).first()
    if found is None:
        raise CertificateMissing
    return found
