"""The Oslo Social Support Scale: how large a network is, before and after."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from audit.history import tracked
from families.models.participations import Participation
from families.models.people import Person
from municipalities.models import Owned


class Moment(models.TextChoices):
    BEFORE = "before", _("first conversation")
    AFTER = "after", _("exit interview")


@tracked
class SupportAnswer(Owned):
    """An adult's three voluntary answers at one moment of a round; `total` is their sum, 3 to 14.

    3–8 poor, 9–11 moderate, 12–14 strong support. Source: OSSS-3, Dalgard et al.; Kocalevent et al. 2018,
    BMC Psychology 6:31.
    """

    participation = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="support_answers")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="support_answers")
    moment = models.CharField(max_length=6, choices=Moment.choices)
    close = models.PositiveSmallIntegerField(_("people to count on"))
    concern = models.PositiveSmallIntegerField(_("interest from others"))
    help = models.PositiveSmallIntegerField(_("practical help from neighbours"))
    total = models.GeneratedField(
        expression=F("close") + F("concern") + F("help"),
        output_field=models.PositiveSmallIntegerField(),
        db_persist=True,
    )
    answered_on = models.DateField(_("answered"))
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["participation", "person", "moment"], name="support_is_answered_once_a_moment"
            ),
            models.CheckConstraint(
                condition=Q(close__range=(1, 4)) & Q(concern__range=(1, 5)) & Q(help__range=(1, 5)),
                name="support_answers_are_on_the_scale",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.moment}: {self.total}"
