"""Asking somebody to show a police certificate."""

from datetime import date

from django.db import transaction

from accounts.holders import SOURCES, Holder
from accounts.models import CertificateRequest, LegalGround, User
from accounts.rules.purpose import CURRENT
from audit.services import record
from municipalities.models import Municipality


class NoGround(Exception):
    """«Another ground» without the municipality having written which: the police would refuse the letter."""


@transaction.atomic
def ask_for_certificate(
    *, holder: Holder, role: str, ground: str, today: date, municipality: Municipality, by: User
) -> CertificateRequest:
    """Note that she is asked, and on what ground; asking again takes the place of what was asked before.

    The letter is made from the row whenever it is read. Raises NoGround.
    """
    if ground == LegalGround.OTHER and not municipality.certificate_own_ground:
        raise NoGround
    if holder.user is not None:
        CertificateRequest.objects.filter(user=holder.user, role=role).delete()
    if holder.request is not None and holder.request.pk:
        CertificateRequest.objects.filter(pk=holder.request.pk).delete()
    request = CertificateRequest.objects.create(
        municipality=municipality,
        user=holder.user,
        role=role,
        ground=ground,
        text_version=CURRENT,
        asked_on=today,
        asked_by=by,
    )
    if holder.source:
        SOURCES[holder.source].keep_request(holder.pk, request)
    record("ask_for_certificate", by=by, municipality=municipality, request=request.pk)
    return request
