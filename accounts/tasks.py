"""What the worker does once a day for the people of each municipality."""

from celery import shared_task
from django.utils import timezone

from accounts.services.roles import follow_roles, forget_certificates
from municipalities.models import Municipality
from municipalities.tenancy import municipality


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
