"""Letters to staff about their accounts."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models import StaffInvitation, User
from accounts.roles import ROLES
from outbox.letters import LetterKind
from outbox.links import token_of
from outbox.models import Message
from outbox.services import enqueue
from outbox.texts import Text

STAFF_INVITATION = "staff_invitation"


def letter_key(invitation: StaffInvitation) -> str:
    return f"{STAFF_INVITATION}:{invitation.pk}"


def link_in(message: Message) -> dict[str, str]:
    """The link of an invitation, which the stored letter only names."""
    token = token_of(message.municipality_id, message.key)
    return {"link": str(settings.SITE_URL) + reverse("accounts:accept", args=[token])}


def send_staff_invitation(*, invitation: StaffInvitation, by: User) -> None:
    """Promise the letter that carries the invitation's link. The stored text says `{link}` in its place."""
    with translation.override(invitation.municipality.language):
        subject = _("You are invited to SAMMEN in %(municipality)s") % {"municipality": invitation.municipality.name}
        body = _(
            "%(name)s invites you to SAMMEN as %(role)s.\n\n"
            "Open this link to make your account. It works for 14 days:\n%(link)s"
        ) % {"name": by.name, "role": ROLES[invitation.role].title, "link": "{link}"}
    enqueue(
        key=letter_key(invitation),
        kind=STAFF_INVITATION,
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


LETTERS = [LetterKind(STAFF_INVITATION, secrets=link_in)]
