"""Places to meet, and the picture of the door."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual
from django.utils.translation import gettext_lazy as _

from audit.history import tracked
from municipalities.models import Owned
from municipalities.sorting import NbKey
from planning.models.resources import Resource, ResourceQuerySet

MOST_BYTES = 400_000


class UsedFor(models.TextChoices):
    GROUPS = "groups", _("groups")
    JOINT = "joint", _("joint events")
    BOTH = "both", _("both")


class Kitchen(models.TextChoices):
    UNKNOWN = "", _("not known")
    NONE = "none", _("no kitchen")
    SMALL = "small", _("small kitchen")
    FULL = "full", _("kitchen for cooking together")


@tracked
class Venue(Resource):
    """A place to meet, with the way there: fills the plan of a gathering."""

    name = models.CharField(_("name"), max_length=80)
    address = models.CharField(_("address"), max_length=150)
    directions = models.TextField(_("how to get there"), blank=True)
    accessibility = models.CharField(_("accessibility"), max_length=200, blank=True)
    used_for = models.CharField(_("used for"), max_length=8, choices=UsedFor.choices, default=UsedFor.BOTH)
    capacity = models.PositiveSmallIntegerField(_("room for"), null=True, blank=True)
    kitchen = models.CharField(_("kitchen"), max_length=8, choices=Kitchen.choices, blank=True)
    cost = models.CharField(_("cost"), max_length=120, blank=True)

    objects = ResourceQuerySet["Venue"].as_manager()

    class Meta:
        ordering = [NbKey("name"), "pk"]

    def __str__(self) -> str:
        return self.name


class VenueDoor(Owned):
    """The picture of a venue's door: a small JPEG of ours, never the file that came. No history is kept of it."""

    venue = models.OneToOneField(Venue, on_delete=models.CASCADE, related_name="door")
    image = models.BinaryField()
    alt = models.CharField(_("what the picture shows"), max_length=200)
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now=True)

    objects = ResourceQuerySet["VenueDoor"].as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(alt=""), name="a_door_is_described"),
            models.CheckConstraint(
                condition=LessThanOrEqual(Length("image"), MOST_BYTES), name="a_door_is_a_small_picture"
            ),
        ]

    def __str__(self) -> str:
        return self.alt
