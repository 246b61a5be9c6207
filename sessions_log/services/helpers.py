"""Who helps at a gathering, when somebody stops."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from planning.models import Volunteer
from sessions_log.models import Gathering, GatheringHelper


@transaction.atomic
def take_off(volunteer: Volunteer, on: date) -> None:
    """She has stopped: she is taken off what has not begun and comes after her last day, and each of these gatherings
    says that help is missing until its plan is saved again. Where she has helped, that stays."""
    planned = GatheringHelper.objects.filter(
        volunteer=volunteer, gathering__starts_at__gt=timezone.now(), gathering__cancelled_at__isnull=True
    )
    if on > timezone.localdate():
        planned = planned.filter(gathering__starts_at__date__gt=on)
    Gathering.objects.filter(pk__in=list(planned.values_list("gathering", flat=True))).update(lost_helper=volunteer)
    planned.delete()
