"""Passing a gate with a reason, and taking that back."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import requires
from accounts.permissions import Permission
from accounts.requests import Request
from planning.forms.plan import PassForm
from planning.gates import UnknownGate, gate
from planning.services.gates import AlreadyPassed, NobodyPasses, NothingToPass, pass_gate, take_pass_back
from planning.views.plan import seen
from web.forms import add_errors
from web.partials import render


@requires(Permission.ROUND_PLAN)
def pass_on(request: Request, number: str, pk: int, key: str) -> HttpResponse:
    """Why the round goes on although this is not in place. A rule of the domain is explained, never passed."""
    found = seen(request, pk)
    try:
        asked = gate(key)
    except UnknownGate as unknown:
        raise Http404 from unknown
    verdict = asked.check(found)
    form = PassForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            pass_gate(round=found, key=key, reason=form.cleaned_data["reason"], by=request.user, now=timezone.now())
        except NobodyPasses:
            add_errors(form, {"": _("This is a rule that nobody can pass.")})
        except (NothingToPass, AlreadyPassed):
            messages.info(request, _("Nothing stands in the way here any more."))
            return redirect("planning:plan", number=number, pk=pk)
        else:
            messages.success(request, _("Noted. The reason stands in the plan."))
            return redirect("planning:plan", number=number, pk=pk)
    return render(request, "planning/pass.html", {"round": found, "gate": asked, "verdict": verdict, "form": form})


@requires(Permission.ROUND_PLAN)
@require_POST
def take_back(request: Request, number: str, pk: int, key: str) -> HttpResponse:
    """The gate counts again; the reason stays in the history."""
    found = seen(request, pk)
    take_pass_back(round=found, key=key, by=request.user, now=timezone.now())
    messages.success(request, _("Taken back. It counts again."))
    return redirect("planning:plan", number=number, pk=pk)
