"""Exit interviews: who has had one, holding one, and why there was none."""

from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import requires
from accounts.permissions import Permission
from accounts.requests import Request
from accounts.services.drafts import discard_draft, load_draft, save_draft, typed
from audit.services import note_read
from families.models import Moment, Participation, Person
from families.queries import follows
from groups.queries import coordinators_of
from planning.models import Round
from sessions_log.forms.interviews import AbsenceForm, ExitInterviewForm, first_values, saved_at
from sessions_log.models import ExitInterview
from sessions_log.queries.goals import goals_of
from sessions_log.queries.interviews import at_the_end, shared_numbers, ways_to_look_back
from sessions_log.services.interviews import (
    RoundIsClosed,
    WasHeld,
    explain_absence,
    group_of_family,
    hold_interview,
    tick_next_step,
)
from web.dates import clock
from web.partials import render


@requires(Permission.GATHERING_VIEW)
def interviews(request: Request, number: str, pk: int) -> HttpResponse:
    """Every family that was in a group of the round: talked with, explained, or still to talk with."""
    found = get_object_or_404(Round.objects.visible_to(request.user), pk=pk)
    groups = at_the_end(found, request.user)
    note_read(request, "family", [each.family.pk for group in groups for each in group.families])
    families = [each for group in groups for each in group.families]
    context = {
        "round": found,
        "groups": groups,
        "size": len(families),
        "settled": sum(each.is_settled for each in families),
        "may_hold": request.user.may(Permission.CONVERSATION_NOTE),
        "sees_round": request.user.may(Permission.ROUND_VIEW),
    }
    return render(request, "sessions_log/interviews.html", context)


def seen(request: Request, pk: int) -> Participation:
    """A family's way through a round, if it was in a group that she follows; a leader sees each."""
    people = Prefetch("family__people", queryset=Person.objects.filter(left_on__isnull=True))
    ways = ways_to_look_back(request.user).select_related("family", "round", "exit_interview").prefetch_related(people)
    row = get_object_or_404(ways, pk=pk)
    note_read(request, "family", [row.family_id])
    return row


def hers(request: Request, pk: int) -> dict[str, Any]:
    """What names her draft."""
    return {"form": f"exit:{pk}", "user": request.user, "municipality": request.municipality}


@requires(Permission.CONVERSATION_NOTE)
def interview(request: Request, number: str, pk: int) -> HttpResponse:
    """A guide on one page, with what the group wanted beside it. Once the round is closed it can be read."""
    way = seen(request, pk)
    group, before = group_of_family(way), getattr(way, "exit_interview", None)
    if "discard" in request.POST:
        discard_draft(**hers(request, pk))
        return redirect("sessions_log:interview", number=number, pk=pk)
    draft = None if request.method == "POST" else load_draft(**hers(request, pk))
    answers = list(way.support_answers.filter(moment=Moment.AFTER))
    owners = [held.user for held in coordinators_of([group])[group.pk]]
    form = ExitInterviewForm(
        request.POST or None,
        family=way.family,
        people=list(way.family.people.all()),
        owners=owners,
        said_yes=set(way.family.consents.standing().values_list("purpose", "person")),
        initial=first_values(before, answers, request.user, draft.fields if draft else None),
    )
    if request.method == "POST" and form.is_valid():
        try:
            hold_interview(participation=way, told=form.told(), by=request.user, now=timezone.now())
        except RoundIsClosed:
            return closed(request, way)
        discard_draft(**hers(request, pk))
        messages.success(request, _("Saved. Only those who follow the group read it."))
        return redirect("sessions_log:interviews", number=number, pk=way.round_id)
    context = {
        "form": form,
        "way": way,
        "family": way.family,
        "group": group,
        "interview": before if before and before.held_on else None,
        "goals": goals_of([group.pk]),
        "numbers": shared_numbers(group, way.family),
        "draft": draft,
        "sees_contact": not way.family.is_protected or follows(request.user, way.family),
    }
    page = "interview_read" if way.round.closed_at else "interview"
    return render(request, f"sessions_log/{page}.html", context)


def closed(request: Request, way: Participation) -> HttpResponse:
    messages.info(request, _("The round is closed: what was told stays as it is."))
    return redirect("sessions_log:interviews", number=request.municipality.number, pk=way.round_id)


@requires(Permission.CONVERSATION_NOTE)
@require_POST
def interview_draft(request: Request, number: str, pk: int) -> HttpResponse:
    """Keep what is being typed, but not what was on its way when she saved."""
    way = get_object_or_404(ways_to_look_back(request.user).select_related("exit_interview"), pk=pk)
    kept = getattr(way, "exit_interview", None)
    if kept is not None and kept.noted_by_id == request.user.pk and request.POST.get("known", "") != saved_at(kept):
        return HttpResponse(status=204)
    words = _("Draft kept %(time)s") % {"time": clock(save_draft(**hers(request, way.pk), fields=typed(request.POST)))}
    return render(request, "components/status.html", {"text": words, "id": "draft-state", "live": True})


@requires(Permission.CONVERSATION_NOTE)
@require_POST
def next_step(request: Request, number: str, pk: int) -> HttpResponse:
    """The next step of a family is taken; also after the round."""
    row = get_object_or_404(ExitInterview.objects.visible_to(request.user).exclude(next_step=""), participation=pk)
    tick_next_step(interview=row, by=request.user)
    messages.success(request, _("Noted: the step is taken."))
    return redirect("sessions_log:interview", number=number, pk=pk)


@requires(Permission.FAMILY_EDIT)
def interview_absence(request: Request, number: str, pk: int) -> HttpResponse:
    """It did not happen, because …"""
    way = seen(request, pk)
    before = getattr(way, "exit_interview", None)
    initial = {"absence": before.absence, "words": before.absence_words} if before else {}
    form = AbsenceForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            explain_absence(participation=way, **form.cleaned_data, by=request.user, now=timezone.now())
        except RoundIsClosed:
            return closed(request, way)
        except WasHeld:
            messages.info(request, _("There was an exit interview with this family."))
        else:
            messages.success(request, _("Noted."))
        return redirect("sessions_log:interviews", number=number, pk=way.round_id)
    return render(request, "sessions_log/interview_absence.html", {"form": form, "way": way, "family": way.family})
