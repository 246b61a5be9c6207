"""What SOS-barnebyer offers all municipalities, for the place where it is needed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from municipalities.models import Shared
from planning.models.resources import ResourceQuerySet
from planning.rules.translated import in_language


class NeededFor(models.TextChoices):
    PLAN = "plan", _("Planning")
    RECRUIT = "recruit", _("Recruitment")
    KICK_OFF = "kick_off", _("Kick-off")
    GATHERINGS = "gatherings", _("Gatherings")
    CLOSING = "closing", _("Closing party")
    MEDIA = "media", _("Media")


class Material(Shared):
    """A short text and perhaps a link. National rows only, from data/material.json: one a `key`."""

    key = models.CharField(max_length=40, unique=True)
    needed_for = models.CharField(_("needed for"), max_length=10, choices=NeededFor.choices)
    position = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(_("title"), max_length=100)
    text = models.TextField(_("text"))
    link = models.URLField(_("link"), blank=True)
    in_other = models.JSONField(default=dict, blank=True)
    ended_on = models.DateField(null=True, blank=True)

    objects = ResourceQuerySet["Material"].as_manager()

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.words["title"]

    @property
    def words(self) -> dict[str, str]:
        """Title and text in the reader's written language where there is one."""
        return in_language(self, ("title", "text"))
