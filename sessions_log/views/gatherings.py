"""Gatherings: the list, and one gathering's page with who comes."""

from django.contrib import messages
from django.db.models import Prefetch
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import requires
from accounts.permissions import Permission
from accounts.requests import Request
from audit.services import note_read
from families.languages import SPOKEN_LANGUAGES
from families.models import Family
from sessions_log.forms.quiet import QuietForm
from sessions_log.forms.replies import FoodForm, ReplyForm
from sessions_log.letters import CANCELLATION, useful_until
from sessions_log.models import CallOutcome, Gathering, GatheringHelper, GatheringKind
from sessions_log.queries.gatherings import Answers, answers
from sessions_log.queries.goals import goals_of
from sessions_log.queries.quiet import Silence, silence
from sessions_log.sent import sent_letters
from sessions_log.services.gatherings import (
    AlreadyOver,
    cancel_gathering,
    confirm_lifts,
    set_interpreter,
    what_is_missing,
)
from sessions_log.services.replies import note_call, note_food, note_reply
from web.dates import clock, near_day
from web.partials import render

STEPS = {"needed", "ordered", "confirmed"}


@requires(Permission.GATHERING_VIEW)
def gatherings(request: Request, number: str) -> HttpResponse:
    """Coming and past, of the groups she sees."""
    now = timezone.now()
    rows = Gathering.objects.visible_to(request.user).prefetch_related("groups")
    context = {
        "coming": list(rows.coming(now)[:60]),
        "past": list(rows.filter(ends_at__lt=now).select_related("summary").order_by("-starts_at")[:60]),
    }
    return render(request, "sessions_log/gatherings.html", context)


def seen(request: Request, pk: int) -> Gathering:
    """The gathering, if she may see it, with what its pages need."""
    rows = Gathering.objects.visible_to(request.user).select_related(
        "municipality", "round", "created_by", "summary", "lost_helper"
    )
    return get_object_or_404(
        rows.prefetch_related(
            "groups",
            "interpreters",
            Prefetch("helpers", queryset=GatheringHelper.objects.select_related("user", "volunteer")),
        ),
        pk=pk,
    )


def who_comes(request: Request, gathering: Gathering) -> Answers:
    """Its families; the look is noted."""
    found = answers(gathering, request.user)
    note_read(request, "family", [guest.family.pk for guest in found.guests])
    return found


@requires(Permission.GATHERING_VIEW)
def gathering(request: Request, number: str, pk: int) -> HttpResponse:
    """What, when, where; who comes; what is not confirmed; what was sent."""
    row = seen(request, pk)
    found = who_comes(request, row)
    booked = {booking.language: booking for booking in row.interpreters.all()}
    now = timezone.now()
    context = {
        "gathering": row,
        "answers": found,
        "seats": found.seats({"yes": _("coming"), "no": _("not coming"), "wait": _("not answered")}),
        "counts": [
            (len(found.yes), _("families are coming")),
            (len(found.waiting), _("have not answered")),
            (len(found.no), _("are not coming")),
        ],
        "interpreters": [(language, booked.get(language)) for language in sorted({*found.languages, *booked})],
        "missing": what_is_missing(row),
        "is_coming": row.ends_at > now and row.cancelled_at is None,
        "has_begun": row.starts_at <= now,
        "helpers": [str(helper) for helper in row.helpers.all()],
        "sent": sent_letters(row, found.known_people, now),
        "goals": goals_of([group.pk for group in row.groups.all()]) if row.kind == GatheringKind.CLOSING_PARTY else [],
    }
    return render(request, "sessions_log/gathering.html", context)


@requires(Permission.GATHERING_VIEW)
def letters(request: Request, number: str, pk: int) -> HttpResponse:
    """The messages of a gathering alone: what the page watches while some are under way."""
    row = seen(request, pk)
    found = answers(row, request.user) if request.htmx else who_comes(request, row)  # the page that watches noted it
    context = {"gathering": row, "sent": sent_letters(row, found.known_people, timezone.now())}
    return render(request, "sessions_log/letters.html", context, partial="sent")


@requires(Permission.REPLY_NOTE)
def reply(request: Request, number: str, pk: int, family: int) -> HttpResponse:
    """Note what a household answered: two taps when everybody comes, or nobody."""
    row = seen(request, pk)
    found = who_comes(request, row)
    guest = next((guest for guest in found.guests if guest.family.pk == family), None)
    if guest is None:
        raise Http404
    initial = (
        {
            "coming": "yes" if guest.reply.coming else "no",
            "adults": guest.reply.adults,
            "children": guest.reply.children,
            "needs_lift": guest.reply.needs_lift,
            "needs_interpreter": guest.reply.needs_interpreter,
            "words": guest.reply.words,
        }
        if guest.reply
        else {"needs_lift": guest.family.needs_transport}
    )
    form = ReplyForm(request.POST or None, people=guest.people, initial=initial)
    if request.method == "POST" and form.is_valid():
        note_reply(gathering=row, family=guest.family, **form.answer(), by=request.user, now=timezone.now())
        messages.success(request, _("Noted: %(family)s.") % {"family": guest.family.name})
        return redirect("sessions_log:gathering", number=number, pk=pk)
    return render(request, "sessions_log/reply.html", {"form": form, "gathering": row, "guest": guest})


