"""The municipality's own settings."""

from typing import Any

from django.db import transaction

from accounts.models import RoleAssignment, User
from accounts.roles import CHECKER
from audit.services import record
from municipalities.models import Municipality

SETTINGS = (
    "language",
    "quiet_from",
    "quiet_to",
    "reminder_at",
    "sms_sender",
    "waiting_limit_days",
    "public_form_open",
    "certificate_renewal_months",
    "certificate_renewal_stops",
    "certificate_kept_days",
    "certificate_own_ground",
)


@transaction.atomic
def change_settings(*, municipality: Municipality, by: User, deputy: User | None, **values: Any) -> None:
    """Keep these settings, and who is the deputy for police certificates (nobody when None)."""
    for name in SETTINGS:
        setattr(municipality, name, values[name])
    municipality.save(update_fields=SETTINGS)
    record("change_settings", by=by, municipality=municipality)
    name_deputy(municipality=municipality, deputy=deputy, by=by)


@transaction.atomic
def name_deputy(*, municipality: Municipality, deputy: User | None, by: User) -> None:
    """One person, besides the leader, checks police certificates and sees their dates; or nobody."""
    before = RoleAssignment.objects.filter(municipality=municipality, role=CHECKER)
    if deputy is not None and before.filter(user=deputy).exists():
        return
    gone, _rows = before.delete()
    if deputy is not None:
        RoleAssignment.objects.create(user=deputy, municipality=municipality, role=CHECKER)
        record("name_deputy", by=by, municipality=municipality, user=deputy.pk)
    elif gone:
        record("name_deputy", by=by, municipality=municipality)
