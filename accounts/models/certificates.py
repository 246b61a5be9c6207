"""Police certificates: only that one was asked for and shown. Never its content, never a copy, no free text."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Permission
from accounts.rules.certificates import RENEWABLE
from municipalities.models import Owned

if TYPE_CHECKING:
    from accounts.models.users import User


class CertificateRole(models.TextChoices):
    """The kinds of role that ask for a certificate. One shown for one kind does not hold for the other."""

    COORDINATOR = "coordinator", _("coordinator")
    VOLUNTEER = "volunteer", _("volunteer")


class LegalGround(models.TextChoices):
    """The ground on which a certificate may be asked for; the municipality's own lawyer confirms it.

    How a letter names each ground is a versioned text (`rules.purpose`).
    """

    HEALTH_AND_CARE = "health_and_care", _("Health and Care Services Act § 5-4")
    CHILD_WELFARE = "child_welfare", _("Child Welfare Act")
    ORGANISATION = "organisation", _("Police Register Regulations § 34-1 (organisations)")
    OTHER = "other", _("other ground in law")


class CertificateQuerySet(models.QuerySet["Certificate"]):
    """Certificates, by what they allow."""

    def visible_to(self, user: "User") -> Self:
        """Only those who check them see the rows: everybody else is told «in order» or «missing»."""
        return self if user.may(Permission.CERTIFICATE_NOTE) else self.none()

    def in_force(self) -> Self:
        """Shown, and the role has not ended."""
        return self.filter(ended_on__isnull=True)

    def due_for_renewal(self, today: date) -> Self:
        """In force, but the municipality asks for a new one after so many months, and the legal ground allows it."""
        renew_on = Func(
            F("shown_on"),
            F("municipality__certificate_renewal_months"),
            template="(%(expressions)s))::date",
            arg_joiner=" + make_interval(months => ",
            output_field=models.DateField(),
        )
        return self.in_force().filter(ground__in=RENEWABLE).alias(renew_on=renew_on).filter(renew_on__lte=today)

    def opening(self, today: date) -> Self:
        """In force, and not stopped by the municipality's own rule of renewal (off by default)."""
        stopped = self.model.objects.due_for_renewal(today).filter(municipality__certificate_renewal_stops=True)
        return self.in_force().exclude(pk__in=stopped.values("pk"))


class Certificate(Owned):
    """That a police certificate was shown for one kind of role: asked for, issued, shown, and who checked it.

    On the day it is shown it is at most three months old (`rules.certificates`, and the database); after that it holds
    as long as the role lasts. `user` is empty for a volunteer without an account, whose own record points here.
    A while after the role ended the row is deleted, or emptied where a group or a gathering of the past leans on it.
    It has no history table: nothing of it stays behind.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="certificates"
    )
    role = models.CharField(_("role"), max_length=20, choices=CertificateRole.choices)
    ground = models.CharField(_("legal ground"), max_length=20, choices=LegalGround.choices, blank=True)
    asked_on = models.DateField(_("asked for"), null=True, blank=True)
    issued_on = models.DateField(_("issued"), null=True)
    shown_on = models.DateField(_("shown"), null=True)
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    ended_on = models.DateField(null=True, blank=True)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(issued_on__lte=F("shown_on")), name="certificate_issued_before_shown"),
            models.CheckConstraint(condition=Q(asked_on__lte=F("shown_on")), name="certificate_asked_before_shown"),
            models.CheckConstraint(condition=Q(role__in=CertificateRole.values), name="certificate_role_is_known"),
            models.CheckConstraint(
                condition=Q(
                    ground__in=LegalGround.values,
                    issued_on__isnull=False,
                    shown_on__isnull=False,
                    checked_by__isnull=False,
                )
                | Q(
                    user__isnull=True,
                    ground="",
                    asked_on__isnull=True,
                    issued_on__isnull=True,
                    shown_on__isnull=True,
                    checked_by__isnull=True,
                    ended_on__isnull=False,
                ),
                name="certificate_whole_or_emptied",
            ),
            models.UniqueConstraint(
                fields=["municipality", "user", "role"],
                condition=Q(ended_on__isnull=True, user__isnull=False),
                name="one_certificate_per_person_and_role",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role}, {self.shown_on}"


class CertificateRequestQuerySet(models.QuerySet["CertificateRequest"]):
    """What was asked for, by who may see it."""

    def visible_to(self, user: "User") -> Self:
        """Only those who check certificates."""
        return self if user.may(Permission.CERTIFICATE_NOTE) else self.none()


class CertificateRequest(Owned):
    """That a person was asked to show a police certificate, and on what ground. Gone when it is shown or the role ends.

    The letter that states the purpose is made from it again whenever it is read; no letter is kept. `user` is empty
    for a volunteer without an account, whose name stands in her own record. `text_version`: the wording it was
    asked with (`rules.purpose`).
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="certificate_requests"
    )
    role = models.CharField(_("role"), max_length=20, choices=CertificateRole.choices)
    ground = models.CharField(_("legal ground"), max_length=20, choices=LegalGround.choices)
    text_version = models.CharField(max_length=8)
    asked_on = models.DateField(_("asked for"))
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = CertificateRequestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(role__in=CertificateRole.values), name="asked_role_is_known"),
            models.CheckConstraint(condition=Q(ground__in=LegalGround.values), name="asked_ground_is_known"),
            models.UniqueConstraint(
                fields=["municipality", "user", "role"],
                condition=Q(user__isnull=False),
                name="asked_once_per_person_and_role",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role}, {self.asked_on}"
