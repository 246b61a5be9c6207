"""The budget of a round: set aside, spent, left."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.access import requires
from accounts.permissions import Permission
from accounts.requests import Request
from planning.forms.budgets import ExpenseForm, LineForm
from planning.models import BudgetLine, Expense, Round
from planning.queries.budgets import budget_of
from planning.services.budgets import keep_expense
from planning.views.resources import Noun, Way, form_page, here
from web.partials import render

LINE = Noun(
    name="budget_line",
    title=_("Budget"),
    lead="",
    add=_("Add a line"),
    change=_("Change the line"),
    empty="",
    empty_text="",
    taken=_("The budget has a line of that name already."),
)
EXPENSE = Noun(
    name="expense",
    title=_("Expense"),
    lead="",
    add=_("Note an expense"),
    change=_("Change the expense"),
    empty="",
    empty_text="",
)


@requires(Permission.PLANNING_VIEW)
def budget(request: Request, number: str, pk: int) -> HttpResponse:
    """Each line and the whole, said plainly when it is overspent."""
    in_round = get_object_or_404(Round.objects.visible_to(request.user), pk=pk)
    lines, whole = budget_of(in_round)
    context = {
        "round": in_round,
        "lines": lines,
        "whole": whole,
        "may_change": request.user.may(Permission.BUDGET_EDIT),
    }
    return render(request, "planning/budget.html", context)


def to_budget(request: Request, round_id: int) -> Way:
    return Way(here(request, "budget", round_id), str(LINE.title))


@requires(Permission.BUDGET_EDIT)
def new_budget_line(request: Request, number: str, pk: int) -> HttpResponse:
    """Set money aside."""
    in_round = get_object_or_404(Round.objects.visible_to(request.user), pk=pk)
    form = LineForm(request.POST or None, instance=BudgetLine(round=in_round))
    return form_page(request, LINE, form, way=to_budget(request, pk))


@requires(Permission.BUDGET_EDIT)
def edit_budget_line(request: Request, number: str, pk: int) -> HttpResponse:
    """Change a line; take it out when nothing was spent on it."""
    row = get_object_or_404(BudgetLine.objects.visible_to(request.user), pk=pk)
    return form_page(request, LINE, LineForm(request.POST or None, instance=row), way=to_budget(request, row.round_id))


@requires(Permission.BUDGET_EDIT)
def new_expense(request: Request, number: str, pk: int) -> HttpResponse:
    """Money was spent on this line."""
    line = get_object_or_404(BudgetLine.objects.visible_to(request.user), pk=pk)
    form = ExpenseForm(request.POST or None, instance=Expense(line=line), initial={"on": timezone.localdate()})
    way = to_budget(request, line.round_id)
    way.extra["lead"] = line.name
    return form_page(request, EXPENSE, form, way=way, keep=keep_expense)


@requires(Permission.BUDGET_EDIT)
def edit_expense(request: Request, number: str, pk: int) -> HttpResponse:
    """Mend an expense, or take it out."""
    lines = BudgetLine.objects.visible_to(request.user)
    row = get_object_or_404(Expense.objects.filter(line__in=lines).select_related("line"), pk=pk)
    form = ExpenseForm(request.POST or None, instance=row)
    return form_page(request, EXPENSE, form, way=to_budget(request, row.line.round_id), keep=keep_expense)
