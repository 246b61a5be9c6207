"""The small summary after a gathering, what to follow up, and the wish to debrief."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from audit.history import tracked
from municipalities.models import Owned
from sessions_log.models.gatherings import Gathering


class CarriedBy(models.TextChoices):
    COORDINATOR = "coordinator", _("the coordinator")
    TOGETHER = "together", _("together")
    FAMILIES = "families", _("the families")


@tracked
class Summary(Owned):
    """What happened and how it went, in few words. It can be mended, and the history shows how."""

    gathering = models.OneToOneField(Gathering, on_delete=models.CASCADE, related_name="summary")
    did = models.TextField(_("What did we do?"), max_length=2000, blank=True)
    went_well = models.TextField(_("What went well?"), max_length=2000, blank=True)
    change_next = models.TextField(_("What do we change next time?"), max_length=2000, blank=True)
    carried_by = models.CharField(_("Who carried it?"), max_length=15, choices=CarriedBy.choices, blank=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.gathering)


@tracked
class FollowUp(Owned):
    """Something to do after a gathering, with an owner and a day."""

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="follow_ups")
    text = models.CharField(_("Something to follow up?"), max_length=300)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="follow_ups", verbose_name=_("Who")
    )
    due_on = models.DateField(_("By"), null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["due_on", "pk"]

    def __str__(self) -> str:
        return self.text


@tracked
class Debrief(Owned):
    """A coordinator wants to talk after a gathering. That, and nothing of what was said."""

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="debriefs")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="debriefs")
    asked_at = models.DateTimeField()
    held_with = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    held_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["gathering", "asked_by"], name="one_wish_to_debrief_per_person")]

    def __str__(self) -> str:
        return f"{self.asked_by}, {self.gathering}"
