"""Those who help at gatherings."""

from datetime import date
from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Certificate
from audit.history import tracked
from municipalities.sorting import NbKey
from planning.models.resources import Resource, ResourceQuerySet


class VolunteerQuerySet(ResourceQuerySet["Volunteer"]):
    """Volunteers, and who of them may help."""

    def may_help(self, today: date) -> Self:
        """Those in use whose certificate has been shown and opens the role today (domain rule 4)."""
        return self.in_use().filter(certificate__in=Certificate.objects.opening(today))


@tracked
class Volunteer(Resource):
    """An adult who helps at gatherings. An account is optional; a certificate shown is not, once she helps."""

    name = models.CharField(_("name"), max_length=150)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    speaks = ArrayField(models.CharField(max_length=8), verbose_name=_("languages"), default=list, blank=True)
    skills = models.CharField(_("skills"), max_length=300, blank=True)
    networks = models.CharField(_("own networks"), max_length=300, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    certificate = models.ForeignKey(
        Certificate, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )

    objects = VolunteerQuerySet.as_manager()

    class Meta:
        ordering = [NbKey("name"), "pk"]
        # That it is her own, and shown for helping, is asked by a trigger (migration 0009).
        constraints = [models.UniqueConstraint(fields=["certificate"], name="a_certificate_is_one_volunteers")]

    def __str__(self) -> str:
        return self.name

    @property
    def has_certificate(self) -> bool:
        """Whether a certificate shown for helping stands."""
        return self.certificate is not None and self.certificate.ended_on is None
