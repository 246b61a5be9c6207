"""What the worker runs. No content travels over the broker."""

from celery import shared_task
from django.utils import timezone

from outbox.delivery import sweep as send_what_is_due
from outbox.models import Pulse


@shared_task(name="outbox.sweep")
def sweep() -> int:
    """Send what is due. Run by the clock each ten seconds and after each promise; twice at once does no harm."""
    Pulse.objects.update_or_create(name="sweep", defaults={"at": timezone.now()})
    return send_what_is_due()
