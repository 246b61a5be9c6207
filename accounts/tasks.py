"""What the worker does for people with an account."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from accounts.services.drafts import forget_old_drafts
from municipalities.models import Municipality
from municipalities.tenancy import municipality

DRAFTS_KEPT = timedelta(days=30)


@shared_task(name="accounts.forget_drafts")
def forget_drafts() -> int:
    """Forget drafts that nobody has come back to for 30 days. Each municipality by itself."""
    before = timezone.now() - DRAFTS_KEPT
    forgotten = 0
    for each in Municipality.objects.all():
        with municipality(each):
            forgotten += forget_old_drafts(before=before)
    return forgotten
