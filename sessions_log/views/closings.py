"""The end of a round: what is missing, closing it, and opening it again."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.access import requires
from accounts.permissions import Permission
from accounts.requests import Request
from families.models import Participation
from planning.models import Round
from planning.services.rounds import NameTaken
from sessions_log.forms.closings import ReopenForm
from sessions_log.queries.closings import before_closing
from sessions_log.services.closings import AlreadyClosed, NotClosed, NotReady, close_round, reopen_round
from web.forms import add_errors
from web.partials import render


def seen(request: Request, pk: int) -> Round:
    return get_object_or_404(Round.objects.visible_to(request.user), pk=pk)


@requires(Permission.ROUND_PLAN)
def closing(request: Request, number: str, pk: int) -> HttpResponse:
    """What is missing, with the way to each; then the button, and afterwards the next round."""
    found, now = seen(request, pk), timezone.now()
    missing = before_closing(found, now) if found.closed_at is None else []
    context = {
        "round": found,
        "missing": [(each, reverse(each.target[0], args=[number, *each.target[1]])) for each in missing],
        "waiting": Participation.objects.waiting().filter(round=found).count(),
        "closings": list(found.closings.select_related("closed_by", "reopened_by")),
        "may_close": request.user.may(Permission.ROUND_EDIT),
        "sees_round": request.user.may(Permission.ROUND_VIEW),
    }
    return render(request, "sessions_log/closing.html", context)


@requires(Permission.ROUND_EDIT)
@require_POST
def close(request: Request, number: str, pk: int) -> HttpResponse:
    """Close the round."""
    try:
        close_round(round=seen(request, pk), by=request.user, now=timezone.now())
    except NotReady:
        messages.info(request, _("The round cannot be closed yet: see what is missing."))
    except AlreadyClosed:
        messages.info(request, _("The round is closed already."))
    else:
        messages.success(request, _("The round is closed. Thank you for all of it."))
    return redirect("sessions_log:closing", number=number, pk=pk)


@requires(Permission.ROUND_EDIT)
def reopen(request: Request, number: str, pk: int) -> HttpResponse:
    """Open it again, with a reason that is kept."""
    found = seen(request, pk)
    form = ReopenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            stayed = reopen_round(round=found, **form.cleaned_data, by=request.user, now=timezone.now())
        except NotClosed:
            messages.info(request, _("The round is open."))
            return redirect("sessions_log:closing", number=number, pk=pk)
        except NameTaken:
            add_errors(form, {"": _("A round of that name is running already: give one of them another name first.")})
        else:
            words = _("The round is open again.")
            if stayed:
                words += " " + ngettext(
                    "%(n)s family has gone on to another round, and stays there.",
                    "%(n)s families have gone on to another round, and stay there.",
                    stayed,
                ) % {"n": stayed}
            messages.success(request, words)
            return redirect("sessions_log:closing", number=number, pk=pk)
    return render(request, "sessions_log/reopen.html", {"form": form, "round": found})
