"""A family's way through one round, and its own wish to take part."""

from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from audit.history import tracked
from families.models.families import Family
from families.models.people import Person
from municipalities.models import Owned
from planning.models import Round

if TYPE_CHECKING:
    from accounts.models import User


class Status(models.TextChoices):
    """Where a family stands in a round, read from facts. The order is the way it goes."""

    REFERRED = "referred", _("new")
    CONTACTED = "contacted", _("contacted")
    CONVERSATION = "conversation", _("we have talked")
    WANTS_TO = "wants_to", _("wants to take part")
    IN_A_GROUP = "in_a_group", _("in a group")
    NOT_NOW = "not_now", _("not now")
    DECLINED = "declined", _("no thank you")
    ENDED = "ended", _("ended")


class ParticipationQuerySet(models.QuerySet["Participation"]):
    """Ways through a round."""

    def visible_to(self, user: "User") -> Self:
        """Participations of the families she may see."""
        return self.filter(family__in=Family.objects.visible_to(user))

    def open(self) -> Self:
        return self.filter(ended_on__isnull=True)

    def with_status(self) -> Any:
        """Each with `.status` (a `Status`), `.status_since` (a day) and `.has_wish`."""
        wish = OwnWish.objects.filter(participation=OuterRef("pk"), withdrawn_at__isnull=True)
        memberships = self.model._meta.get_field("memberships").related_model._default_manager
        member = memberships.filter(participation=OuterRef("pk"), to__isnull=True)
        return self.annotate(
            has_wish=Exists(wish),
            wished_on=Subquery(wish.values("said_on")),
            member_since=Subquery(member.values("since")),
        ).annotate(
            status=Case(
                When(ended_on__isnull=False, ending__in=["not_now", "declined"], then=F("ending")),
                When(ended_on__isnull=False, then=Value("ended")),
                When(member_since__isnull=False, then=Value("in_a_group")),
                When(wished_on__isnull=False, then=Value("wants_to")),
                When(conversation__isnull=False, then=Value("conversation")),
                When(contacted_on__isnull=False, then=Value("contacted")),
                default=Value("referred"),
                output_field=models.CharField(),
            ),
            status_since=Coalesce(
                "ended_on", "member_since", "wished_on", "conversation__held_on", "contacted_on", "waiting_since"
            ),
        )

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
