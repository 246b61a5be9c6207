"""The plan of a round: what somebody has thought of doing, by step."""

from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from audit.history import tracked
from municipalities.models import Owned
from planning.models.rounds import Round
from planning.rules.steps import Step


class PlanTaskQuerySet(models.QuerySet["PlanTask"]):
    """Tasks, by where they stand."""

    def open(self) -> "PlanTaskQuerySet":
        return self.filter(done_at__isnull=True, dropped_at__isnull=True)

    def dropped(self) -> "PlanTaskQuerySet":
        return self.filter(dropped_at__isnull=False)


@tracked
class PlanTask(Owned):
    """One thing to do in a round. Its day is its own, or so many days from the kick-off and moves with it.

    It is open, done or dropped: never two of them, and nothing in it is compulsory but a title.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="tasks")
    step = models.PositiveSmallIntegerField(_("step"), choices=Step.choices)
    title = models.CharField(_("what"), max_length=150)
    notes = models.TextField(_("notes"), max_length=2000, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    due_days = models.SmallIntegerField(_("days from the kick-off"), null=True, blank=True)
    due_on = models.DateField(_("a day of its own"), null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    dropped_at = models.DateTimeField(null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    objects = PlanTaskQuerySet.as_manager()

    class Meta:
        ordering = ["step", "position", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(step__in=Step.values), name="a_task_belongs_to_a_step"),
            models.CheckConstraint(condition=~Q(title=""), name="a_task_says_what"),
            models.CheckConstraint(
                condition=Q(due_days__isnull=True) | Q(due_on__isnull=True), name="a_task_has_one_due_date"
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, done_by__isnull=True)
                | Q(done_at__isnull=False, done_by__isnull=False),
                name="a_done_task_says_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True) | Q(dropped_at__isnull=True), name="a_task_is_not_done_and_dropped"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def due(self, kick_off_on: date | None) -> date | None:
        """The day it is due, given the planned kick-off; None when it has none (yet)."""
        if self.due_on or self.due_days is None or kick_off_on is None:
            return self.due_on
        return kick_off_on + timedelta(days=self.due_days)
