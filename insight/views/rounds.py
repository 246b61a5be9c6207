"""A leader's rounds."""

from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from accounts.access import requires
from accounts.permissions import Permission
from accounts.requests import Request
from audit.services import note_read
from insight.queries.rounds import STEPS, round_in_full, steps_of
from planning.models import Round
from planning.queries.gates import next_threshold
from web.partials import render


@requires(Permission.ROUND_VIEW)
def rounds(request: Request, number: str) -> HttpResponse:
    """Running rounds first, then the finished ones."""
    rows = Round.objects.visible_to(request.user).annotate(
        size=Count("groups", distinct=True), families=Count("participations__family", distinct=True)
    )
    return render(request, "insight/rounds.html", {"rounds": list(rows.order_by("closed_at", "-starts_on"))})


@requires(Permission.ROUND_VIEW)
def round_page(request: Request, number: str, pk: int) -> HttpResponse:
    """Each group's place in the five steps and what blocks the next; gatherings, attendance, missing summaries."""
    found = get_object_or_404(Round.objects.visible_to(request.user).select_related("project_leader"), pk=pk)
    now = timezone.now()
    groups = round_in_full(found, request.user, now)
    note_read(request, "family", [family.pk for group in groups for family in group.families])
    context = {
        "round": found,
        "groups": [(group, STEPS[min(group.step, len(STEPS) - 1)]) for group in groups],
        "steps": steps_of(groups, found),
        "families": sum(len(group.families) for group in groups),
        "missing": [(group, row) for group in groups for row in group.without_summary],
        "now": now,
    }
    return render(request, "insight/round.html", context)


@requires(Permission.ROUND_VIEW)
def round_before(request: Request, number: str, pk: int) -> HttpResponse:
    """What stands before the round's next step. Apart from the round's page, as each gate asks for itself."""
    found = get_object_or_404(Round.objects.visible_to(request.user), pk=pk)
    context = {"round": found, "threshold": next_threshold(found)}
    return render(request, "insight/round_before.html", context, partial="waits")
