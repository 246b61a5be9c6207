"""The budget of a round, in whole kroner, and what was spent."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from audit.history import tracked
from municipalities.models import Owned
from planning.models.resources import OfRoundQuerySet
from planning.models.rounds import Round


@tracked
class BudgetLine(Owned):
    """Money set aside for one purpose in a round."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="budget_lines")
    name = models.CharField(_("name"), max_length=80)
    amount = models.PositiveIntegerField(_("kroner"))

    objects = OfRoundQuerySet["BudgetLine"].as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["round", "name"], name="budget_lines_differ_in_a_round")]

    def __str__(self) -> str:
        return self.name


@tracked
class Expense(Owned):
    """Money spent on one line."""

    line = models.ForeignKey(BudgetLine, on_delete=models.CASCADE, related_name="expenses")
    on = models.DateField(_("date"))
    amount = models.PositiveIntegerField(_("kroner"))
    what = models.CharField(_("what for"), max_length=120)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-on", "-pk"]
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="an_expense_costs_something")]

    def __str__(self) -> str:
        return self.what
