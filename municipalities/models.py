"""Municipality, and the abstract owner of everything below it."""

from datetime import time

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Language(models.TextChoices):
    """What a municipality writes to its own people in."""

    BOKMAL = "nb", _("Bokmål")
    NYNORSK = "nn", _("Nynorsk")
    ENGLISH = "en", _("English")


class Municipality(models.Model):
    """A municipality. Its official number (four digits, as text) stands in every address of its pages.

    `certificate_renewal_months` is empty: a police certificate holds as long as the role lasts. With a number, the
    leader is reminded of a new one where the legal ground allows it; nobody is stopped unless
    `certificate_renewal_stops` says so. `certificate_kept_days`: how long after the end of a role.
    """

    number = models.CharField(_("number"), max_length=4, unique=True, validators=[RegexValidator(r"^\d{4}$")])
    name = models.CharField(_("name"), max_length=120)
    language = models.CharField(_("written language"), max_length=2, choices=Language.choices, default="nb")
    quiet_from = models.TimeField(_("no messages after"), default=time(21, 0))
    quiet_to = models.TimeField(_("no messages before"), default=time(8, 0))
    reminder_at = models.TimeField(_("reminder the day before at"), default=time(16, 0))
    sms_sender = models.CharField(_("sender of text messages"), max_length=11, default="SAMMEN")
    sms_price_ore = models.PositiveSmallIntegerField(_("price of a text message, each part (øre)"), default=50)
    quiet_on_holidays = models.BooleanField(_("no messages on public holidays"), default=True)
    waiting_limit_days = models.PositiveSmallIntegerField(_("a family waits at most (days)"), default=30)
    public_form_open = models.BooleanField(_("the public form is open"), default=False)
    certificate_renewal_months = models.PositiveSmallIntegerField(
        _("new police certificate after (months)"), null=True, blank=True
    )
    certificate_renewal_stops = models.BooleanField(_("without the new one nobody takes new groups"), default=False)
    certificate_kept_days = models.PositiveSmallIntegerField(_("kept after the end of a role (days)"), default=30)
    certificate_own_ground = models.CharField(_("own legal ground"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("municipality")
        verbose_name_plural = _("municipalities")
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(condition=Q(language__in=Language.values), name="municipality_language_is_known"),
            models.CheckConstraint(
                condition=Q(waiting_limit_days__range=(1, 365)), name="municipality_waiting_limit_is_days"
            ),
            models.CheckConstraint(
                condition=Q(certificate_renewal_months__isnull=True) | Q(certificate_renewal_months__range=(6, 60)),
                name="municipality_renewal_is_months",
            ),
            models.CheckConstraint(
                condition=Q(certificate_kept_days__lte=90), name="municipality_certificates_are_not_kept_long"
            ),
        ]

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


class Shared(models.Model):
    """A row of one municipality, or of the national library (municipality NULL): read by all, written by the owner."""

    municipality = models.ForeignKey(
        Municipality, null=True, blank=True, on_delete=models.PROTECT, related_name="+", editable=False
    )

    class Meta:
        abstract = True

    @property
    def is_national(self) -> bool:
        return self.municipality_id is None


class SchoolHoliday(Owned):
    """Days without school: families travel, and children are at home. Both days are included."""

    name = models.CharField(_("name"), max_length=80)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))

    class Meta:
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on__lte=F("ends_on")), name="school_holiday_starts_before_it_ends"
            )
        ]

    def __str__(self) -> str:
        return self.name


class QuietDay(Owned):
    """A day on which the municipality sends no messages, besides the public holidays: Christmas Eve, for one."""

    day = models.DateField(_("day"))
    name = models.CharField(_("name"), max_length=80, blank=True)

    class Meta:
        ordering = ["day"]
        constraints = [models.UniqueConstraint(fields=["municipality", "day"], name="a_quiet_day_is_chosen_once")]

    def __str__(self) -> str:
        return self.name or self.day.isoformat()
