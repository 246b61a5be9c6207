"""The municipality's own settings."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from accounts.models import RoleAssignment, User
from accounts.roles import CHECKER
from audit.services import record
from municipalities.models import Municipality, QuietDay

SETTINGS = (
    "language",
    "quiet_from",
    "quiet_to",
    "reminder_at",
    "sms_sender",
    "sms_price_ore",
    "quiet_on_holidays",
    "waiting_limit_days",
    "public_form_open",
    "certificate_renewal_months",
    "certificate_renewal_stops",
    "certificate_kept_days",
    "certificate_own_ground",
)


@transaction.atomic
def change_settings(
    *, municipality: Municipality, by: User, deputy: User | None, quiet_days: Mapping[date, str], **values: Any
) -> None:
    """Keep these settings, the days without messages (each with its name), and who is the deputy for police
    certificates (nobody when None)."""
    for name in SETTINGS:
        setattr(municipality, name, values[name])
    municipality.save(update_fields=SETTINGS)
    choose_quiet_days(municipality, quiet_days)
    record("change_settings", by=by, municipality=municipality)
    name_deputy(municipality=municipality, deputy=deputy, by=by)


def choose_quiet_days(municipality: Municipality, days: Mapping[date, str]) -> None:
    """These days and no others."""
    QuietDay.objects.filter(municipality=municipality).exclude(day__in=days).delete()
    QuietDay.objects.bulk_create(
        [QuietDay(municipality=municipality, day=day, name=name) for day, name in days.items()],
        update_conflicts=True,
        unique_fields=["municipality", "day"],
        update_fields=["name"],
    )


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
