"""The plan of a round: its page, its tasks, their order."""

from typing import Any, Literal

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import resolve, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import requires
from accounts.permissions import Permission
from accounts.requests import Request
from planning.forms.plan import TaskForm
from planning.models import PlanTask, Round
from planning.queries.gates import Threshold, next_threshold
from planning.queries.plan import line_of, next_lines, plan_of, with_material
from planning.rules.steps import Step
from planning.services.tasks import (
    AlreadyDone,
    add_task,
    change_task,
    drop_task,
    mark_done,
    move_task,
    reopen_task,
)
from web.partials import render


def seen(request: Request, pk: int) -> Round:
    rounds = Round.objects.visible_to(request.user).select_related("project_leader", "started_from__evaluation")
    return get_object_or_404(rounds, pk=pk)


def task_of(found: Round, task: int) -> PlanTask:
    return get_object_or_404(PlanTask.objects.select_related("round", "owner", "done_by"), pk=task, round=found)


@requires(Permission.ROUND_PLAN)
def plan(request: Request, number: str, pk: int) -> HttpResponse:
    """What comes first, and every task by step. What the next step waits for comes by itself (`before`)."""
    found = seen(request, pk)
    steps = with_material(plan_of(found, timezone.localdate()))
    context = {
        "round": found,
        "steps": steps,
        "next": next_lines(steps),
        "coordinators": [row.user for row in found.coordinators.select_related("user").order_by("user__name")],
        "reference_group": list(found.reference_group.all()),
        "partners": list(found.partners.in_use().select_related("partner")),
        "may_edit_round": request.user.may(Permission.ROUND_EDIT),
        "done": sum(len(step.done) for step in steps),
        "size": sum(step.size for step in steps),
    }
    return render(request, "planning/plan.html", context)


@requires(Permission.ROUND_PLAN)
def before(request: Request, number: str, pk: int) -> HttpResponse:
    """What stands before the next step. Apart from the plan, as each gate asks the database for itself."""
    found = seen(request, pk)
    context = {"round": found, "threshold": with_addresses(request, next_threshold(found))}
    return render(request, "planning/before.html", context, partial="gates")


def with_addresses(request: Request, threshold: Threshold | None) -> dict[str, Any] | None:
    """The gates of a threshold, each with the page where it is mended, if she may open that."""
    if threshold is None:
        return None
    lines = []
    for said in threshold.said:
        url = ""
        if said.verdict.target and not said.verdict.met:
            name, arguments = said.verdict.target
            url = reverse(name, args=[request.municipality.number, *arguments])
            if getattr(resolve(url).func, "access", None) not in request.user.permissions:
                url = ""
        lines.append((said, url))
    return {"step": threshold.step, "lines": lines, "waits": len(threshold.waits)}


@requires(Permission.ROUND_PLAN)
def new_task(request: Request, number: str, pk: int) -> HttpResponse:
    """Add a task to a step."""
    found = seen(request, pk)
    step = request.GET.get("step", "")
    initial = {"step": int(step)} if step in {str(each) for each in Step.values} else {}
    form = TaskForm(request.POST or None, round=found, initial=initial)
    if request.method == "POST" and form.is_valid():
        task = add_task(round=found, **form.cleaned_data, by=request.user)
        messages.success(request, _("Added to the plan."))
        return back_to(found, task.step)
    return render(request, "planning/task.html", {"round": found, "form": form})


@requires(Permission.ROUND_PLAN)
def task(request: Request, number: str, pk: int, task: int) -> HttpResponse:
    """Read and change a task; mark it done, drop it, bring it back."""
    found = seen(request, pk)
    row = task_of(found, task)
    form = TaskForm(request.POST or None, round=found, task=row)
    if request.method == "POST" and form.is_valid():
        change_task(task=row, **form.cleaned_data, by=request.user)
        messages.success(request, _("Saved."))
        return back_to(found, row.step)
    context = {"round": found, "form": form, "task": row, "line": line_of(row, found, timezone.localdate())}
    return render(request, "planning/task.html", context)


@requires(Permission.ROUND_PLAN)
@require_POST
def state(request: Request, number: str, pk: int, task: int) -> HttpResponse:
    """Say where a task stands: done, dropped or open. A state, so that saying it twice is the same as once."""
    found = seen(request, pk)
    row = task_of(found, task)
    wanted = request.POST.get("state")
    words = {"title": row.title}
    if wanted == "done":
        mark_done(task=row, by=request.user, now=timezone.now())
        messages.success(request, _("Done: %(title)s.") % words)
    elif wanted == "dropped":
        try:
            drop_task(task=row, by=request.user, now=timezone.now())
        except AlreadyDone:
            messages.error(request, _("It is done already. Open it again before you drop it."))
        else:
            messages.success(request, _("Dropped: %(title)s. You find it at the end of its step.") % words)
    elif wanted == "open":
        reopen_task(task=row, by=request.user)
        messages.success(request, _("Back in the plan: %(title)s.") % words)
    return back_to(found, row.step)


@requires(Permission.ROUND_PLAN)
def order(request: Request, number: str, pk: int, step: int) -> HttpResponse:
    """Let a task change places with its neighbour: two buttons a task, which say what they move."""
    found = seen(request, pk)
    if step not in Step.values:
        raise Http404
    moved, way = 0, ""
    if request.method == "POST":
        row = task_of(found, int(request.POST["task"]) if request.POST.get("task", "").isdecimal() else 0)
        chosen: Literal["up", "down"] = "up" if request.POST.get("way") == "up" else "down"
        if row.step == step and move_task(task=row, way=chosen, by=request.user):
            address = reverse("planning:order", args=[number, pk, step])
            return redirect(f"{address}?moved={row.pk}&way={chosen}")
    if request.GET.get("moved", "").isdecimal():
        moved, way = int(request.GET["moved"]), request.GET.get("way", "")
    part = plan_of(found, timezone.localdate())[step - 1]
    context = {"round": found, "part": part, "moved": focused(part.open, moved, way), "way": way}
    return render(request, "planning/order.html", context)


def focused(lines: list[Any], moved: int, way: str) -> tuple[int, str]:
    """The button that keeps the focus after a move: the same one, or its neighbour when the task came to an end."""
    ids = [line.task.pk for line in lines]
    if moved not in ids or way not in {"up", "down"}:
        return 0, ""
    if moved == ids[0]:
        return moved, "down"
    return (moved, "up") if moved == ids[-1] else (moved, way)


def back_to(found: Round, step: int) -> HttpResponse:
    """The plan, at the step where the work was."""
    municipality = found.municipality
    return redirect(f"{reverse('planning:plan', args=[municipality.number, found.pk])}#step-{step}")
