"""Those who help at gatherings."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Certificate
from audit.history import tracked
from municipalities.models import Owned
from municipalities.sorting import NbKey


@tracked
class Volunteer(Owned):
    """An adult who helps at gatherings. An account is optional; a certificate shown is not, once she helps."""

    name = models.CharField(_("name"), max_length=150)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    languages = models.CharField(_("languages"), max_length=120, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    certificate = models.ForeignKey(
        Certificate, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = [NbKey("name"), "pk"]

    def __str__(self) -> str:
        return self.name
