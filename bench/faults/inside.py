"""What the harness promises; run inside `manage.py shell`."""

from contextlib import nullcontext
from datetime import UTC, datetime, timedelta

import time_machine

from municipalities.models import Municipality
from municipalities.tenancy import municipality
from outbox.services import enqueue
from outbox.texts import Text

TEXT = Text(subject="Torsdag baker vi brød", body="Hei\n\nVi baker brød på torsdag.\n", sms="Hei. Vi baker brød.")


def promise(prefix: str, count: int, kind: str, channels: str, off: float, wait: float, useful: float) -> None:
    """So many messages in one transaction, in turn by each of the channels ("email,sms"), for `wait` seconds from now;
    on a machine whose clock is `off` by so many. After `useful` seconds, if any, they are of no use."""
    due_at = datetime.now(UTC) + timedelta(seconds=wait or off)  # what is to go later was chosen by a person
    with time_machine.travel(datetime.now(UTC) + timedelta(seconds=off), tick=True) if off else nullcontext():
        enter(prefix, count, kind, channels, due_at, due_at + timedelta(seconds=useful) if useful else None)


def enter(prefix: str, count: int, kind: str, channels: str, due_at: datetime, until: datetime | None) -> None:
    town, _made = Municipality.objects.get_or_create(number="9901", defaults={"name": "Lillevik"})
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
                due_at=due_at,
                useful_until=until,
                text=TEXT,
                municipality=town,
                by=None,
                passes_quiet_hours=True,
            )


def prefix_number(prefix: str, number: int) -> str:
    """Eight digits of a series that nobody has."""
    return f"4{sum(map(ord, prefix)) % 100:02}{number:05}"
