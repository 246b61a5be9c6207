"""A family's way through one round, and its own wish to take part."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from audit.history import tracked
from families.models.families import Family
from families.models.people import Person
from municipalities.models import Owned
from planning.models import Round

if TYPE_CHECKING:
    from accounts.models import User


class ParticipationQuerySet(models.QuerySet["Participation"]):
    """Ways through a round."""

    def visible_to(self, user: "User") -> Self:
        """Participations of the families she may see."""
        return self.filter(family__in=Family.objects.visible_to(user))

    def open(self) -> Self:
        return self.filter(ended_on__isnull=True)

    def waiting(self) -> Self:
        """Open and in no group now: the waiting list, longest wait first."""
        return (
            self.open().exclude(memberships__to__isnull=True, memberships__isnull=False).order_by("waiting_since", "pk")
        )


@tracked
class Participation(Owned):
    """A family in a round. Returning later is a new participation; history stays.

    Its status is read from facts (`ended_on`, an open membership, a standing wish, `contacted_on`), never set by hand.
    """

    class Ending(models.TextChoices):
        NOT_NOW = "not_now", _("not now")
        DECLINED = "declined", _("declined")
        ENDED = "ended", _("ended")

    family = models.ForeignKey(Family, on_delete=models.CASCADE, related_name="participations")
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="participations")
    waiting_since = models.DateField(_("waiting since"))
    contacted_on = models.DateField(_("contacted"), null=True, blank=True)
    ended_on = models.DateField(_("ended"), null=True, blank=True)
    ending = models.CharField(max_length=10, choices=Ending.choices, blank=True)
    ending_reason = models.CharField(_("reason"), max_length=200, blank=True)

    objects = ParticipationQuerySet.as_manager()

    class Meta:
        ordering = ["waiting_since", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["family"],
                condition=Q(ended_on__isnull=True),
                name="one_open_participation_per_family",
            )
        ]

    def __str__(self) -> str:
        return f"{self.family}, {self.round}"


@tracked
class OwnWish(Owned):
    """The family's own words that it wants to take part: who said it, when, and who wrote it down.

    A membership cannot exist without one (the database holds that). Withdrawing sets `withdrawn_at`.
    """

    participation = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="wishes")
    said_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("who said it"))
    said_on = models.DateField(_("when"))
    words = models.CharField(_("in their own words"), max_length=300, blank=True)
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["participation"], condition=Q(withdrawn_at__isnull=True), name="one_standing_wish"
            )
        ]

    def __str__(self) -> str:
        return f"{self.participation}, {self.said_on}"
