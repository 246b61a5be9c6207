"""What the worker does about gatherings by itself."""

from collections import defaultdict
from datetime import timedelta

from celery import shared_task
from django.db import connection

from municipalities.tenancy import municipality
from outbox import clock
from sessions_log.services.reminders import ask_for_summary

ASK_AFTER = timedelta(hours=24)


@shared_task(name="sessions_log.ask_for_summaries")
def ask_for_summaries() -> int:
    """Remind the coordinator of each summary that is missing 24 hours after the end, once; returns how many."""
    now = clock.now()
    missing: dict[int, list[int]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute("select id, municipality_id from sessions_log_summaries_to_ask_for(%s)", [now - ASK_AFTER])
        for pk, owner in cursor.fetchall():
            missing[owner].append(pk)
    asked = 0
    for owner, ids in missing.items():
        with municipality(owner):
            asked += sum(ask_for_summary(gathering_id=pk, now=now) for pk in ids)
    return asked
