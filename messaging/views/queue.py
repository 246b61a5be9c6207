"""What goes out by itself in the next 14 days, and stopping it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.access import requires
from accounts.permissions import Permission
from accounts.requests import Request
from audit.services import note_read
from messaging.queries import ALL_KINDS, queued
from outbox.models import Message
from outbox.services.stopping import stop_messages
from sessions_log.letters import about
from sessions_log.models import Gathering
from sessions_log.queries.messages import people_of, person_of, seen_by
from sessions_log.sent import letter
from web.partials import render


@requires(Permission.GATHERING_VIEW)
def queue(request: Request, number: str) -> HttpResponse:
    """By day, and by what it is about."""
    days = queued(request.user, timezone.now())
    letters = [each for _day, batches in days for batch in batches for each in batch.letters]
    note_read(request, "family", [each.person.family_id for each in letters])
    return render(request, "messaging/queue.html", {"days": days, "count": len(letters)})


@requires(Permission.INVITATION_SEND)
def stop(request: Request, number: str, pk: int) -> HttpResponse:
    """Stop one message: one page, one button."""
    row = get_object_or_404(seen_by(request.user), pk=pk)
    person = person_of(row)
    note_read(request, "family", [person.family_id])
    if request.method == "POST":
        return stopped(request, number, [row])
    if row.state != Message.State.QUEUED:
        return stopped(request, number, [])
    shown = letter(row, person, timezone.now(), ALL_KINDS)
    return render(request, "messaging/stop.html", {"letters": [shown], "gathering": None})


@requires(Permission.INVITATION_SEND)
def stop_all(request: Request, number: str, pk: int) -> HttpResponse:
    """Stop everything that waits about one gathering, to the families she may see. Nothing else of it changes."""
    gathering = get_object_or_404(Gathering.objects.visible_to(request.user), pk=pk)
    waiting = list(seen_by(request.user).filter(about=about(gathering), state=Message.State.QUEUED))
    if request.method == "POST" or not waiting:
        return stopped(request, number, waiting)
    people = people_of(waiting)
    note_read(request, "family", [person.family_id for person in people.values()])
    now = timezone.now()
    letters = [letter(row, people[row.recipient], now, ALL_KINDS) for row in waiting]
    return render(request, "messaging/stop.html", {"letters": letters, "gathering": gathering})


def stopped(request: Request, number: str, rows: list[Message]) -> HttpResponse:
    count = stop_messages(messages=rows, municipality=request.municipality, by=request.user)
    if count:
        words = ngettext("%(n)s message is stopped.", "%(n)s messages are stopped.", count)
        messages.success(request, words % {"n": count})
    else:
        messages.info(request, _("Nothing to stop: it has gone, or was stopped already."))
    return redirect("messaging:queue", number=number)
