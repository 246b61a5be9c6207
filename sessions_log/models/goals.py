"""What a group wants to reach together in its period, in its own words."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from audit.history import tracked
from groups.models import Group
from municipalities.models import Owned


@tracked
class GroupGoal(Owned):
    """The group's own goal, said at the kick-off or later and seen again at the end. History keeps what it was before.

    A trigger of the database refuses one from before the group's kick-off: nobody but the group sets it.
    """

    group = models.OneToOneField(Group, on_delete=models.CASCADE, related_name="goal")
    words = models.CharField(_("in the group's own words"), max_length=300)
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="a_goal_has_words")]

    def __str__(self) -> str:
        return self.words
