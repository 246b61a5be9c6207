"""The log: who was there and how it went, on a phone right after."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import requires
from accounts.permissions import Permission
from accounts.requests import Request
from accounts.services.drafts import discard_draft, save_draft, typed
from audit.services import note_read
from sessions_log.differences import differences, settle
from sessions_log.forms.log import LogForm, draft_values, everyone_here, first_values
from sessions_log.greetings import to_thank
from sessions_log.models import AttendanceState, Debrief, Gathering
from sessions_log.queries.log import Roster, leader_of, logged_fields, roster, with_log
from sessions_log.services.debriefs import ask_for_debrief, note_debrief
from sessions_log.services.log import CannotBeLogged, LogChangedMeanwhile, log_gathering
from web.partials import render


def seen(request: Request, pk: int) -> Any:
    """The gathering with its log, if she may see it."""
    return get_object_or_404(with_log(Gathering.objects.visible_to(request.user), request.user), pk=pk)


@requires(Permission.GATHERING_LOG)
def log(request: Request, number: str, pk: int) -> HttpResponse:
    """One page for the new log and for changing it."""
    gathering, now = seen(request, pk), timezone.now()
    if not gathering.can_be_logged(now):
        messages.info(request, _("A gathering is logged on its day, or later."))
        return redirect("sessions_log:gathering", number=number, pk=pk)
    key = f"log:{pk}"
    mine: dict[str, Any] = {"form": key, "user": request.user, "municipality": request.municipality}
    if "discard" in request.POST:
        discard_draft(**mine)
        return redirect("sessions_log:log", number=number, pk=pk)
    here = roster(gathering, request.user)
    note_read(request, "family", [family.pk for family in here.families])
    draft = None if request.method == "POST" else next(iter(gathering.log["draft"]), None)
    form = form_for(request, gathering, here, draft_values(draft) if draft else {})
    if "everyone" in request.POST or "more_guests" in request.POST:
        # Not saved yet: the page comes back with more filled in, and so does the draft.
        save_draft(**mine, fields=typed(form.data))
    elif request.method == "POST" and form.is_valid():
        answer = save(request, gathering, here, form)
        if answer is not None:
            return answer
        discard_draft(**mine)
        messages.success(request, _("Saved. Thank you for today."))
        if request.user.may(Permission.INVITATION_SEND) and to_thank(gathering, timezone.now()):
            return redirect("sessions_log:thanks", number=number, pk=pk)
        return redirect("insight:today", number=number)
    return render(request, "sessions_log/log.html", page(gathering, form, draft=draft, key=key))


def form_for(request: Request, gathering: Any, here: Roster, draft: dict[str, Any]) -> LogForm:
    """What was posted, else the draft on top of what is logged."""
    stored = logged_fields(gathering, here.people())
    data = request.POST or None
    partly = "everyone" in request.POST or "more_guests" in request.POST
    if data is not None and "everyone" in data:
        data = everyone_here(data, here)
    leader = leader_of(gathering)
    logged = first_values(stored, here, gathering.log_version, is_logged=gathering.logged_at is not None)
    initial = {**logged, "owner": request.user.pk, **draft}
    form = LogForm(
        data,
        roster=here,
        owners={
            request.user.pk: request.user.name,
            **{helper.user_id: helper.name for helper in here.helpers if helper.user_id},
            leader.pk: leader.name,
        },
        open_follow_ups=gathering.log["follow_ups"],
        blank_guests=3 if "more_guests" in request.POST else 1,
        initial=initial,
    )
    if partly:
        form.errors.clear()  # shown again, not judged yet
    return form


def save(request: Request, gathering: Any, here: Roster, form: LogForm) -> HttpResponse | None:
    """Save, or show what somebody else has saved meanwhile; None when it is saved."""
    fields, version, now = form.log_fields(), form.cleaned_data["version"], timezone.now()
    base = form.began_with()
    asked = {name: str(value) for name, value in request.POST.items() if name.startswith("keep-")}
    if version != gathering.log_version:
        stored = logged_fields(gathering, here.people())
        looked_at = request.POST.get("looked_at") == str(gathering.log_version)
        if differences(stored, fields, base, here) and not looked_at:
            return conflict(request, gathering, here, form)
        fields, version = settle(stored, fields, base, here, asked), gathering.log_version
    try:
        log_gathering(
            gathering=gathering,
            roster=here,
            fields=fields,
            version=version,
            follow_up=form.new_follow_up(),
            done=form.cleaned_data["done"],
            by=request.user,
            now=now,
        )
    except LogChangedMeanwhile:
        return conflict(request, seen(request, gathering.pk), here, form)
    except CannotBeLogged:
        messages.info(request, _("This gathering was cancelled meanwhile."))
        return redirect("sessions_log:gathering", number=request.municipality.number, pk=gathering.pk)
    if form.cleaned_data["debrief"]:
        ask_for_debrief(gathering=gathering, by=request.user, now=now)
    return None


def conflict(request: Request, gathering: Any, here: Roster, form: LogForm) -> HttpResponse:
    """Both versions in words; she decides, field by field. Nothing of hers is lost: all of it goes along."""
    stored = logged_fields(gathering, here.people())
    left_out = {"csrfmiddlewaretoken", "looked_at"}
    context = {
        "gathering": gathering,
        "differences": differences(stored, form.log_fields(), form.began_with(), here),
        "typed": [
            (name, value)
            for name in request.POST
            if name not in left_out and not name.startswith("keep-")
            for value in request.POST.getlist(name)
        ],
    }
    return render(request, "sessions_log/log_conflict.html", context, status=409)


def page(gathering: Any, form: LogForm, **more: object) -> dict[str, object]:
    rows = form.rows()
    return {
        "gathering": gathering,
        "form": form,
        "rows": rows,
        "options": [(value, str(label)) for value, label in AttendanceState.choices],
        "states": " ".join({"all": "yes", "none": "no", "some": "some"}.get(row.value, "wait") for row in rows),
        "here": sum(row.value in {"all", "some"} for row in rows),
        "leader": leader_of(gathering),
        **more,
    }


@requires(Permission.DEBRIEF_VIEW)
def debrief(request: Request, number: str, pk: int) -> HttpResponse:
    """A wish to talk: who, after which gathering, and that they have talked."""
    row = get_object_or_404(Debrief.objects.select_related("asked_by", "gathering", "held_with"), pk=pk)
    if request.method == "POST":
        note_debrief(debrief=row, by=request.user)
        messages.success(request, _("Noted. Only that you have talked is kept."))
        return redirect("insight:today", number=number)
    return render(request, "sessions_log/debrief.html", {"debrief": row})
