"""A mail: the same words in plain text and as a page, in the right language and direction, with its calendar file."""

import re
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from html.parser import HTMLParser
from typing import Any

import pytest
from icalendar import Calendar

from municipalities.models import Municipality
from outbox.catalogue import KINDS, LANGUAGES, Facts, render
from outbox.catalogue.events import event_file
from outbox.mails import mail_of
from outbox.models import Message
from outbox.rules.quiet_hours import OSLO
from tests.outbox.letters import FACTS, LINK
from web.languages import RIGHT_TO_LEFT


class Reader(HTMLParser):
    """The words of a page, each block on a line of its own, without its heading."""

    def __init__(self) -> None:
        super().__init__()
        self.text, self.inside = "", ""
        self.seen: list[tuple[str, dict[str, Any]]] = []

    def handle_starttag(self, name: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((name, dict(attrs)))
        if name not in {"a", "bdi", "meta"}:
            self.inside = name
        self.text += {"br": "\n", "p": "\n\n"}.get(name, "")
        if name == "br":
            self.inside = "p"

    def handle_data(self, data: str) -> None:
        if self.inside == "p":
            self.text += data.strip("\n")


def sent(kind: str, language: str, facts: Facts = FACTS) -> EmailMessage:
    """The mail as its recipient gets it."""
    text = render(kind, language, facts)
    message = Message(
        municipality=Municipality(pk=1),
        key=f"{kind}:4:2:17",
        kind=kind,
        language=language,
        address="amira@example.org",
        subject=text.subject,
        body=text.body,
        calendar=text.calendar,
    )
    parsed = message_from_bytes(mail_of(message).message().as_bytes(), policy=policy.default)
    assert isinstance(parsed, EmailMessage)
    return parsed


def page_of(mail: EmailMessage) -> str:
    body = mail.get_body(("html",))
    assert body is not None
    return str(body.get_content())


def plain_of(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content()).strip()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_both_say_the_same_in_the_same_language(kind: str, language: str) -> None:
    mail = sent(kind, language)
    reader = Reader()
    reader.feed(page_of(mail))
    assert reader.text.strip() == plain_of(mail)
    tag, direction = language.replace("_", "-"), "rtl" if language in RIGHT_TO_LEFT else "ltr"
    assert reader.seen[0] == ("html", {"lang": tag, "dir": direction})
    assert mail["Content-Language"] == tag
    assert [part.get_content_type() for part in mail.walk() if not part.is_multipart()] == [
        "text/plain",
        "text/html",
        *(["text/calendar"] if kind in {"invitation", "change", "cancellation"} else []),
    ]


def test_it_is_narrow_reflows_and_leaves_the_colours_to_the_reader() -> None:
    page = page_of(sent("invitation", "nb"))
    assert '<meta name="color-scheme" content="light dark">' in page
    assert "max-width:600px" in page
    assert re.findall(r"(?<!max-)width:\d|#[0-9a-f]{3,6}\b|rgb|background|(?<![-\w])color:", page) == []
    assert re.findall(r"https?://|<img|<script|<link", page) == []  # nothing is fetched, nobody is counted


def test_words_are_words_and_addresses_are_links() -> None:
    odd = Facts(words="<b>Hei</b> & {phone}\nhttps://example.org/a?b=1&c=2 ok", host="Ingrid", host_phone="1")
    page = page_of(sent("message", "nb", odd))
    assert "&lt;b&gt;Hei&lt;/b&gt; &amp; {phone}<br>" in page
    link = "https://example.org/a?b=1&amp;c=2"
    assert f'<bdi><a href="{link}">{link}</a></bdi> ok' in page


def test_a_link_in_a_letter_from_the_right_is_a_link() -> None:
    facts = Facts(**{**FACTS.__dict__, "link": LINK})
    assert f'\u2066<bdi><a href="{LINK}">{LINK}</a></bdi> \u2069' in page_of(sent("invitation", "ar", facts))


def calendar_of(mail: EmailMessage) -> tuple[Any, EmailMessage]:
    part = next(part for part in mail.walk() if part.get_content_type() == "text/calendar")
    assert isinstance(part, EmailMessage)
    calendar = Calendar.from_ical(part.get_content())
    (event,) = calendar.walk("VEVENT")
    assert calendar["METHOD"] == part["Content-Type"].params["method"]
    return event, part


def test_the_calendar_file_says_when_and_where_and_nothing_else() -> None:
    event, part = calendar_of(sent("invitation", "nb"))
    assert part.get_filename() == "samling.ics"
    assert {str(name): event.decoded(name) for name in event if name not in {"DTSTAMP", "UID", "ORGANIZER"}} == {
        "SUMMARY": "Samling",
        "DTSTART": datetime(2026, 11, 26, 15, 30, tzinfo=UTC),
        "DTEND": datetime(2026, 11, 26, 17, 30, tzinfo=UTC),
        "SEQUENCE": 2,
        "CLASS": "PRIVATE",
        "LOCATION": "Bjørkehuset, Skolegata 4",
        "STATUS": "CONFIRMED",
    }
    assert event["ORGANIZER"] == "mailto:sammen@example.org"
    assert "ATTENDEE" not in event


def test_a_change_replaces_it_and_a_cancellation_takes_it_away() -> None:
    first, _part = calendar_of(sent("invitation", "nb"))
    moved, _part = calendar_of(sent("change", "ar", Facts(**{**FACTS.__dict__, "generation": 3})))
    ended, _part = calendar_of(sent("cancellation", "so", Facts(**{**FACTS.__dict__, "generation": 3})))
    other, _part = calendar_of(sent("invitation", "nb", Facts(**{**FACTS.__dict__, "event": "1:gathering:5"})))
    assert first["UID"] == moved["UID"] == ended["UID"] != other["UID"]
    assert [event["SEQUENCE"] for event in (first, moved, ended)] == [2, 3, 3]
    assert [str(event["STATUS"]) for event in (first, moved, ended)] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]


@pytest.mark.parametrize("day", [date(2027, 3, 27), date(2027, 3, 28), date(2027, 10, 31), date(2028, 2, 29)])
def test_the_hour_is_that_of_the_clock_in_norway(day: date) -> None:
    """On both sides of the nights when the clock is moved."""
    start = datetime(day.year, day.month, day.day, 16, 30, tzinfo=OSLO)
    facts = Facts(starts_at=start, ends_at=start + timedelta(hours=2), event="x")
    (event,) = Calendar.from_ical(event_file("invitation", "nb", facts)).walk("VEVENT")
    local = event.decoded("DTSTART").astimezone(OSLO)
    assert (local.date(), local.hour, local.minute) == (day, 16, 30)


def test_long_and_odd_places_are_folded_and_escaped() -> None:
    place = "Bjørkehuset; «Storstua», 2. etasje\\venstre, " + "ø" * 90
    written = event_file("invitation", "nb", Facts(**{**FACTS.__dict__, "place": place, "address": ""}))
    assert max(len(line.encode()) for line in written.split("\r\n")) <= 75
    (event,) = Calendar.from_ical(written).walk("VEVENT")
    assert str(event["LOCATION"]) == place
