"""What the outbox's benchmark promises; run inside `manage.py shell`."""

import sys
import time

from django.utils import timezone

from municipalities.models import Municipality
from municipalities.tenancy import municipality
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
        sys.stdout.write(str(time.time()))
