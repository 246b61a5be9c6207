"""Inviting staff, and accepting an invitation."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.letters import letter_key, send_staff_invitation
from accounts.models import RoleAssignment, StaffInvitation, User
from accounts.services.roles import follow_roles
from audit.services import record
from municipalities.models import Municipality
from municipalities.tenancy import municipality as inside
from outbox.links import hash_of, token_of

VALID_FOR = timedelta(days=14)
SESSION_KEY = "invitation"


class AlreadyThere(Exception):
    """The person holds that role in the municipality already."""


@transaction.atomic
def invite_staff(*, email: str, role: str, municipality: Municipality, by: User) -> StaffInvitation:
    """Invite somebody to one role by a letter. The token of its link is kept nowhere: the key makes it (`token_of`).

    Raises AlreadyThere when she holds the role.
    """
    email = email.strip().lower()
    if RoleAssignment.objects.filter(user__email=email, municipality=municipality, role=role).exists():
        raise AlreadyThere
    invitation = StaffInvitation.objects.create(
        municipality=municipality,
        email=email,
        role=role,
        token_hash=secrets.token_hex(32),  # of no token, until the letter has its key
        invited_by=by,
        expires_at=timezone.now() + VALID_FOR,
    )
    invitation.token_hash = hash_of(token_of(municipality.pk, letter_key(invitation)))
    invitation.save(update_fields=["token_hash"])
    send_staff_invitation(invitation=invitation, by=by)
    record("invite_staff", by=by, municipality=municipality, invitation=invitation.pk)
    return invitation


def standing_invitation(token: str, *, now: datetime) -> StaffInvitation | None:
    """The invitation behind a token, while it can be accepted."""
    return StaffInvitation.objects.filter(
        token_hash=hash_of(token), accepted_at__isnull=True, expires_at__gt=now
    ).first()


def invitation_of_session(session: Any) -> StaffInvitation | None:
    """The invitation by whose link this browser came, while it stands."""
    pk = session.get(SESSION_KEY)
    if pk is None:
        return None
    return StaffInvitation.objects.filter(pk=pk, accepted_at__isnull=True, expires_at__gt=timezone.now()).first()


@transaction.atomic
def accept_invitation(*, invitation: StaffInvitation, by: User) -> RoleAssignment:
    """Give the person the role she was invited to; the invitation is used up."""
    invitation.accepted_at = timezone.now()
    invitation.save(update_fields=["accepted_at"])
    assignment, _made = RoleAssignment.objects.get_or_create(
        user=by, municipality=invitation.municipality, role=invitation.role
    )
    with inside(invitation.municipality):
        record("accept_invitation", by=by, municipality=invitation.municipality, invitation=invitation.pk)
        follow_roles(municipality=invitation.municipality, today=timezone.localdate())
    return assignment
