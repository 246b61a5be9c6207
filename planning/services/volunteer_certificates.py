"""Volunteers as those who may be asked for a police certificate (`accounts.holders`)."""

from datetime import date

from accounts.holders import Holder, Source
from accounts.models import Certificate, CertificateRequest
from planning.models import Volunteer, VolunteerRequest
from planning.services.volunteers import stop_helping

KIND = "volunteer"


def as_holder(volunteer: Volunteer) -> Holder:
    """A volunteer with certificate, request and account. No query for rows of `volunteers()`."""
    asked = getattr(volunteer, "asked", None)
    certificate = volunteer.certificate
    return Holder(
        key=f"{KIND}-{volunteer.pk}",
        name=volunteer.name,
        roles=("volunteer",),
        user=volunteer.user,
        source=KIND,
        pk=volunteer.pk,
        certificate=certificate,
        request=asked.request if asked is not None else None,
    )


def active() -> list[Holder]:
    """Volunteers who help now. One query."""
    rows = Volunteer.objects.filter(ended_on__isnull=True)
    return [as_holder(row) for row in rows.select_related("certificate", "user", "asked__request")]


def find(pk: int) -> Holder | None:
    row = (
        Volunteer.objects.filter(pk=pk, ended_on__isnull=True)
        .select_related("certificate", "user", "asked__request")
        .first()
    )
    return as_holder(row) if row is not None else None


def keep_request(pk: int, request: CertificateRequest) -> None:
    VolunteerRequest.objects.update_or_create(
        volunteer_id=pk, municipality_id=request.municipality_id, defaults={"request": request}
    )


def keep_certificate(pk: int, certificate: Certificate) -> None:
    row = Volunteer.objects.get(pk=pk)
    row.certificate = certificate
    row.save(update_fields=["certificate"])


def end(pk: int, today: date) -> None:
    """She no longer helps any group, nor at gatherings to come."""
    row = Volunteer.objects.get(pk=pk)
    row.ended_on = today
    row.save(update_fields=["ended_on"])
    stop_helping(row, today)


def of_request(request: CertificateRequest) -> Holder | None:
    asked = VolunteerRequest.objects.filter(request=request).first()
    return find(asked.volunteer_id) if asked is not None else None


SOURCE = Source(active, find, keep_request, keep_certificate, end, of_request)
