"""What the worker does for families."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from families.models import Upload
from families.services.joining import tidy_joining
from families.services.merging import forget_values
from families.services.tallies import forget_tallies
from municipalities.models import Municipality
from municipalities.tenancy import municipality

KEPT = timedelta(hours=24)


@shared_task(name="families.forget_uploads")
def forget_uploads() -> int:
    """Delete workbooks that nobody imported within 24 hours. Each municipality by itself: none sees across."""
    forgotten = 0
    for each in Municipality.objects.all():
        with municipality(each):
            forgotten += Upload.objects.filter(uploaded_at__lte=timezone.now() - KEPT).delete()[0]
    return forgotten


@shared_task(name="families.tidy_joining")
def tidy() -> int:
    """Forget what was never confirmed on the public form, and tallies whose time is out."""
    now = timezone.now()
    forget_tallies(now=now)
    return sum(tidy_joining(town=each, now=now) for each in Municipality.objects.all())


@shared_task(name="families.forget_merges")
def forget_merges() -> int:
    """What merges remember of people's values goes after 30 days. Each municipality by itself."""
    forgotten = 0
    for each in Municipality.objects.all():
        with municipality(each):
            forgotten += forget_values(now=timezone.now())
    return forgotten
