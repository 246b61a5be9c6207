"""Letters to staff about their accounts."""

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models import StaffInvitation, User
from accounts.roles import ROLES
from outbox.services import enqueue
from outbox.texts import Text


def send_staff_invitation(*, invitation: StaffInvitation, link: str, by: User) -> None:
    """Promise the letter that carries the invitation's link."""
    with translation.override(invitation.municipality.language):
        subject = _("You are invited to SAMMEN in %(municipality)s") % {"municipality": invitation.municipality.name}
        body = _(
            "%(name)s invites you to SAMMEN as %(role)s.\n\n"
            "Open this link to make your account. It works for 14 days:\n%(link)s"
        ) % {"name": by.name, "role": ROLES[invitation.role].title, "link": link}
    enqueue(
        key=f"staff_invitation:{invitation.pk}",
        kind="staff_invitation",
        channel="email",
        address=invitation.email,
        recipient=f"invitation:{invitation.pk}",
        recipient_name="",
        about=f"invitation:{invitation.pk}",
        language=invitation.municipality.language,
        due_at=timezone.now(),
        text=Text(subject=subject, sms="", body=body),
        municipality=invitation.municipality,
        by=by,
        passes_quiet_hours=True,
    )
