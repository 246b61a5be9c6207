"""Two families and what is between them: not in one group, not the same, or merged into one."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Permission
from families.models.families import Family
from municipalities.models import Owned

if TYPE_CHECKING:
    from accounts.models import User


class NotTogetherQuerySet(models.QuerySet["NotTogether"]):
    """Pairs that should not share a group."""

    def standing(self) -> Self:
        return self.filter(ended_at__isnull=True)


class NotTogether(Owned):
    """Two families that should not be in one group. Only who composes reads the reason. `first` has the lower id."""

    first = models.ForeignKey(Family, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Family, on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(_("why"), max_length=200, blank=True)
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = NotTogetherQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="not_together_is_kept_one_way"),
            models.UniqueConstraint(
                fields=["first", "second"], condition=Q(ended_at__isnull=True), name="not_together_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} / {self.second_id}"

    def reason_for(self, user: "User") -> str:
        """Why, for who composes: those who talk with families, and whoever wrote it. "" for a leader who only looks."""
        reads = user.may(Permission.CONVERSATION_NOTE) or self.noted_by_id == user.pk
        return self.reason if reads else ""


class NotTheSame(Owned):
    """Somebody looked at two families that seem alike, and they are two. `first` has the lower id."""

    first = models.ForeignKey(Family, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Family, on_delete=models.CASCADE, related_name="+")
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="not_the_same_is_kept_one_way"),
            models.UniqueConstraint(fields=["first", "second"], name="not_the_same_once"),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} / {self.second_id}"


class Merge(Owned):
    """`merged` was `kept` all along. Both histories stay; `moved` says what to put back while it can be undone.

    `moved`: {"app.Model": [ids moved to the kept family]}, {"before": {field: value}} of the kept family.
    """

    kept = models.ForeignKey(Family, on_delete=models.CASCADE, related_name="+")
    merged = models.ForeignKey(Family, on_delete=models.CASCADE, related_name="+")
    moved = models.JSONField(default=dict)
    merged_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    merged_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(kept=F("merged")), name="a_family_is_not_merged_with_itself"),
            models.UniqueConstraint(
                fields=["merged"], condition=Q(undone_at__isnull=True), name="a_family_is_merged_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.merged_id} → {self.kept_id}"
