"""Letters to staff about their accounts."""

import logging

from allauth.account import app_settings as allauth_settings
from django.conf import settings
from django.core.mail import send_mail
from django.core.signing import TimestampSigner
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import int_to_base36
from django.utils.translation import gettext as _

from accounts.models import StaffInvitation, User
from accounts.passwords import LETTER as PASSWORD_RESET
from accounts.passwords import token_in
from accounts.queries import municipalities_of
from accounts.roles import ROLES
from municipalities.tenancy import municipality as inside
from outbox.letters import LetterKind
from outbox.links import token_of
from outbox.models import Message
from outbox.services import enqueue
from outbox.texts import Text

logger = logging.getLogger(__name__)
STAFF_INVITATION = "staff_invitation"
ADDRESS_CONFIRMATION = "address_confirmation"


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
            "Open this link to take part. It works for 14 days:\n%(link)s"
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


def promise_to(user: User, *, kind: str, key: str, address: str, text: Text, link: str) -> None:
    """Promise a letter about the person's own account, in one of her municipalities. The stored text says `{link}`.

    A person without one (who looks after the server) gets it at once: no row can be hers. It is sent or logged as
    failed, for what the page answers may not tell whether there is such an account.
    """
    towns = municipalities_of(user)
    if not towns:
        try:
            send_mail(text.subject, text.body.replace("{link}", link), None, [address])
        except OSError:
            logger.exception("the letter %s could not be sent", kind)
        return
    with inside(towns[0]):
        enqueue(
            key=key,
            kind=kind,
            channel="email",
            address=address,
            recipient=f"user:{user.pk}",
            recipient_name="",
            about=f"user:{user.pk}",
            language=user.language,
            due_at=timezone.now(),
            text=text,
            municipality=towns[0],
            by=None,
            passes_quiet_hours=True,
        )


def password_link(key: str) -> str:
    """Where the person chooses a new password, from the letter's key."""
    part = {"uidb36": int_to_base36(int(key.split(":")[1])), "key": token_in(key)}
    return str(settings.SITE_URL) + reverse("account_reset_password_from_key", kwargs=part)


def send_password_reset(*, user: User, address: str, key: str) -> None:
    """Promise the letter with the link to a new password."""
    with translation.override(user.language):
        text = Text(
            subject=_("A new password for SAMMEN"),
            sms="",
            body=_(
                "Somebody, probably you, asked for a new password for SAMMEN.\n\n"
                "Choose it here. The link works once, within a day:\n%(link)s\n\n"
                "Was it not you? Then nothing needs to be done: your password is as it was."
            )
            % {"link": "{link}"},
        )
    promise_to(user, kind=PASSWORD_RESET, key=key, address=address, text=text, link=password_link(key))


def confirmation_link(key: str) -> str:
    """Where an address is shown to be hers: the letter's key holds all of allauth's key but its signature."""
    unsigned = key.removeprefix(f"{ADDRESS_CONFIRMATION}:")
    signature = TimestampSigner(salt=allauth_settings.SALT).signature(unsigned)
    return str(settings.SITE_URL) + reverse("account_confirm_email", args=[f"{unsigned}:{signature}"])


def send_address_confirmation(*, user: User, address: str, signed: str) -> None:
    """Promise the letter by which she shows that an address is hers. `signed` is allauth's key for it."""
    key = f"{ADDRESS_CONFIRMATION}:{signed.rpartition(':')[0]}"
    with translation.override(user.language):
        text = Text(
            subject=_("Is this your e-mail address?"),
            sms="",
            body=_(
                "You wrote this address as yours in SAMMEN.\n\n"
                "Open this link to show that it is. It works for three days:\n%(link)s\n\n"
                "Was it not you? Then nothing needs to be done."
            )
            % {"link": "{link}"},
        )
    promise_to(user, kind=ADDRESS_CONFIRMATION, key=key, address=address, text=text, link=confirmation_link(key))


LETTERS = [
    LetterKind(STAFF_INVITATION, secrets=link_in),
    LetterKind(PASSWORD_RESET, secrets=lambda message: {"link": password_link(message.key)}),
    LetterKind(ADDRESS_CONFIRMATION, secrets=lambda message: {"link": confirmation_link(message.key)}),
]
