"""Where every family stands: a board that works by keyboard and without a script."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import requires
from accounts.permissions import Permission
from accounts.requests import Request
from audit.services import note_read
from families.filters import BoardFilter
from families.forms.endings import EndingForm
from families.models import Family, Participation, Status
from families.services.participations import StillInAGroup, TakesPartAlready, begin_again, end_participation
from planning.models import Round
from web.forms import add_errors
from web.lists import listing
from web.partials import render

OVER = {Status.NOT_NOW, Status.DECLINED, Status.ENDED}


@dataclass(frozen=True)
class Column:
    """One status: how many there are in all, and those on this page."""

    status: Status
    rows: list[Any]
    is_over: bool


@requires(Permission.FAMILY_VIEW)
def board(request: Request, number: str) -> HttpResponse:
    """Every family she sees by its status, the one that has stood longest first."""
    rows = Participation.objects.visible_to(request.user).with_status().select_related("family", "round")
    found = listing(request, rows.order_by("status_since", "pk"), filter_class=BoardFilter, per_page=100)
    note_read(request, "family", [row.family_id for row in found.rows])
    context = {"listing": found, "columns": columns(found.rows), "today": timezone.localdate()}
    return render(request, "families/board.html", context, partial="rows")


def columns(rows: Iterable[Any]) -> list[Column]:
    by_status: dict[str, list[Any]] = {status: [] for status in Status}
    for row in rows:
        by_status[row.status].append(row)
    return [Column(status, by_status[status], status in OVER) for status in Status]


@requires(Permission.FAMILY_EDIT)
def end(request: Request, number: str, pk: int) -> HttpResponse:
    """Not now, or no thank you."""
    family = get_object_or_404(Family.objects.visible_to(request.user), pk=pk)
    participation = get_object_or_404(Participation.objects.open(), family=family)
    note_read(request, "family", [family.pk])
    form = EndingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            end_participation(
                participation=participation, **form.cleaned_data, on=timezone.localdate(), by=request.user
            )
        except StillInAGroup:
            add_errors(form, {"": _("The family is in a group. Take it out of the group first.")})
        else:
            messages.success(request, _("Noted. The family is asked nothing more in this round."))
            return redirect("families:family", number=number, pk=pk)
    return render(request, "families/end.html", {"form": form, "family": family})


@requires(Permission.FAMILY_EDIT)
@require_POST
def again(request: Request, number: str, pk: int) -> HttpResponse:
    """They want to after all: they wait anew in the running round."""
    family = get_object_or_404(Family.objects.visible_to(request.user), pk=pk)
    last = family.participations.order_by("-pk").first()
    running = Round.objects.running().first()
    if last is None or running is None:
        messages.info(request, _("No round is running now."))
        return redirect("families:family", number=number, pk=pk)
    try:
        begin_again(participation=last, in_round=running, on=timezone.localdate(), by=request.user)
    except TakesPartAlready:
        messages.info(request, _("The family waits already."))
    else:
        messages.success(request, _("The family waits again."))
    return redirect("families:family", number=number, pk=pk)
