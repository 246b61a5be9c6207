"""One run of the five steps, and who coordinates it."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Permission
from audit.history import tracked
from municipalities.models import Owned

if TYPE_CHECKING:
    from accounts.models import User


class RoundQuerySet(models.QuerySet["Round"]):
    """Rounds, by who may see them."""

    def visible_to(self, user: "User") -> Self:
        """Every leader of the municipality sees every round; a coordinator hers."""
        if user.may(Permission.GROUP_VIEW_ALL):
            return self
        return self.filter(pk__in=user.rounds_coordinated.values("round"))

    def running(self) -> Self:
        return self.filter(closed_at__isnull=True)


@tracked
class Round(Owned):
    """One run of the five steps in a municipality. Its leader is responsible and gets the alarms."""

    name = models.CharField(_("name"), max_length=80)
    project_leader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField(_("starts"))
    ends_on = models.DateField(_("ends"))
    goals = models.TextField(_("goals"), blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = RoundQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(starts_on__lte=F("ends_on")), name="round_starts_before_it_ends")
        ]

    def __str__(self) -> str:
        return self.name


@tracked
class RoundCoordinator(Owned):
    """A coordinator of a round: sees its families in recruitment before any group is made."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="coordinators")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="rounds_coordinated")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "user"], name="coordinator_of_a_round_once")]

    def __str__(self) -> str:
        return f"{self.user}, {self.round}"
