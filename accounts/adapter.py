"""How allauth behaves here: nobody signs up uninvited."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from accounts.models import User
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
