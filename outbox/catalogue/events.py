"""The calendar file that a mail brings along (RFC 5545, docs/adr/0015): when and where, and not a word more."""

from datetime import UTC
from email.utils import parseaddr
from hashlib import sha256

from django.conf import settings
from django.utils import timezone
from icalendar import Calendar, Event, vCalAddress, vText

from outbox.catalogue.facts import Facts, one_line
from outbox.catalogue.languages import translations
from outbox.catalogue.sources import GATHERING

# PUBLISH informs and asks for no answer: REQUEST would name the recipient to every calendar it is shared with, and
# send answers to an address that nobody reads.
METHODS = {"invitation": "PUBLISH", "change": "PUBLISH", "cancellation": "CANCEL"}


def uid_of(event: str) -> str:
    """One and the same for a gathering through all its changes; tells nothing by itself."""
    return f"{sha256(event.encode()).hexdigest()[:32]}@sammen.invalid"


def event_file(kind: str, language: str, facts: Facts) -> str:
    """The file for this kind of letter; "" when none goes along.

    Times are UTC: each calendar shows them by its own clock, right across the change to and from summer time.
    """
    if kind not in METHODS or not (facts.event and facts.starts_at and facts.ends_at):
        return ""
    method = METHODS[kind]
    organizer = vCalAddress(f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}")
    organizer.params["CN"] = vText("SAMMEN")
    event = Event()
    event.add("uid", uid_of(facts.event))
    event.add("sequence", facts.generation)
    event.add("dtstamp", timezone.now().astimezone(UTC))
    event.add("dtstart", facts.starts_at.astimezone(UTC))
    event.add("dtend", facts.ends_at.astimezone(UTC))
    event.add("summary", translations(language).gettext(GATHERING))
    event.add("location", ", ".join(filter(None, (one_line(facts.place), one_line(facts.address)))))
    event.add("organizer", organizer)
    event.add("status", "CANCELLED" if method == "CANCEL" else "CONFIRMED")
    event.add("class", "PRIVATE")
    calendar = Calendar()
    calendar.add("prodid", "-//SAMMEN//SAMMEN-familie//NO")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(event)
    return str(calendar.to_ical().decode())
