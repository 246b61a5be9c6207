"""Who was there: a row per person. No row means not logged."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from audit.history import tracked
from families.models import Family, Person
from municipalities.models import Owned
from sessions_log.models.gatherings import Gathering


class AttendanceState(models.TextChoices):
    """Reasons are plain, never health."""

    PRESENT = "present", _("here")
    TOLD_US = "told_us", _("told us")
    ABSENT = "absent", _("did not come")


@tracked
class Attendance(Owned):
    """One person at one gathering. `family` repeats the person's, for lists of families × gatherings."""

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="attendances")
    family = models.ForeignKey(Family, on_delete=models.CASCADE, related_name="attendances")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="attendances")
    state = models.CharField(max_length=10, choices=AttendanceState.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["gathering", "person"], name="one_attendance_per_person")]

    def __str__(self) -> str:
        return f"{self.person}: {self.state}"


@tracked
class GatheringGuest(Owned):
    """Somebody who came along: a relative, an earlier family, the mayor. No certificate, no register."""

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="guests")
    name = models.CharField(_("first name"), max_length=80)
    note = models.CharField(_("who that is"), max_length=120, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name
