"""What the outbox's benchmark promises; run inside `manage.py shell`."""

import statistics
import sys
import time

from django.db import connections
from django.utils import timezone

from municipalities.models import Municipality
from municipalities.tenancy import municipality
from outbox.delivery import sweep
from outbox.services import enqueue
from outbox.texts import Text


def promise(prefix: str, count: int) -> None:
    """So many e-mails in one transaction; says the moment before its commit."""
    town = Municipality.objects.get(number="9901")
    body = "Hei\n\nVi baker brød fra seks kjøkken på Bjørkehuset.\n" * 4
    with municipality(town):
        for number in range(count):
            enqueue(
                key=f"bench:{prefix}:{number}",
                kind="bench",
                channel="email",
                address=f"{prefix}{number}@example.org",
                recipient=f"person:{prefix}{number}",
                recipient_name="Prøve",
                about=f"bench:{prefix}",
                language="nb",
                due_at=timezone.now(),
                text=Text(subject="Torsdag baker vi brød sammen", sms="", body=body),
                municipality=town,
                by=None,
                passes_quiet_hours=True,
            )
        sys.stdout.write(f"{time.time()} ")


def one_by_one(prefix: str, count: int) -> None:
    """Each in a transaction of its own, a little apart; says the moment before each commit."""
    for number in range(count):
        promise(f"{prefix}{number}x", 1)
        time.sleep(0.4)


OLD = """
    insert into outbox_message (municipality_id, key, kind, channel, address, tried, recipient, recipient_name, about,
        language, subject, body, sms, calendar, is_rendered, passes_quiet_hours, due_at, state, attempts, crashes,
        error, sent_at, provider_id, created_at)
    select %s, 'old:' || n, 'old', 'email', 'old@example.org', '[]', 'person:' || n, '', 'gathering:' || n %% 5000,
        'nb', '', '', '', '', true, false, now() - n * interval '1 minute', 'sent', 1, 0,
        '', now() - n * interval '1 minute', 'old:' || n, now()
    from generate_series((select count(*) from outbox_message where kind = 'old') + 1, %s) n
"""


def sweep_among(old: int) -> None:
    """Fill up to so many old messages, then say how long a sweep of a hundred takes, the median of nine."""
    town = Municipality.objects.get(number="9901")
    with connections["owner"].cursor() as cursor:
        cursor.execute(OLD, [town.pk, old])
        cursor.execute("analyze outbox_message")
    taken = []
    for number in range(9):
        promise(f"among{old}x{number}y", 100)
        began = time.perf_counter()
        sweep()
        taken.append(time.perf_counter() - began)
    sys.stdout.write(str(statistics.median(taken)))
