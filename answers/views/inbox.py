"""Texts from families that wait for a person."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import requires
from accounts.permissions import Permission
from accounts.requests import Request
from answers.models import IncomingText
from answers.queries import waiting_texts
from answers.services.inbox import SettledAlready, settle_text
from audit.services import note_read
from web.partials import render

BY_HAND = {IncomingText.Outcome.REPLY, IncomingText.Outcome.CALLED, IncomingText.Outcome.DONE}


@requires(Permission.REPLY_NOTE)
def inbox(request: Request, number: str) -> HttpResponse:
    """Every text she may read that nobody has taken care of, oldest first."""
    waiting = waiting_texts(request.user, limit=200)
    note_read(request, "family", [each.family.pk for each in waiting])
    return render(request, "answers/inbox.html", {"texts": waiting})


@requires(Permission.REPLY_NOTE)
@require_POST
def settle(request: Request, number: str, pk: int) -> HttpResponse:
    """She noted the answer, called, or there is nothing to do."""
    incoming = get_object_or_404(IncomingText.objects.visible_to(request.user), pk=pk)
    outcome = request.POST.get("outcome", "")
    if outcome in BY_HAND:
        try:
            settle_text(incoming=incoming, outcome=outcome, by=request.user, now=timezone.now())
        except SettledAlready:
            messages.info(request, _("Somebody has taken care of it already."))
        else:
            messages.success(request, _("Noted."))
    return redirect("answers:inbox" if request.POST.get("back") == "inbox" else "insight:today", number=number)
