"""Passing a gate that is not met, with a reason that is kept; and taking that back."""

from datetime import datetime

from django.db import IntegrityError, transaction

from accounts.models import User
from audit.services import record
from planning.gates import gate
from planning.models import GatePass, Round


class NobodyPasses(Exception):
    """The gate is a rule of the domain: no role and no reason opens it."""


class NothingToPass(Exception):
    """The gate is met, or has nothing to ask of this round."""


class AlreadyPassed(Exception):
    """Somebody has passed it, and it stands."""


class ReasonMissing(Exception):
    """A pass without a reason says nothing to the one who reads it later."""


@transaction.atomic
def pass_gate(*, round: Round, key: str, reason: str, by: User, now: datetime) -> GatePass:
    """Go on although a gate is not met.

    Raises UnknownGate, NobodyPasses, ReasonMissing, NothingToPass, AlreadyPassed.
    """
    found = gate(key)
    if not found.can_be_passed:
        raise NobodyPasses
    if not reason.strip():
        raise ReasonMissing
    verdict = found.check(round)
    if verdict is None or verdict.met:
        raise NothingToPass
    try:
        with transaction.atomic():
            row = GatePass.objects.create(
                municipality_id=round.municipality_id,
                round=round,
                key=key,
                reason=reason.strip(),
                passed_by=by,
                passed_at=now,
            )
    except IntegrityError as stands:
        raise AlreadyPassed from stands
    record("pass_gate", by=by, municipality=round.municipality_id, round=round.pk, gate_pass=row.pk)
    return row


@transaction.atomic
def take_pass_back(*, round: Round, key: str, by: User, now: datetime) -> None:
    """The gate counts again; who passed it and why stays."""
    if GatePass.objects.filter(round=round, key=key, taken_back_at__isnull=True).update(
        taken_back_at=now, taken_back_by=by
    ):
        record("take_pass_back", by=by, municipality=round.municipality_id, round=round.pk)
