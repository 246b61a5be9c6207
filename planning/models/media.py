"""Who to tell in the media, and what was told."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from audit.history import tracked
from municipalities.models import Owned
from municipalities.sorting import NbKey
from planning.models.resources import OfRoundQuerySet, Resource, ResourceQuerySet
from planning.models.rounds import Round


@tracked
class MediaContact(Resource):
    """Somebody at a newspaper, a radio, the municipality's own pages."""

    name = models.CharField(_("name"), max_length=120)
    outlet = models.CharField(_("where"), max_length=120)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    note = models.CharField(_("good to know"), max_length=300, blank=True)

    objects = ResourceQuerySet["MediaContact"].as_manager()

    class Meta:
        ordering = [NbKey("outlet"), NbKey("name"), "pk"]

    def __str__(self) -> str:
        return self.name


@tracked
class MediaCoverage(Owned):
    """Something that was written or broadcast about a round."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="coverage")
    title = models.CharField(_("headline"), max_length=150)
    outlet = models.CharField(_("where"), max_length=120)
    published_on = models.DateField(_("date"))
    link = models.URLField(_("link"), max_length=300, blank=True)

    objects = OfRoundQuerySet["MediaCoverage"].as_manager()

    class Meta:
        ordering = ["-published_on", "-pk"]

    def __str__(self) -> str:
        return self.title
