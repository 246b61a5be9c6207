"""That a round was closed, and why it was opened again."""

from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from audit.history import tracked
from municipalities.models import Owned
from planning.models import Round


class RoundClosingQuerySet(models.QuerySet["RoundClosing"]):
    """Closings, the standing one and those that were undone."""

    def standing(self) -> Self:
        return self.filter(reopened_at__isnull=True)


@tracked
class RoundClosing(Owned):
    """One closing of a round, and with what reason it was opened again.

    A trigger of the database refuses one while a family has neither an exit interview nor an explained absence, or
    the evaluation is not written (domain rule 9). `groups` and `memberships` are the ids of those that ended with it:
    opening the round again begins those anew, and no others.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="closings")
    closed_at = models.DateTimeField()
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    groups = ArrayField(models.BigIntegerField(), default=list)
    memberships = ArrayField(models.BigIntegerField(), default=list)
    reopened_at = models.DateTimeField(null=True, blank=True)
    reopened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.CharField(_("why it is opened again"), max_length=300, blank=True)

    objects = RoundClosingQuerySet.as_manager()

    class Meta:
        ordering = ["-closed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round"], condition=Q(reopened_at__isnull=True), name="a_round_is_closed_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(reopened_at__isnull=True, reopened_by__isnull=True, reason="")
                | Q(reopened_at__gte=F("closed_at"), reopened_by__isnull=False) & ~Q(reason=""),
                name="opened_again_by_somebody_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round}, {self.closed_at}"
