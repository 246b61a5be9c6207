"""The questions of an evaluation, in the order in which they are asked."""

from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Ready(TextChoices):
    """Whether the municipality goes on."""

    YES = "yes", _("Yes")
    NOT_YET = "not_yet", _("Not yet")
    NO = "no", _("No")


# Without these a round is not closed. The others are asked, and may have no answer.
NEEDED = ("worked", "did_not", "differently", "ready")

QUESTIONS: dict[str, Any] = {
    "worked": _("What went well, and why?"),
    "did_not": _("What went less well, and why?"),
    "differently": _("What will you do another way next time?"),
    "unexpected": _("What came as a surprise, and how can you be ready for it?"),
    "administration": _("Organisation, coordination, and who stood behind it"),
    "economy": _("Money"),
    "places": _("Places to meet, and getting there"),
    "recruitment": _("Finding the families"),
    "media": _("The local media"),
    "other": _("Anything else?"),
}
TEXTS = tuple(QUESTIONS)
FIELDS = (*TEXTS, "ready")
