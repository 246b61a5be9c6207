"""The evaluation of a round: questions, and beside them what was written on the way."""

import json
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
from accounts.services.drafts import discard_draft, load_draft, save_draft, typed
from planning.models import Evaluation, Round
from planning.rules.evaluation import FIELDS, QUESTIONS
from planning.services.evaluations import EvaluationIsClosed, WrittenMeanwhile, write_evaluation
from sessions_log.forms.evaluations import EvaluationForm, first_values, read_base
from sessions_log.queries.figures import figures
from web.dates import clock
from web.forms import add_errors
from web.partials import render


def hers(request: Request, pk: int) -> dict[str, Any]:
    """What names her draft."""
    return {"form": f"evaluation:{pk}", "user": request.user, "municipality": request.municipality}


@requires(Permission.ROUND_PLAN)
def evaluation(request: Request, number: str, pk: int) -> HttpResponse:
    """The leader and the coordinators write on one evaluation. Once the round is closed it can be read."""
    found = get_object_or_404(Round.objects.visible_to(request.user), pk=pk)
    row = Evaluation.objects.filter(round=found).select_related("written_by").first()
    context: dict[str, Any] = {"round": found, "evaluation": row, "figures": figures(found, request.user)}
    context["sees_round"] = request.user.may(Permission.ROUND_VIEW)
    if "discard" in request.POST:
        discard_draft(**hers(request, pk))
        return redirect("sessions_log:evaluation", number=number, pk=pk)
    if found.closed_at is not None and request.method != "POST":
        context["answers"] = [(question, getattr(row, name)) for name, question in QUESTIONS.items() if row]
        return render(request, "sessions_log/evaluation_read.html", context)
    draft = None if request.method == "POST" else load_draft(**hers(request, pk))
    form = EvaluationForm(request.POST or None, initial=first_values(row, draft.fields if draft else None))
    if request.method == "POST" and form.is_valid():
        try:
            kept = write_evaluation(
                round=found,
                answers=form.answers(),
                began_with=form.began_with(),
                by=request.user,
                now=timezone.now(),
            )
        except EvaluationIsClosed:
            messages.info(request, _("The round is closed: its evaluation stays as it is."))
            return redirect("sessions_log:evaluation", number=number, pk=pk)
        except WrittenMeanwhile as meanwhile:
            form = both(request, meanwhile)
        else:
            discard_draft(**hers(request, pk))
            messages.success(request, _("Saved.") if kept.is_written else _("Saved. You can go on later."))
            return redirect("sessions_log:evaluation", number=number, pk=pk)
    return render(request, "sessions_log/evaluation.html", {**context, "form": form, "draft": draft})


def both(request: Request, meanwhile: WrittenMeanwhile) -> EvaluationForm:
    """Her answers stay in the fields, the others' stand beside them; the next save is on top of theirs."""
    data = request.POST.copy()
    data["base"] = json.dumps({**read_base(data.get("base", "")), **meanwhile.theirs})
    form = EvaluationForm(data)
    by = meanwhile.evaluation.written_by
    for name, answer in meanwhile.theirs.items():
        words = {"name": by, "answer": shown(form, name, answer)}
        add_errors(form, {name: _("%(name)s wrote meanwhile: «%(answer)s». Put it together, and save again.") % words})
    return form


def shown(form: EvaluationForm, name: str, answer: str) -> str:
    """An answer as people read it."""
    choices = dict(getattr(form.fields[name], "choices", []))
    return str(choices.get(answer, answer)) or _("nothing")


@requires(Permission.ROUND_PLAN)
@require_POST
def evaluation_draft(request: Request, number: str, pk: int) -> HttpResponse:
    """Keep what is being typed, but not what is saved already: it was on its way then."""
    found = get_object_or_404(Round.objects.visible_to(request.user), pk=pk)
    row = Evaluation.objects.filter(round=found).first()
    if row and all(getattr(row, name) == request.POST.get(name, "").replace("\r\n", "\n").strip() for name in FIELDS):
        return HttpResponse(status=204)
    words = _("Draft kept %(time)s") % {
        "time": clock(save_draft(**hers(request, found.pk), fields=typed(request.POST)))
    }
    return render(request, "components/status.html", {"text": words, "id": "draft-state", "live": True})
