"""Planning a gathering and changing the plan: one form."""

from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.access import requires
from accounts.models import Draft
from accounts.permissions import Permission
from accounts.requests import Request
from accounts.services.drafts import discard_draft, load_draft, save_draft, typed
from groups.models import Group
from municipalities.models import SchoolHoliday
from planning.models import Volunteer
from sessions_log.forms.plan import PlanForm, first_values
from sessions_log.forms.quiet import QuietForm
from sessions_log.forms.repeat import BOXES, RepeatForm
from sessions_log.models import Gathering
from sessions_log.queries.bookings import taken
from sessions_log.queries.quiet import Silence, silence
from sessions_log.services.bookings import DoubleBooked
from sessions_log.services.drafts import came_too_late
from sessions_log.services.gatherings import SecondKickOff, change_gathering, is_told, plan_gathering
from sessions_log.services.series import change_series_from, moved_like, plan_series
from web.dates import clock, day, near_day
from web.forms import add_errors
from web.partials import render


@requires(Permission.GATHERING_EDIT)
def new(request: Request, number: str) -> HttpResponse:
    """Plan a gathering; `?group=` ticks one."""
    groups = list(Group.objects.visible_to(request.user).active())
    if not groups:
        return render(request, "sessions_log/no_group.html")
    asked = request.GET.get("group", "")
    chosen = [group for group in groups if str(group.pk) == asked] or groups[:1]
    initial: dict[str, object] = {
        "groups": chosen,
        "venue": chosen[0].meeting_place_id,
        "coordinators": list(request.user.coordinating.current().filter(group__in=chosen)),
    }
    return plan(request, number, gathering=None, initial=initial)


@requires(Permission.GATHERING_EDIT)
def edit(request: Request, number: str, pk: int) -> HttpResponse:
    """Change the plan. A new time or place is told to everyone invited."""
    gathering = get_object_or_404(
        Gathering.objects.visible_to(request.user).select_related("municipality", "venue"), pk=pk
    )
    if gathering.cancelled_at:
        messages.info(request, _("This gathering is cancelled."))
        return redirect("sessions_log:gathering", number=number, pk=pk)
    return plan(request, number, gathering=gathering, initial=first_values(gathering))


def plan(request: Request, number: str, *, gathering: Gathering | None, initial: dict[str, object]) -> HttpResponse:
    """The form for both."""
    key = f"plan:{gathering.pk if gathering else 'new'}"
    now = timezone.now()
    if "discard" in request.POST:
        discard_draft(form=key, user=request.user, municipality=request.municipality)
        return redirect(request.path)
    draft = (
        None if request.method == "POST" else load_draft(form=key, user=request.user, municipality=request.municipality)
    )
    if draft is not None:
        initial = {**initial, **values_of(draft)}
    form = PlanForm(request.POST or None, user=request.user, gathering=gathering, now=now, initial=initial)
    repeat = RepeatForm(request.POST or None, user=request.user, initial=initial)
    quiet = question(request, form, gathering, now)
    if gathering is None and form.is_bound:
        form.is_valid()
        repeat.take_plan(form.cleaned_data)
    if request.method == "POST" and all([form.is_valid(), quiet.is_valid(), gathering or repeat.is_valid()]):
        data = form.cleaned_data
        groups, stay = form.outside(gathering) if gathering else ([], [])
        people: dict[str, Any] = {
            "groups": [*data["groups"], *groups],
            "coordinators": list(data["coordinators"]),
            "volunteers": list(data["volunteers"]),
        }
        try:
            if gathering is None and repeat.repeats:
                planned = plan_series(plan=form.plan(), days=repeat.held, weeks=repeat.weeks, **people, by=request.user)
                gathering = planned[0]
                said = ngettext("%(n)s gathering is planned.", "%(n)s gatherings are planned.", len(planned))
                messages.success(request, said % {"n": len(planned)})
            elif gathering is None:
                gathering = plan_gathering(plan=form.plan(), **people, by=request.user)
                messages.success(request, _("The gathering is planned."))
                say_holiday(request, timezone.localdate(gathering.starts_at))
            else:
                change = change_series_from if form.moves_the_rest else change_gathering
                told = change(
                    gathering=gathering,
                    plan=form.plan(),
                    **people,
                    stay=stay,
                    announce=data["announce"],
                    at_night_too=quiet.lets_through,
                    by=request.user,
                )
                waits = None if quiet.lets_through else quiet.silence
                messages.success(request, told_in_words(waits) if told else _("Saved."))
                gathering.refresh_from_db(fields=["starts_at"])
                say_holiday(request, timezone.localdate(gathering.starts_at))
        except SecondKickOff:
            add_errors(form, {"kind": _("This group has a kick-off already. Choose gathering, or cancel the other.")})
        except DoubleBooked as refused:
            add_errors(form, {refused.field: who_is_taken(request, form, refused)})
        else:
            discard_draft(form=key, user=request.user, municipality=request.municipality)
            onward = "sessions_log:preview" if "invite" in request.POST else "sessions_log:gathering"
            return redirect(onward, number=number, pk=gathering.pk)
    context = {
        "form": form,
        "repeat": repeat if gathering is None else None,
        "quiet": quiet,
        "gathering": gathering,
        "draft": draft,
        "draft_key": key,
        "without_certificate": list(Volunteer.objects.filter(certificate__isnull=True, ended_on__isnull=True)),
    }
    return render(request, "sessions_log/plan.html", context)


