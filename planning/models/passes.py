"""Gates that somebody has passed, with the reason."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from audit.history import tracked
from municipalities.models import Owned
from planning.models.rounds import Round
from planning.rules.gates import DomainRule


@tracked
class GatePass(Owned):
    """Why a round goes on although a gate is not met. Taken back by a date; the row and its reason stay.

    The database knows no pass of a rule of the domain.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="gate_passes")
    key = models.CharField(max_length=40)
    reason = models.CharField(_("reason"), max_length=500)
    passed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    passed_at = models.DateTimeField()
    taken_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["passed_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(key__in=DomainRule.values), name="nobody_passes_a_rule_of_the_domain"),
            models.CheckConstraint(condition=~Q(reason=""), name="a_pass_has_a_reason"),
            models.CheckConstraint(
                condition=Q(taken_back_at__isnull=True, taken_back_by__isnull=True)
                | Q(taken_back_at__isnull=False, taken_back_by__isnull=False),
                name="a_pass_taken_back_says_by_whom",
            ),
            models.UniqueConstraint(
                fields=["round", "key"], condition=Q(taken_back_at__isnull=True), name="a_gate_is_passed_once"
            ),
        ]

    def __str__(self) -> str:
        return self.key
