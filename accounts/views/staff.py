"""The people of a municipality: who they are, inviting, certificates shown."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import public, requires
from accounts.forms import CertificateForm, InviteStaffForm
from accounts.letters import send_staff_invitation
from accounts.models import User
from accounts.permissions import Permission
from accounts.queries import staff_of
from accounts.requests import Request
from accounts.services.certificates import note_certificate
from accounts.services.invitations import SESSION_KEY, AlreadyThere, invite_staff, standing_invitation


@requires(Permission.STAFF_INVITE)
def staff(request: Request, number: str) -> HttpResponse:
    """Everybody with a role here, with «shown» or «missing» for the certificate, never a date."""
    may_note = Permission.CERTIFICATE_NOTE in request.permissions
    return render(request, "accounts/staff.html", {"staff": staff_of(request.municipality), "may_note": may_note})


@requires(Permission.STAFF_INVITE)
def invite(request: Request, number: str) -> HttpResponse:
    """Invite somebody to one role."""
    form = InviteStaffForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            invitation, token = invite_staff(**form.cleaned_data, municipality=request.municipality, by=request.user)
        except AlreadyThere:
            form.add_error("email", _("This person has that role here already."))
        else:
            link = request.build_absolute_uri(reverse("accounts:accept", args=[token]))
            send_staff_invitation(invitation=invitation, link=link, by=request.user)
            messages.success(request, _("The invitation to %(email)s is on its way.") % {"email": invitation.email})
            return redirect("accounts:staff", number=number)
    return render(request, "accounts/invite.html", {"form": form})


@requires(Permission.CERTIFICATE_NOTE)
def certificate(request: Request, number: str, pk: int) -> HttpResponse:
    """Note that a person showed a police certificate."""
    person = get_object_or_404(
        User.objects.filter(role_assignments__municipality=request.municipality).distinct(), pk=pk
    )
    form = CertificateForm(request.POST or None, initial={"shown_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        note_certificate(user=person, **form.cleaned_data, municipality=request.municipality, by=request.user)
        messages.success(request, _("Noted. Thank you for checking."))
        return redirect("accounts:staff", number=number)
    return render(request, "accounts/certificate.html", {"form": form, "person": person})


@public
def accept(request: Request, token: str) -> HttpResponse:
    """The link of an invitation: remembers it in the session and goes on to sign-up. Changes nothing else."""
    invitation = standing_invitation(token, now=timezone.now())
    if invitation is None:
        return render(request, "accounts/invitation_ended.html", status=410)
    request.session[SESSION_KEY] = invitation.pk
    return redirect("account_signup")
