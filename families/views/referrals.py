"""Referring a family, and what became of one's own referrals."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import requires
from accounts.permissions import Permission
from accounts.requests import Request
from accounts.services.drafts import discard_draft, load_draft, save_draft, typed
from audit.services import note_read
from families.forms.referrals import STRICT, ReferralForm, first_values
from families.letters import promise_strictly_protected_letter
from families.queries import latest_source_kind, own_referrals
from families.services.referrals import NewFamily, is_received, refer_family
from planning.models import Round
from web.dates import clock

DRAFT = "refer"
STOPPED = "referral_stopped"  # in the session: the form that was stopped last, of which nothing may be kept


def hers(request: Request) -> dict[str, Any]:
    """What names her draft."""
    return {"form": DRAFT, "user": request.user, "municipality": request.municipality}


def was_sent(request: Request) -> bool:
    """Whether what comes belongs to a form that is done with: tapped twice, or typed on its way."""
    once = request.POST.get("once", "")
    return is_received(once=once, by=request.user) or (bool(once) and request.session.get(STOPPED) == once)


@requires(Permission.FAMILY_REFER)
def refer(request: Request, number: str) -> HttpResponse:
    """Refer a family to the running round. A kode-6 family is stopped here; nothing of it is stored."""
    running = Round.objects.running().select_related("municipality", "project_leader").first()
    if running is None:
        return render(request, "families/no_round.html")
    if request.POST.get("protection") == STRICT:
        return stop(request, running)
    if "discard" in request.POST:
        discard_draft(**hers(request))
        return redirect("families:refer", number=number)
    draft = None if request.method == "POST" else load_draft(**hers(request))
    usual = "" if request.method == "POST" else latest_source_kind(request.user)
    form = ReferralForm(request.POST or None, initial=first_values(draft.fields if draft else None, usual))
    if request.method == "POST" and was_sent(request):
        return redirect("families:my_referrals", number=number)
    if request.method == "POST" and form.is_valid():
        receive(request, form, running)
        messages.success(request, _("Thank you. The coordinator will call the family within a week."))
        return redirect("families:my_referrals", number=number)
    return render(request, "families/refer.html", {"form": form, "draft": draft})


def receive(request: Request, form: ReferralForm, running: Round) -> None:
    """Register the family; what was typed on the way is forgotten."""
    data = form.cleaned_data
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
        source_kind=data["source_kind"],
        once=data["once"],
        by=request.user,
    )
    discard_draft(**hers(request))


def stop(request: Request, running: Round) -> HttpResponse:
    """A kode-6 family: what was typed goes, the leader learns that somebody will call, and nothing more."""
    discard_draft(**hers(request))
    request.session[STOPPED] = request.POST.get("once", "")
    leader = running.project_leader
    promise_strictly_protected_letter(town=running.municipality, to=leader, now=timezone.now())
    return render(request, "families/strictly_protected.html", {"leader": leader})


@requires(Permission.FAMILY_REFER)
@require_POST
def draft(request: Request, number: str) -> HttpResponse:
    """Keep what is being typed; nothing of a kode-6 family, and nothing of a referral that was sent meanwhile."""
    if was_sent(request):
        return HttpResponse(status=204)
    if request.POST.get("protection") == STRICT:
        discard_draft(**hers(request))
        words = _("Nothing is kept.")
    else:
        known = ReferralForm().fields
        fields = {name: values for name, values in typed(request.POST).items() if name in known}
        words = _("Draft kept %(time)s") % {"time": clock(save_draft(**hers(request), fields=fields))}
    return render(request, "components/status.html", {"text": words, "id": "draft-state", "live": True})


@requires(Permission.REFERRAL_VIEW_OWN)
def my_referrals(request: Request, number: str) -> HttpResponse:
    """Her own referrals and, where the family agreed, a status word. Nothing else."""
    found = own_referrals(request.user)
    note_read(request, "referral", [referral.pk for referral in found])
    return render(request, "families/my_referrals.html", {"referrals": found})