def who_is_taken(request: Request, form: PlanForm, refused: DoubleBooked) -> str:
    """What the database refused, in words: who or what is taken, and by which gathering if she may see it."""
    plan, gathering = form.plan(), form.gathering
    plans, but = [plan], [gathering.pk] if gathering else []
    if gathering and form.moves_the_rest:
        plans += [moved_like(row, plan, gathering) for row in form.later]
        but += [row.pk for row in form.later]
    people = {held.user for held in form.cleaned_data["coordinators"]}
    spans = [(each.starts_at, each.ends_at) for each in plans]
    by_venue, by_person = taken(request.user, spans=spans, venue=plan.venue, people=people, but=but)
    rows = by_venue if refused.field == "venue" else by_person
    return " ".join(row.sentence for row in rows[:MOST_SAID]) or _("This is taken at that time.")


@requires(Permission.GATHERING_EDIT)
@require_POST
def series(request: Request, number: str) -> HttpResponse:
    """Which days the series would have, from what is typed so far. Saves nothing."""
    form = PlanForm(request.POST, user=request.user, now=timezone.now())
    form.is_valid()
    repeat = RepeatForm(request.POST, user=request.user)
    repeat.take_plan(form.cleaned_data)
    return render(request, "sessions_log/series.html", {"repeat": repeat})


def told_in_words(waits: Silence | None) -> str:
    """When those who are invited are told, and whether somebody has to call."""
    if waits is None:
        return _("Saved. Those who are invited are told.")
    if waits.is_too_late:
        return _("Saved. No message reaches them in time: call those who are invited.")
    return _("Saved. Those who are invited are told %(day)s %(time)s.") % {
        "day": near_day(waits.until),
        "time": clock(waits.until),
    }


def question(request: Request, form: PlanForm, gathering: Gathering | None, now: datetime) -> QuietForm:
    """«Send all the same?», when a change would be told in the quiet hours and is about the next 24 hours.

    The page asks beforehand when the time that families know is near. What is sent asks when it would tell them.
    """
    if gathering is None:
        return QuietForm({}, silence=None)
    starts: tuple[datetime, ...] = (gathering.starts_at,)
    useful, told = gathering.starts_at, True
    if request.method == "POST" and form.is_valid():
        planned = form.plan()
        starts, useful = (gathering.starts_at, planned.starts_at), planned.starts_at
        told = is_told(gathering, planned, announce=form.cleaned_data["announce"])
    quiet = silence(town=gathering.municipality, starts=starts, useful_until=useful, now=now) if told else None
    if quiet is not None and not gathering.invitations.filter(withdrawn_at__isnull=True).exists():
        quiet = None
    return QuietForm(request.POST if request.method == "POST" else None, silence=quiet)


def say_holiday(request: Request, on: date) -> None:
    """Families may be away on a day without school: said, and left to whoever plans."""
    for holiday in SchoolHoliday.objects.filter(starts_on__lte=on, ends_on__gte=on)[:1]:
        words = {"day": day(on), "holiday": holiday.name}
        messages.info(request, _("There is no school on %(day)s (%(holiday)s): some families may be away.") % words)


def values_of(draft: Draft) -> dict[str, object]:
    """Initial values from a draft: lists for the fields that hold several. An unticked box is a no."""
    several = {"groups", "coordinators", "volunteers"}
    boxes = {"asks_lift", "asks_interpreter", "announce"} | BOXES
    found: dict[str, object] = {
        name: values if name in several else (values[0] if values else "")
        for name, values in draft.fields.items()
        if name not in boxes
    }
    return {**found, **{name: name in draft.fields for name in boxes}}


LONGEST_KEY = 40
MOST_SAID = 3  # of what is taken, in one sentence


@requires(Permission.GATHERING_EDIT)
@require_POST
def draft(request: Request, number: str) -> HttpResponse:
    """Keep what is being typed. Only forms of this room, and only gatherings she may see."""
    key = request.GET.get("form", "")
    kind, _colon, pk = key.partition(":")
    known = key == "plan:new" or (kind in {"plan", "log"} and pk.isdecimal() and pk.isascii() and len(pk) < 10)
    if not known or len(key) > LONGEST_KEY:
        raise Http404
    if pk != "new":
        row = get_object_or_404(Gathering.objects.visible_to(request.user), pk=pk)
        key = f"{kind}:{row.pk}"
        if kind == "log" and came_too_late(row, request.POST.get("version", ""), request.user):
            return HttpResponse(status=204)
    saved_at = save_draft(form=key, fields=typed(request.POST), user=request.user, municipality=request.municipality)
    words = _("Draft kept %(time)s") % {"time": clock(saved_at)}
    context: dict[str, object] = {"words": words}
    if kind == "log":
        levels = [value for name, value in request.POST.items() if name.startswith("family-")]
        context["here"] = sum(value in {"all", "some"} for value in levels)
        context["families"] = request.POST.get("families", "")
    return render(request, "sessions_log/draft_state.html", context)
