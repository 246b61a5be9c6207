"""Questions about promises."""

from datetime import datetime

from django.db import connection

from municipalities.models import Municipality, QuietDay
from outbox.models import Message, Pulse
from outbox.rules.quiet_hours import Quiet


def about(subject: str) -> list[Message]:
    """Every message about something ("gathering:4"), by recipient and time."""
    return list(Message.objects.filter(about=subject).order_by("recipient_name", "recipient", "created_at", "pk"))


def quiet_of(town: Municipality) -> Quiet:
    """When the municipality sends nothing. One query."""
    days = QuietDay.objects.filter(municipality=town).values_list("day", flat=True)
    return Quiet(town.quiet_from, town.quiet_to, town.quiet_on_holidays, frozenset(days))


def oldest_due(now: datetime) -> float | None:
    """Seconds since the oldest unsent message fell due, in all municipalities together; None when nothing waits."""
    with connection.cursor() as cursor:
        cursor.execute("select outbox_oldest_due(%s)", [now])
        row = cursor.fetchone()
    return max(0.0, (now - row[0]).total_seconds()) if row and row[0] else None


def last_pulse(now: datetime) -> float | None:
    """Seconds since the sweep last ran; None when it never did."""
    pulse = Pulse.objects.filter(name="sweep").first()
    return (now - pulse.at).total_seconds() if pulse else None
