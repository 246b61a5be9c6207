"""Who was invited, what the household answered, and who was called about it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from audit.history import tracked
from families.models import Family
from municipalities.models import Owned
from sessions_log.models.gatherings import Gathering


@tracked
class Invitation(Owned):
    """A family that was told of a gathering: changes and cancellations go to it, whatever it answered."""

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="invitations")
    family = models.ForeignKey(Family, on_delete=models.CASCADE, related_name="invitations")
    invited_at = models.DateTimeField()
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["gathering", "family"], name="a_family_is_invited_once")]

    def __str__(self) -> str:
        return f"{self.family}, {self.gathering}"


@tracked
class Reply(Owned):
    """A household's answer. The last one counts (`is_current`); earlier ones stay. It says nothing of having come.

    `food` is what it does not eat, in its own words; `food_noted_at`: a coordinator has read them, and what is to stay
    stands on the family.
    """

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="replies")
    family = models.ForeignKey(Family, on_delete=models.CASCADE, related_name="replies")
    coming = models.BooleanField(_("coming"))
    adults = models.PositiveSmallIntegerField(_("adults"), default=0)
    children = models.PositiveSmallIntegerField(_("children"), default=0)
    needs_lift = models.BooleanField(_("needs a lift"), default=False)
    needs_interpreter = models.BooleanField(_("needs an interpreter"), default=False)
    words = models.CharField(_("message"), max_length=200, blank=True)
    food = models.CharField(_("food"), max_length=200, blank=True)
    food_noted_at = models.DateTimeField(null=True, blank=True)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    noted_at = models.DateTimeField()
    is_current = models.BooleanField(default=True)

    class Meta:
        ordering = ["-noted_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["gathering", "family"], condition=Q(is_current=True), name="one_current_reply"
            ),
            models.CheckConstraint(condition=Q(coming=True) | Q(adults=0, children=0), name="no_means_nobody"),
        ]

    def __str__(self) -> str:
        return f"{self.family}: {self.coming}"


class CallOutcome(models.TextChoices):
    CALLED = "called", _("called")
    LEFT_WORD = "left_word", _("left word")


class CallNote(Owned):
    """That a family was called about a gathering, and whether somebody answered."""

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="calls")
    family = models.ForeignKey(Family, on_delete=models.CASCADE, related_name="calls")
    outcome = models.CharField(max_length=10, choices=CallOutcome.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.family}: {self.outcome}"
