"""One run of the five steps, who coordinates it, and who stands round it."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

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
    """One run of the five steps in a municipality. Its leader is responsible and gets the alarms.

    `kick_off_on` is the planned day from which the plan's days are counted: it follows the first kick-off that is
    planned as a gathering. When the kick-off was held is a fact of that gathering. `started_from` is the round whose
    plan and lessons this one began with.
    """

    name = models.CharField(_("name"), max_length=80)
    project_leader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField(_("starts"))
    ends_on = models.DateField(_("ends"))
    kick_off_on = models.DateField(_("planned kick-off"), null=True, blank=True)
    goals = models.TextField(_("goals"), blank=True)
    contact_name = models.CharField(_("contact at SOS-barnebyer"), max_length=150, blank=True)
    contact_phone = models.CharField(_("phone"), max_length=20, blank=True)
    contact_email = models.EmailField(_("e-mail"), blank=True)
    lessons = models.TextField(_("lessons for the next round"), blank=True)
    started_from = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = RoundQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(starts_on__lte=F("ends_on")), name="round_starts_before_it_ends"),
            models.CheckConstraint(
                condition=Q(kick_off_on__isnull=True)
                | Q(kick_off_on__gte=F("starts_on"), kick_off_on__lte=F("ends_on")),
                name="kick_off_is_in_the_round",
            ),
            # Two presses of "start" make one round.
            models.UniqueConstraint(
                fields=["municipality", "name"],
                condition=Q(closed_at__isnull=True),
                name="running_rounds_differ_in_name",
            ),
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
class ReferenceMember(Owned):
    """Somebody of the reference group, which makes more people than one own the round. No account is needed."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="reference_group")
    name = models.CharField(_("name"), max_length=150)
    role = models.CharField(_("role or organisation"), max_length=150, blank=True)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)

    class Meta:
        ordering = [NbKey("name"), "pk"]

    def __str__(self) -> str:
        return self.name
