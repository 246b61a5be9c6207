"""Places to meet."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from audit.history import tracked
from municipalities.models import Owned
from municipalities.sorting import NbKey


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
