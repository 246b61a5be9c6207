"""Consents: one purpose each, given and withdrawn with the same number of clicks."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from audit.history import tracked
from families.models.families import Family
from families.models.people import Person
from municipalities.models import Owned


class Purpose(models.TextChoices):
    """What a family can say yes to, apart from taking part (that is `OwnWish`)."""

    SMS = "sms", _("text messages")
    SHARE_CONTACT = "share_contact", _("sharing phone numbers in the group")
    PHOTO = "photo", _("photos")
    INVITE_AGAIN = "invite_again", _("being asked again later")
    REFERRER_STATUS = "referrer_status", _("the referrer sees the status")


class How(models.TextChoices):
    SPOKEN = "spoken", _("said it")
    WRITTEN = "written", _("in writing")
    OWN_PAGE = "own_page", _("on their own page")


class ConsentQuerySet(models.QuerySet["Consent"]):
    """Consents of families."""

    def standing(self) -> Self:
        return self.filter(withdrawn_at__isnull=True)

    def to(self, purpose: str) -> Self:
        return self.standing().filter(purpose=purpose)


@tracked
class Consent(Owned):
    """Who said yes to what, to which version of the text, in which language, when and how.

    `person` is whom it is about; `given_by` the adult who said it: the same, or a parent for a child. The text of a
    version stands in `rules.consents`.
    """

    family = models.ForeignKey(Family, on_delete=models.CASCADE, related_name="consents")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consents", null=True, blank=True)
    given_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=16, choices=Purpose.choices)
    text_version = models.CharField(max_length=20)
    language = models.CharField(max_length=8)
    how = models.CharField(max_length=10, choices=How.choices, default=How.SPOKEN)
    given_at = models.DateTimeField()
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawal_noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    objects = ConsentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["family", "purpose", "person"],
                condition=Q(withdrawn_at__isnull=True),
                nulls_distinct=False,
                name="one_standing_consent_per_purpose",
            )
        ]

    def __str__(self) -> str:
        return str(Purpose(self.purpose).label)
