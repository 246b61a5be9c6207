"""The referral: a household that would like to be contacted. Who referred it is itself confidential."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Permission
from audit.history import tracked
from families.models.families import Family
from municipalities.models import Owned
from planning.models import Round

if TYPE_CHECKING:
    from accounts.models import User


class SourceKind(models.TextChoices):
    """Where families hear of us; totals are counted by it."""

    SELF = "self", _("the family itself")
    NAV = "nav", _("NAV")
    REFUGEE_SERVICE = "refugee", _("refugee service")
    CHILD_WELFARE = "child_welfare", _("child welfare")
    HEALTH = "health", _("health station")
    SCHOOL = "school", _("school or kindergarten")
    VOLUNTEER_CENTRE = "volunteers", _("volunteer centre")
    SERVICE_DESK = "service_desk", _("service desk")
    CLUB = "club", _("club or association")
    MEDIA = "media", _("local media")
    OTHER = "other", _("somebody else")


class ReferralQuerySet(models.QuerySet["Referral"]):
    """Referrals, by who may see them."""

    def visible_to(self, user: "User") -> Self:
        """Who referred a family is confidential: those who may see the family see it, and the referrer her own."""
        own = Q(referred_by=user) if user.may(Permission.REFERRAL_VIEW_OWN) else Q(pk__in=[])
        return self.filter(own | Q(family__in=Family.objects.visible_to(user)))

    def made_by(self, user: "User") -> Self:
        return self.filter(referred_by=user)


@tracked
class Referral(Owned):
    """Somebody told us that a family wants to be contacted. Not the family's own wish to take part: that is `OwnWish`.

    `agreed_to_contact_on` is the day they said so. `named` is what the referrer wrote: she sees her own word for the
    family, also when it turns out to be known here by another. `once` names the form it came from: one is not received
    twice.
    """

    family = models.ForeignKey(Family, on_delete=models.CASCADE, related_name="referrals")
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="referrals")
    referred_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    source_kind = models.CharField(_("from"), max_length=15, choices=SourceKind.choices, blank=True)
    source = models.CharField(_("referred by"), max_length=120, blank=True)
    named = models.CharField(_("the family, as the referrer calls it"), max_length=150, blank=True)
    referred_on = models.DateField(_("referred"))
    agreed_to_contact = models.BooleanField(_("wants to be contacted"), default=False)
    agreed_to_contact_on = models.DateField(null=True, blank=True)
    referrer_sees_status = models.BooleanField(_("the referrer may see the status"), default=False)
    once = models.CharField(max_length=32, blank=True, editable=False)
    reason = models.TextField(_("what the family wishes for"), max_length=500, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ReferralQuerySet.as_manager()

    class Meta:
        ordering = ["referred_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "once"], condition=~Q(once=""), name="a_referral_is_received_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.referred_on}"
