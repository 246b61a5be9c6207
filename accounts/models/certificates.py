"""Police certificates: only that one was shown. Never its content, never a copy, no free text."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from municipalities.models import Owned


class CertificateRole(models.TextChoices):
    COORDINATOR = "coordinator", _("coordinator")
    VOLUNTEER = "volunteer", _("volunteer")


class LegalGround(models.TextChoices):
    """The ground on which a certificate may be asked for; the municipality's own lawyer confirms it."""

    HEALTH_AND_CARE = "health_and_care", _("Health and Care Services Act § 5-4")
    CHILD_WELFARE = "child_welfare", _("Child Welfare Act")
    ORGANISATION = "organisation", _("Police Register Regulations § 34-1 (organisations)")
    OTHER = "other", _("other ground in law")


class Certificate(Owned):
    """That a police certificate was shown for one kind of role: when, when it was issued, who checked it.

    On the day it is shown it is at most three months old (`rules.certificates`); after that it holds as long as the
    role lasts. `user` is empty for a volunteer without an account, whose own record points here.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="certificates"
    )
    role = models.CharField(_("role"), max_length=20, choices=CertificateRole.choices)
    ground = models.CharField(_("legal ground"), max_length=20, choices=LegalGround.choices)
    issued_on = models.DateField(_("issued"))
    shown_on = models.DateField(_("shown"))
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(issued_on__lte=F("shown_on")), name="certificate_issued_before_shown"),
            models.UniqueConstraint(
                fields=["municipality", "user", "role"],
                condition=Q(ended_on__isnull=True, user__isnull=False),
                name="one_certificate_per_person_and_role",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role}, {self.shown_on}"
