"""The people of a municipality: who they are, and inviting."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import public, requires, signed_in
from accounts.forms import InviteStaffForm
from accounts.models import User
from accounts.permissions import Permission
from accounts.requests import Request
from accounts.roles import ROLES
from accounts.services.invitations import (
    SESSION_KEY,
    AlreadyThere,
    accept_invitation,
    invitation_of_session,
    invite_staff,
    standing_invitation,
)
from accounts.standing import State, people_of
from audit.services import note_read


@requires(Permission.STAFF_VIEW)
def staff(request: Request, number: str) -> HttpResponse:
    """Everybody with a role here. Who checks certificates sees dates and next steps; others «in order» or «missing»."""
    people = people_of(request.municipality, timezone.localdate())
    checks = Permission.CERTIFICATE_NOTE in request.permissions
    context: dict[str, object] = {"checks": checks, "may_invite": Permission.STAFF_INVITE in request.permissions}
    context["others"] = [line for line in people if line.state == State.NOT_NEEDED]
    asked_for = [line for line in people if line.state != State.NOT_NEEDED]
    if checks:
        note_read(
            request, "certificate", [seat.certificate.pk for line in people for seat in line.seats if seat.certificate]
        )
        context |= {
            state.name.lower(): [line for line in asked_for if line.state == state]
            for state in (State.MISSING, State.ASKED, State.RENEW, State.IN_ORDER)
        }
    else:
        context["plain"] = [(line, line.shown) for line in sorted(asked_for, key=lambda line: line.shown)]
    return render(request, "accounts/staff.html", context)


@requires(Permission.STAFF_INVITE)
def invite(request: Request, number: str) -> HttpResponse:
    """Invite somebody to one role."""
    form = InviteStaffForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            invitation = invite_staff(**form.cleaned_data, municipality=request.municipality, by=request.user)
        except AlreadyThere:
            form.add_error("email", _("This person has that role here already."))
        else:
            messages.success(request, _("The invitation to %(email)s is on its way.") % {"email": invitation.email})
            return redirect("accounts:staff", number=number)
    return render(request, "accounts/invite.html", {"form": form})


@public
def accept(request: Request, token: str) -> HttpResponse:
    """The link of an invitation: remembers it in the session and goes on, to sign-up or for who has an account to her
    answer. Changes nothing else."""
    invitation = standing_invitation(token, now=timezone.now())
    if invitation is None:
        return render(request, "accounts/invitation_ended.html", status=410)
    request.session[SESSION_KEY] = invitation.pk
    has_account = User.objects.filter(email=invitation.email).exists()
    return redirect("accounts:take" if has_account else "account_signup")


@signed_in
def take(request: Request) -> HttpResponse:
    """Take one more role with the account that she has. The invitation is hers whose address it was sent to."""
    invitation = invitation_of_session(request.session)
    if invitation is None:
        return render(request, "accounts/invitation_ended.html", status=410)
    is_hers = invitation.email == request.user.email
    if request.method == "POST" and is_hers:
        accept_invitation(invitation=invitation, by=request.user)
        return redirect("insight:today", number=invitation.municipality.number)
    context = {"invitation": invitation, "role": ROLES[invitation.role], "is_hers": is_hers}
    return render(request, "accounts/take.html", context, status=200 if is_hers else 403)
