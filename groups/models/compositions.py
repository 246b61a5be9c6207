"""Composing groups of a round: somebody's draft, what the worker proposed, and what was decided."""

from typing import TYPE_CHECKING, Any, Self

from django.conf import settings as configured
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Permission
from municipalities.models import Owned
from planning.models import Round

if TYPE_CHECKING:
    from accounts.models import User


class CompositionQuerySet(models.QuerySet["Composition"]):
    """Compositions, by who may see them."""

    def visible_to(self, user: "User") -> Self:
        """Her own drafts, and what was decided in the rounds she sees."""
        if not user.may(Permission.GROUP_COMPOSE):
            return self.none()
        rounds = Round.objects.visible_to(user)
        return self.filter(Q(made_by=user) | Q(decided_at__isnull=False), round__in=rounds)

    def open(self) -> Self:
        return self.filter(decided_at__isnull=True)


class Composition(Owned):
    """One person's draft for a round, until it is decided; ids only, never a name or a reason why two are kept apart.

    `settings`: {"new", "smallest", "largest": int, "time_is_hard", "keep": bool, "arranged": [language],
    "areas": {group: part of the municipality}}. `placement`: {family: group}. `result`: {"proposals": [{"placement",
    "total", "swap": [[family, group]]}], "bound": int | null, "stuck": [group]}. A group is its id, or "new-1" for one
    to be made.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("by hand")
        QUEUED = "queued", _("waits its turn")
        RUNNING = "running", _("being worked out")
        DONE = "done", _("ready")
        CANCELLED = "cancelled", _("stopped")
        FAILED = "failed", _("did not work")

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="compositions")
    made_by = models.ForeignKey(configured.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.DRAFT)
    progress = models.PositiveSmallIntegerField(default=0)
    time_limit = models.PositiveSmallIntegerField(_("seconds at most"), default=20)
    asked_at = models.DateTimeField(null=True, blank=True)
    asked_to_cancel = models.BooleanField(default=False)
    settings = models.JSONField(default=dict)
    placement = models.JSONField(default=dict)
    result = models.JSONField(default=dict)
    chosen = models.PositiveSmallIntegerField(null=True, blank=True)
    decision = models.CharField(_("why like this"), max_length=500, blank=True)
    decided_by = models.ForeignKey(
        configured.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = CompositionQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "made_by"], condition=Q(decided_at__isnull=True), name="one_open_composition_each"
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, decided_by__isnull=True)
                | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="a_composition_is_decided_by_somebody",
            ),
            models.CheckConstraint(condition=Q(progress__lte=100), name="progress_is_per_cent"),
            models.CheckConstraint(
                condition=Q(time_limit__gte=1, time_limit__lte=600), name="a_proposal_takes_ten_minutes_at_most"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round}, {self.made_by}"

    @property
    def is_under_way(self) -> bool:
        return self.state in {self.State.QUEUED, self.State.RUNNING}

    @property
    def proposals(self) -> list[dict[str, Any]]:
        return list(self.result.get("proposals", []))
