"""What is common to the things a municipality has to work with."""

from typing import TYPE_CHECKING, Self, TypeVar

from django.db import models
from django.db.models import F, Q

from accounts.permissions import Permission
from municipalities.models import Owned

if TYPE_CHECKING:
    from accounts.models import User

M = TypeVar("M", bound=models.Model, covariant=True)


class InUseQuerySet(models.QuerySet[M]):
    """Rows that go out of use instead of being deleted."""

    def in_use(self) -> Self:
        return self.filter(ended_on__isnull=True)

    def to_choose(self, also: int | None = None) -> Self:
        """Those in use, and the one that was chosen before."""
        return self.filter(Q(ended_on__isnull=True) | Q(pk=also))

    def in_use_first(self) -> Self:
        """Those in use in their usual order, then the others, the latest given up first."""
        ordering = self.model._meta.ordering or ()
        return self.order_by(F("ended_on").desc(nulls_first=True), *ordering)


class ResourceQuerySet(InUseQuerySet[M]):
    """Rows that everybody who plans in the municipality may see."""

    def visible_to(self, user: "User") -> Self:
        return self if user.may(Permission.PLANNING_VIEW) else self.none()


class OfRoundQuerySet(InUseQuerySet[M]):
    """Rows of a round: seen by those who plan and may see the round."""

    def visible_to(self, user: "User") -> Self:
        if not user.may(Permission.PLANNING_VIEW):
            return self.none()
        if user.may(Permission.GROUP_VIEW_ALL):
            return self
        return self.filter(round__in=user.rounds_coordinated.values("round"))


class Resource(Owned):
    """Something to work with. It is never deleted: from `ended_on` it is no longer in use, and no longer a choice."""

    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True
