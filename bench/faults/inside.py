"""What the harness promises; run inside `manage.py shell`."""

from django.utils import timezone

from municipalities.models import Municipality
from municipalities.tenancy import municipality
from outbox.services import enqueue
from outbox.texts import Text

TEXT = Text(subject="Torsdag baker vi brød", body="Hei\n\nVi baker brød på torsdag.\n", sms="Hei. Vi baker brød.")


def promise(prefix: str, count: int, kind: str, channels: str) -> None:
    """So many messages in one transaction, in turn by each of the channels ("email,sms")."""
    town = Municipality.objects.get(number="9901")
    ways = channels.split(",")
    Municipality.objects.filter(pk=town.pk).update(quiet_from="00:00", quiet_to="00:00")
    with municipality(town):
        for number in range(count):
            way = ways[number % len(ways)]
            enqueue(
                key=f"{kind}:{prefix}:{number}",
                kind=kind,
                channel=way,
                address=f"{prefix}{number}@example.org" if way == "email" else f"+47{prefix_number(prefix, number)}",
                recipient=f"person:{prefix}{number}",
                recipient_name="Prøve",
                about=f"fault:{prefix}",
                language="nb",
                due_at=timezone.now(),
                text=TEXT,
                municipality=town,
                by=None,
                passes_quiet_hours=True,
            )


def prefix_number(prefix: str, number: int) -> str:
    """Eight digits of a series that nobody has."""
    return f"4{sum(map(ord, prefix)) % 100:02}{number:05}"
