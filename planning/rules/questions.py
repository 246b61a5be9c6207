"""What SOS-barnebyer can be asked about."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

LETTER = "question_to_sos"  # the kind of letter


class Topic(TextChoices):
    """In the order of the steps."""

    PLAN = "plan", _("the plan")
    RECRUIT = "recruit", _("finding families")
    ACTIVITIES = "activities", _("activities")
    MEDIA = "media", _("the media, and from which angle")
    OTHER = "other", _("something else")
