"""Rounds, places and volunteers: what step 1 prepares."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Certificate
from accounts.permissions import Permission
from audit.history import tracked
from municipalities.models import Owned
from municipalities.sorting import NbKey

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


@tracked
class Venue(Owned):
    """A place to meet, with the way there: fills the plan of a gathering."""

    name = models.CharField(_("name"), max_length=80)
    address = models.CharField(_("address"), max_length=150)
    directions = models.TextField(_("how to get there"), blank=True)
    accessibility = models.CharField(_("accessibility"), max_length=200, blank=True)

    class Meta:
        ordering = [NbKey("name"), "pk"]

    def __str__(self) -> str:
        return self.name


@tracked
class Volunteer(Owned):
    """An adult who helps at gatherings. An account is optional; a certificate shown is not, once she helps."""

    name = models.CharField(_("name"), max_length=150)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    languages = models.CharField(_("languages"), max_length=120, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    certificate = models.ForeignKey(
        Certificate, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = [NbKey("name"), "pk"]

    def __str__(self) -> str:
        return self.name
