"""What the worker runs. No content travels over the broker."""

from collections import defaultdict

from celery import shared_task
from django.db import connection

from outbox import clock
from outbox.delivery import sweep as send_what_is_due
from outbox.models import Pulse
from outbox.services.attempts import close_calls
from outbox.services.messages import nudge

MOST_CALLS = 500


@shared_task(name="outbox.sweep")
def sweep() -> int:
    """Send what is due. Run by the clock each ten seconds and after each promise; twice at once does no harm."""
    Pulse.objects.update_or_create(name="sweep", defaults={"at": clock.now()})
    return send_what_is_due(wake=nudge)


@shared_task(name="outbox.close_calls")
def close_calls_that_are_over() -> int:
    """Show calls that nobody made in time as failed; returns how many."""
    now = clock.now()
    over: dict[int, list[int]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute("select id, municipality_id from outbox_calls_over(%s, %s)", [now, MOST_CALLS])
        for pk, owner in cursor.fetchall():
            over[owner].append(pk)
    return sum(close_calls(owner=owner, ids=ids, now=now) for owner, ids in over.items())