@requires(Permission.REPLY_NOTE)
def food(request: Request, number: str, pk: int, family: int) -> HttpResponse:
    """Read what the household does not eat, and note on the family what is to stay."""
    row = seen(request, pk)
    guest = next((guest for guest in who_comes(request, row).guests if guest.family.pk == family), None)
    if guest is None or guest.reply is None or not guest.reply.food or not guest.sees_contact:
        raise Http404
    known = guest.family.food_needs
    both = known if guest.reply.food in known else ", ".join(filter(None, (known, guest.reply.food)))[:200]
    form = FoodForm(request.POST or None, initial={"food_needs": both})
    if request.method == "POST" and form.is_valid():
        note_food(reply=guest.reply, food_needs=form.cleaned_data["food_needs"], by=request.user, now=timezone.now())
        messages.success(request, _("Noted: %(family)s.") % {"family": guest.family.name})
        return redirect("sessions_log:gathering", number=number, pk=pk)
    return render(request, "sessions_log/food.html", {"form": form, "gathering": row, "guest": guest})


@requires(Permission.REPLY_NOTE)
@require_POST
def call(request: Request, number: str, pk: int, family: int) -> HttpResponse:
    """Note that the family was called, or that word was left."""
    row = seen(request, pk)
    called = get_object_or_404(Family.objects.visible_to(request.user), pk=family)
    outcome = request.POST.get("outcome", "")
    if outcome in CallOutcome.values:
        note_call(gathering=row, family=called, outcome=outcome, by=request.user, now=timezone.now())
        messages.success(request, _("Noted."))
    back = request.POST.get("back", "")
    if back == "today":
        return redirect("insight:today", number=number)
    return redirect("sessions_log:gathering", number=number, pk=pk)


@requires(Permission.GATHERING_EDIT)
def cancel(request: Request, number: str, pk: int) -> HttpResponse:
    """Cancel: one page, one button, everybody invited is told. In the quiet hours the page asks whether at once."""
    row = seen(request, pk)
    now = timezone.now()
    if row.ends_at <= now or row.cancelled_at:
        messages.info(request, _("This gathering is over or cancelled already."))
        return redirect("sessions_log:gathering", number=number, pk=pk)
    quiet = silence(
        town=row.municipality,
        starts=(row.starts_at,),
        useful_until=useful_until(row, CANCELLATION, now),
        now=now,
    )
    form = QuietForm(request.POST if request.method == "POST" else None, silence=quiet)
    if request.method == "POST" and form.is_valid():
        try:
            told = cancel_gathering(gathering=row, at_night_too=form.lets_through, by=request.user, now=now)
        except AlreadyOver:
            messages.info(request, _("This gathering is over or cancelled already."))
        else:
            messages.success(request, cancelled_in_words(told, None if form.lets_through else quiet))
        return redirect("sessions_log:gathering", number=number, pk=pk)
    return render(request, "sessions_log/cancel.html", {"gathering": row, "form": form})


def cancelled_in_words(told: int, waits: Silence | None) -> str:
    """When they are told, and whether somebody has to call."""
    if waits is None or not told:
        return _("Cancelled. %(count)s messages are on their way.") % {"count": told}
    if waits.is_too_late:
        return _("Cancelled. No message reaches them in time: call those who are invited.")
    facts = {"count": told, "day": near_day(waits.until), "time": clock(waits.until)}
    return _("Cancelled. %(count)s messages go %(day)s %(time)s.") % facts


@requires(Permission.GATHERING_EDIT)
@require_POST
def interpreter(request: Request, number: str, pk: int) -> HttpResponse:
    """An interpreter is needed, ordered or confirmed."""
    row = seen(request, pk)
    step, language = request.POST.get("step", ""), request.POST.get("language", "")[:8]
    if step in STEPS and language in SPOKEN_LANGUAGES:
        set_interpreter(gathering=row, language=language, step=step, today=timezone.localdate(), by=request.user)
    return redirect("sessions_log:gathering", number=number, pk=pk)


@requires(Permission.GATHERING_EDIT)
@require_POST
def lifts(request: Request, number: str, pk: int) -> HttpResponse:
    """The lifts are arranged."""
    confirm_lifts(gathering=seen(request, pk), by=request.user)
    return redirect("sessions_log:gathering", number=number, pk=pk)
