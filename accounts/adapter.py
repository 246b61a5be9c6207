"""How allauth behaves here: nobody signs up uninvited, and its letters are promised in the outbox."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from accounts.letters import send_address_confirmation, send_password_reset
from accounts.models import User
from accounts.passwords import PasswordTokens
from accounts.services.invitations import accept_invitation, invitation_of_session


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Sign-up is open only to somebody who came by an invitation's link, with that address and that role."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return invitation_of_session(request.session) is not None

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        invitation = invitation_of_session(request.session)
        if invitation is None:
            raise PermissionError("sign-up without an invitation")
        user.email = invitation.email
        user.name = form.cleaned_data["name"]
        user.set_password(form.cleaned_data["password1"])
        user.save()
        accept_invitation(invitation=invitation, by=user)
        # The link came to this address: it is verified.
        self.stash_verified_email(request, invitation.email)
        return user

    def send_password_reset_mail(self, user: User, email: str, context: dict[str, Any]) -> None:
        key = PasswordTokens().letter_key(user, context["key"])
        send_password_reset(user=user, address=email, key=key)

    def send_confirmation_mail(self, request: HttpRequest, emailconfirmation: Any, signup: bool) -> None:
        address = emailconfirmation.email_address
        send_address_confirmation(user=address.user, address=address.email, signed=emailconfirmation.key)

    def send_account_already_exists_mail(self, email: str) -> None:
        """Who has an account is never led to sign-up: somebody typed another's address, who gets no letter for it."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Every other letter of allauth's: none of its ways that are open here sends one."""
        raise LookupError(f"no letter stands for {template_prefix}")
