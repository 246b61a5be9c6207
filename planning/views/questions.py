"""Asking the round's contact at SOS-barnebyer."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import requires
from accounts.permissions import Permission
from accounts.requests import Request
from planning.forms.questions import QuestionForm
from planning.queries.questions import questions_of
from planning.rules.questions import Topic
from planning.services.questions import NobodyToAsk, ask_sos
from planning.views.plan import seen
from web.forms import add_errors
from web.partials import render


@requires(Permission.ROUND_PLAN)
def ask(request: Request, number: str, pk: int) -> HttpResponse:
    """Write to the contact, or call; `?about=` chooses what it is about. Says how far earlier questions have come."""
    found = seen(request, pk)
    about = request.GET.get("about", "")
    initial = {"topic": about if about in Topic.values else Topic.PLAN}
    form = QuestionForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            ask_sos(round=found, **form.cleaned_data, by=request.user, now=timezone.now())
        except NobodyToAsk:
            add_errors(form, {"": _("Nobody at SOS-barnebyer has an address here. Note it first.")})
        else:
            words = _("Your question is on its way to SOS-barnebyer. The answer comes to %(email)s.")
            messages.success(request, words % {"email": request.user.email})
            return redirect("planning:ask_sos", number=number, pk=pk)
    context = {
        "round": found,
        "form": form,
        "asked": questions_of(found),
        "may_edit_round": request.user.may(Permission.ROUND_EDIT),
    }
    return render(request, "planning/ask_sos.html", context)
