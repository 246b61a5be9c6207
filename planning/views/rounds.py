"""A round: a new one, one from an earlier, its facts, its reference group."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import requires
from accounts.permissions import Permission
from accounts.requests import Request
from planning.forms.rounds import (
    ChangeRoundForm,
    ReferenceMemberForm,
    RoundForm,
    RoundFromForm,
    suggested,
    values_of,
)
from planning.models import ReferenceMember, Round
from planning.services.repeats import start_round_from, who_may_come_along
from planning.services.rounds import (
    FACTS,
    NameTaken,
    change_round,
    remove_reference_member,
    save_reference_member,
    start_round,
)
from planning.views.plan import seen
from web.forms import add_errors
from web.partials import render

USUAL = timedelta(weeks=30)
TO_THE_KICK_OFF = timedelta(weeks=12)


def name_taken() -> str:
    return _("A round of that name is running already.")


@requires(Permission.ROUND_EDIT)
def new(request: Request, number: str) -> HttpResponse:
    """Start a round with the programme's own plan; earlier rounds are offered as another beginning."""
    today = timezone.localdate()
    initial = {
        "starts_on": today,
        "ends_on": today + USUAL,
        "kick_off_on": today + TO_THE_KICK_OFF,
        "project_leader": request.user.pk,
    }
    form = RoundForm(request.POST or None, municipality=request.municipality, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            found = start_round(municipality=request.municipality, **form.cleaned_data, by=request.user)
        except NameTaken:
            add_errors(form, {"name": name_taken()})
        else:
            messages.success(request, _("The round has begun. Here is a plan to start with: change what you like."))
            return redirect("planning:plan", number=number, pk=found.pk)
    earlier = list(Round.objects.visible_to(request.user)[:3])
    return render(request, "planning/new.html", {"form": form, "rounds": earlier})


@requires(Permission.ROUND_EDIT)
def new_from(request: Request, number: str, pk: int) -> HttpResponse:
    """Start a round from an earlier one. The page says what comes along, and that nothing else does."""
    earlier = seen(request, pk)
    form = RoundFromForm(
        request.POST or None,
        municipality=request.municipality,
        earlier=earlier,
        initial=suggested(earlier, timezone.localdate()),
    )
    if request.method == "POST" and form.is_valid():
        try:
            found = start_round_from(earlier=earlier, **form.cleaned_data, by=request.user)
        except NameTaken:
            add_errors(form, {"name": name_taken()})
        else:
            words = _("The round has begun, with the plan of %(earlier)s.") % {"earlier": earlier.name}
            messages.success(request, words)
            return redirect("planning:plan", number=number, pk=found.pk)
    context = {
        "form": form,
        "earlier": earlier,
        "tasks": earlier.tasks.filter(dropped_at__isnull=True).count(),
        "partners": who_may_come_along(earlier).count(),
    }
    return render(request, "planning/new_from.html", context)


@requires(Permission.ROUND_EDIT)
def edit(request: Request, number: str, pk: int) -> HttpResponse:
    """Change what is known of a round."""
    found = seen(request, pk)
    initial = {name: getattr(found, name) for name in FACTS}
    initial |= {"coordinators": list(found.coordinators.values_list("user", flat=True))}
    form = ChangeRoundForm(request.POST or None, municipality=request.municipality, round=found, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            change_round(round=found, **form.cleaned_data, by=request.user)
        except NameTaken:
            add_errors(form, {"name": name_taken()})
        else:
            messages.success(request, _("Saved."))
            return redirect("planning:plan", number=number, pk=pk)
    return render(request, "planning/edit.html", {"form": form, "round": found})


@requires(Permission.ROUND_EDIT)
def new_member(request: Request, number: str, pk: int) -> HttpResponse:
    """Add somebody to the reference group."""
    found = seen(request, pk)
    form = ReferenceMemberForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        save_reference_member(round=found, **form.cleaned_data, by=request.user)
        messages.success(request, _("Added to the reference group."))
        return redirect("planning:plan", number=number, pk=pk)
    return render(request, "planning/member.html", {"form": form, "round": found})


@requires(Permission.ROUND_EDIT)
def member(request: Request, number: str, pk: int, member: int) -> HttpResponse:
    """Change what is known of somebody in the reference group."""
    found = seen(request, pk)
    row = get_object_or_404(ReferenceMember, pk=member, round=found)
    form = ReferenceMemberForm(request.POST or None, initial=values_of(row))
    if request.method == "POST" and form.is_valid():
        save_reference_member(round=found, member=row, **form.cleaned_data, by=request.user)
        messages.success(request, _("Saved."))
        return redirect("planning:plan", number=number, pk=pk)
    return render(request, "planning/member.html", {"form": form, "round": found, "member": row})


@requires(Permission.ROUND_EDIT)
@require_POST
def remove_member(request: Request, number: str, pk: int, member: int) -> HttpResponse:
    """Take somebody out of the reference group."""
    found = seen(request, pk)
    row = get_object_or_404(ReferenceMember, pk=member, round=found)
    remove_reference_member(member=row, by=request.user)
    messages.success(request, _("%(name)s is no longer in the reference group.") % {"name": row.name})
    return redirect("planning:plan", number=number, pk=pk)
