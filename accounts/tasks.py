"""What the worker does once a day for the people of each municipality."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from accounts.services.drafts import forget_old_drafts
from accounts.services.roles import follow_roles, forget_certificates
from municipalities.models import Municipality
from municipalities.tenancy import municipality

DRAFTS_KEPT = timedelta(days=30)


@shared_task(name="accounts.forget_certificates")
def forget_ended_certificates() -> int:
    """Let certificates end with their roles, and be gone a while after. Each municipality by itself."""
    gone = 0
    today = timezone.localdate()
    for each in Municipality.objects.all():
        with municipality(each):
            follow_roles(municipality=each, today=today)
            gone += forget_certificates(municipality=each, today=today)
    return gone


@shared_task(name="accounts.forget_drafts")
def forget_drafts() -> int:
    """Forget drafts that nobody has come back to for 30 days. Each municipality by itself."""
    before = timezone.now() - DRAFTS_KEPT
    forgotten = 0
    for each in Municipality.objects.all():
        with municipality(each):
            forgotten += forget_old_drafts(before=before)
    return forgotten
