"""Municipality, and the abstract owner of everything below it."""

from datetime import time

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


class Municipality(models.Model):
    """A municipality. Its official number (four digits, as text) stands in every address of its pages."""

    number = models.CharField(_("number"), max_length=4, unique=True, validators=[RegexValidator(r"^\d{4}$")])
    name = models.CharField(_("name"), max_length=120)
    language = models.CharField(_("written language"), max_length=2, default="nb")
    quiet_from = models.TimeField(_("no messages after"), default=time(21, 0))
    quiet_to = models.TimeField(_("no messages before"), default=time(8, 0))
    reminder_at = models.TimeField(_("reminder the day before at"), default=time(16, 0))
    sms_sender = models.CharField(_("sender of text messages"), max_length=11, default="SAMMEN")
    public_form_open = models.BooleanField(_("families can sign up themselves"), default=False)

    class Meta:
        verbose_name = _("municipality")
        verbose_name_plural = _("municipalities")
        ordering = ["number"]

    def __str__(self) -> str:
        return self.name

    @property
    def full_name(self) -> str:
        """«Lillevik kommune», as people say it."""
        return f"{self.name} kommune"


class Owned(models.Model):
    """A row that one municipality owns. Its table is closed by `tenancy.row_level_security`."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+", editable=False)

    class Meta:
        abstract = True
