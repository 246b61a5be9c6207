"""The five steps of a round, and the sixth that makes the next round better."""

from django.db.models import IntegerChoices
from django.utils.translation import gettext_lazy as _


class Step(IntegerChoices):
    """In the order in which a municipality takes them."""

    PLANNING = 1, _("Planning")
    RECRUITMENT = 2, _("Recruitment")
    KICK_OFF = 3, _("Kick-off")
    GATHERINGS = 4, _("Gatherings")
    CLOSING = 5, _("Closing party")
    REPEAT = 6, _("Evaluate and repeat")
