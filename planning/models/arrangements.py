"""How families get there, and who interprets."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from audit.history import tracked
from municipalities.sorting import NbKey
from planning.models.resources import Resource, ResourceQuerySet


class ArrangementKind(models.TextChoices):
    TRANSPORT = "transport", _("transport")
    INTERPRETER = "interpreter", _("interpreter")


@tracked
class Arrangement(Resource):
    """Transport or interpreters that can be ordered: from whom, how, how long before, at what price."""

    kind = models.CharField(_("kind"), max_length=12, choices=ArrangementKind.choices)
    name = models.CharField(_("provider"), max_length=120)
    contact_person = models.CharField(_("contact person"), max_length=120, blank=True)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    speaks = ArrayField(models.CharField(max_length=8), verbose_name=_("languages"), default=list, blank=True)
    how_to_order = models.TextField(_("how to order"), max_length=400, blank=True)
    lead_days = models.PositiveSmallIntegerField(_("days ahead"), null=True, blank=True)
    price = models.CharField(_("price"), max_length=120, blank=True)

    objects = ResourceQuerySet["Arrangement"].as_manager()

    class Meta:
        ordering = ["-kind", NbKey("name"), "pk"]

    def __str__(self) -> str:
        return self.name
