"""Volunteers of a group."""

from datetime import date

from django.db import IntegrityError, transaction

from accounts.models import Certificate, User
from accounts.services.certificates import CertificateMissing
from audit.services import record
from groups.models import Group, GroupVolunteer
from planning.models import Volunteer


class HelpsAlready(Exception):
    """The volunteer helps this group now."""


class HasStopped(Exception):
    """The person is no longer a volunteer."""


@transaction.atomic
def add_volunteer(*, volunteer: Volunteer, group: Group, since: date, by: User) -> GroupVolunteer:
    """Put a volunteer on a group. Raises CertificateMissing (domain rule 4), HasStopped and HelpsAlready."""
    certificate = Certificate.objects.opening(since).filter(pk=volunteer.certificate_id or 0).first()
    if certificate is None:
        raise CertificateMissing
    if volunteer.ended_on is not None:
        raise HasStopped
    try:
        with transaction.atomic():
            helping = GroupVolunteer.objects.create(
                municipality_id=group.municipality_id,
                group=group,
                volunteer=volunteer,
                certificate=certificate,
                since=since,
            )
    except IntegrityError as there:
        raise HelpsAlready from there
    record("add_volunteer", by=by, municipality=group.municipality_id, group=group.pk, volunteer=volunteer.pk)
    return helping


@transaction.atomic
def end_volunteer(*, helping: GroupVolunteer, on: date, by: User) -> None:
    """The volunteer helps the group no longer; that she did stays."""
    helping.until = max(on, helping.since)
    helping.save(update_fields=["until"])
    ids = {"group": helping.group_id, "volunteer": helping.volunteer_id}
    record("end_volunteer", by=by, municipality=helping.municipality_id, **ids)
