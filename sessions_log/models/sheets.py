"""What the practical sheet of a gathering adds to the plan: who drives whom, and who brings or leads what."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from audit.history import tracked
from families.models import Family
from municipalities.models import Owned
from sessions_log.models.gatherings import Gathering, GatheringHelper


@tracked
class Ride(Owned):
    """How a family that asked for a lift comes to a gathering: with a helper, with another family, or by taxi."""

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="rides")
    family = models.ForeignKey(Family, on_delete=models.CASCADE, related_name="rides")
    helper = models.ForeignKey(GatheringHelper, null=True, blank=True, on_delete=models.CASCADE, related_name="rides")
    driver = models.ForeignKey(Family, null=True, blank=True, on_delete=models.CASCADE, related_name="drives")
    by_taxi = models.BooleanField(_("by taxi"), default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["gathering", "family"], name="one_ride_to_a_gathering"),
            models.CheckConstraint(
                condition=Q(helper__isnull=False, driver__isnull=True, by_taxi=False)
                | Q(helper__isnull=True, driver__isnull=False, by_taxi=False)
                | Q(helper__isnull=True, driver__isnull=True, by_taxi=True),
                name="a_ride_is_of_one_kind",
            ),
            models.CheckConstraint(
                condition=Q(driver__isnull=True) | ~Q(driver=F("family")), name="nobody_drives_themselves"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.family}: {self.with_whom}"

    @property
    def with_whom(self) -> str:
        return str(_("by taxi")) if self.by_taxi else str(self.helper or self.driver)


@tracked
class Contribution(Owned):
    """What a family brings or leads at a gathering. A helper's is her `task`."""

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="contributions")
    family = models.ForeignKey(Family, on_delete=models.CASCADE, related_name="contributions")
    words = models.CharField(_("brings or leads"), max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["gathering", "family"], name="one_contribution_of_a_family"),
            models.CheckConstraint(condition=~Q(words=""), name="a_contribution_is_said"),
        ]

    def __str__(self) -> str:
        return f"{self.family}: {self.words}"
