"""The people of a municipality: who they are, and inviting."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import public, requires
from accounts.forms import InviteStaffForm
from accounts.permissions import Permission
from accounts.requests import Request
from accounts.services.invitations import SESSION_KEY, AlreadyThere, invite_staff, standing_invitation
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
    """The link of an invitation: remembers it in the session and goes on to sign-up. Changes nothing else."""
    invitation = standing_invitation(token, now=timezone.now())
    if invitation is None:
        return render(request, "accounts/invitation_ended.html", status=410)
    request.session[SESSION_KEY] = invitation.pk
    return redirect("account_signup")
