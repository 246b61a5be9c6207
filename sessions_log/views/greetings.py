"""One tap: a welcome to those who are new in a group, a thank-you after a gathering."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.access import requires
from accounts.permissions import Permission
from accounts.requests import Request
from groups.models import Group
from outbox.queries import quiet_of
from outbox.wordings import wordings
from sessions_log.greetings import THANKS, facts_of, next_after, to_thank
from sessions_log.letters import host_of
from sessions_log.services.greetings import thank as thank_families
from sessions_log.services.greetings import welcome as welcome_families
from sessions_log.views.gatherings import seen
from web.partials import render


def on_their_way(count: int) -> str:
    said = ngettext("%(count)s message is on its way.", "%(count)s messages are on their way.", count)
    return said % {"count": count}


@requires(Permission.INVITATION_SEND)
@require_POST
def welcome(request: Request, number: str, pk: int) -> HttpResponse:
    """Welcome those of the group who have not had it."""
    group = get_object_or_404(Group.objects.visible_to(request.user).select_related("municipality"), pk=pk)
    messages.success(request, on_their_way(welcome_families(group=group, by=request.user, now=timezone.now())))
    return redirect("groups:group", number=number, pk=pk)


@requires(Permission.INVITATION_SEND)
def thanks(request: Request, number: str, pk: int) -> HttpResponse:
    """After the log: thank those who were there and tell the next date, or not now."""
    row = seen(request, pk)
    now = timezone.now()
    if request.method == "POST":
        messages.success(request, on_their_way(thank_families(gathering=row, by=request.user, now=now)))
        return redirect("insight:today", number=number)
    people = to_thank(row, now)
    coming = next_after(row, now)
    town = request.municipality
    context = {
        "gathering": row,
        "people": people,
        "families": len({person.family_id for person in people}),
        "next": coming,
        "text": wordings(THANKS).render(THANKS, town.language, facts_of(people[0], host_of(row), coming))
        if people
        else None,
        "goes_at": quiet_of(town).next_allowed(now),
        "now": now,
    }
    return render(request, "sessions_log/thanks.html", context)
