"""Referring a family, and what became of one's own referrals."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import requires
from accounts.permissions import Permission
from accounts.requests import Request
from audit.services import note_read
from families.forms.referrals import ReferralForm
from families.queries import own_referrals
from families.services.referrals import NewFamily, refer_family
from planning.models import Round


@requires(Permission.FAMILY_REFER)
def refer(request: Request, number: str) -> HttpResponse:
    """Refer a family to the running round. A kode-6 family is stopped here; nothing of it is stored."""
    running = Round.objects.running().first()
    if running is None:
        return render(request, "families/no_round.html")
    form = ReferralForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if data["protection"] == "strict":
            return render(request, "families/strictly_protected.html", {"leader": running.project_leader})
        refer_family(
            family=NewFamily(
                name=data["family_name"],
                adults=[form.new_adult()],
                children=form.new_children(),
                languages=[data["language"]],
                protection=data["protection"],
            ),
            in_round=running,
            referred_on=timezone.localdate(),
            agreed_to_contact=data["agreed_to_contact"],
            referrer_sees_status=data["referrer_sees_status"],
            reason=data["wishes"],
            source=request.user.name,
            by=request.user,
        )
        messages.success(request, _("Thank you. The coordinator will call the family within a week."))
        return redirect("families:my_referrals", number=number)
    return render(request, "families/refer.html", {"form": form})


@requires(Permission.REFERRAL_VIEW_OWN)
def my_referrals(request: Request, number: str) -> HttpResponse:
    """Her own referrals and, where the family agreed, a status word. Nothing else."""
    found = own_referrals(request.user)
    note_read(request, "referral", [referral.pk for referral in found])
    return render(request, "families/my_referrals.html", {"referrals": found})
