"""What staff do about one message: try it again, call instead, note the call. From every page that shows it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import requires
from accounts.permissions import Permission
from accounts.requests import Request
from audit.services import note_read
from outbox.models import Message
from sessions_log.models import CallOutcome
from sessions_log.queries.messages import person_of, seen_by
from sessions_log.services.letters import (
    GoneAlready,
    call_rather_than_send,
    end_links,
    note_letter_called,
    try_letter_again,
)
from web.partials import render


def seen(request: Request, pk: int) -> Message:
    """The message, when it goes to a family she may see."""
    return get_object_or_404(seen_by(request.user), pk=pk)


def way_back(request: Request, number: str) -> str:
    """The page on which she did it."""
    asked = request.POST.get("back") or request.GET.get("back", "")
    home = f"/k/{number}/"
    safe = asked.startswith(home) and url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return asked if safe else home


def back(request: Request, number: str) -> HttpResponse:
    return redirect(way_back(request, number))


def refuse(request: Request) -> None:
    messages.info(request, _("Nothing to do: it has gone meanwhile, or somebody was first."))


@requires(Permission.INVITATION_SEND)
@require_POST
def retry(request: Request, number: str, message: int) -> HttpResponse:
    """Try a failed message once more, with the same key: it still goes once."""
    row = seen(request, message)
    try_letter_again(message=row, by=request.user, now=timezone.now())
    return back(request, number)


@requires(Permission.INVITATION_SEND)
@require_POST
def call_instead(request: Request, number: str, message: int) -> HttpResponse:
    """A failed or late message becomes a call."""
    row = seen(request, message)
    person = person_of(row)
    note_read(request, "family", [person.family_id])
    try:
        call_rather_than_send(message=row, person=person, by=request.user, now=timezone.now())
    except GoneAlready:
        refuse(request)
    else:
        messages.success(request, _("It is on your list of calls now: %(name)s.") % {"name": person.first_name})
    return back(request, number)


@requires(Permission.REPLY_NOTE)
@require_POST
def called(request: Request, number: str, message: int) -> HttpResponse:
    """She called, or left word."""
    row = seen(request, message)
    outcome = request.POST.get("outcome", "")
    if outcome in CallOutcome.values:
        try:
            note_letter_called(message=row, person=person_of(row), outcome=outcome, by=request.user, now=timezone.now())
        except GoneAlready:
            refuse(request)
        else:
            messages.success(request, _("Noted."))
    return back(request, number)


@requires(Permission.INVITATION_SEND)
def close_link(request: Request, number: str, message: int) -> HttpResponse:
    """Close what leads to the family's own page: it went to somebody else. One page, one button; it is for good."""
    row = seen(request, message)
    person = person_of(row)
    note_read(request, "family", [person.family_id])
    if request.method == "POST":
        try:
            end_links(message=row, by=request.user, now=timezone.now())
        except GoneAlready:
            refuse(request)
        else:
            messages.success(request, _("The link is closed. Whoever opens it reads that they can call you."))
        return back(request, number)
    context = {"person": person, "row": row, "way_back": way_back(request, number)}
    return render(request, "sessions_log/close_link.html", context)
