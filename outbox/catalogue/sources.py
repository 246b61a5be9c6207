"""Our words in English, the source of all languages. Each kind: a subject, then lines.

The first line after the greeting says what it is about; the last is what we ask, if anything. A line that names
something not known is left out. Marked for the translators' tools by the keyword N_.
"""

from dataclasses import dataclass


def N_(text: str) -> str:
    return text


@dataclass(frozen=True)
class Line:
    """A sentence. `only`: "mail" or "sms" when it stands in one of them; `unless`: left out when that is known;
    `paragraph`: an empty line before it in the mail."""

    text: str
    only: str = ""
    unless: str = ""
    paragraph: bool = False


def last(text: str, *, only: str = "", unless: str = "") -> Line:
    """What is asked, or where to turn: a paragraph of its own."""
    return Line(text, only=only, unless=unless, paragraph=True)


GREETING = N_("Hi {name}")
SUBJECTS = {
    "invitation": N_("Invitation: {activity}, {day}"),
    "change": N_("New time or place: {activity}, {day}"),
    "cancellation": N_("Cancelled: {activity}, {day}"),
    "reminder": N_("Reminder: {activity}, {day}"),
    "welcome": N_("Welcome to SAMMEN"),
    "thanks": N_("Thank you for coming"),
    "vote": N_("Choose what we do together"),
    "code": N_("Your code for SAMMEN"),
    "check_in": N_("We are thinking of you"),
    "message": N_("Message from {host}"),
    "stopped": N_("No more text messages"),
    "stopped_mail": N_("No more text messages"),
}
KINDS = tuple(SUBJECTS)
NAMELESS = {"code"}  # nobody is known by name yet
WHEN = Line(N_("When: {day} at {clock}."))
WHERE = Line(N_("Where: {place}."))
DIRECTIONS = Line(N_("How to get there: {directions}."))
BRING = Line(N_("Bring: {bring}."))
PRACTICAL = (WHEN, WHERE, DIRECTIONS, BRING)
NO_MORE = Line(N_("You get no more text messages from us."))
BACK = last(N_("If you want them back, tell {host}: {phone}."))
ANSWER_HERE = last(N_("Answer here: {link}"))
LINES: dict[str, tuple[Line, ...]] = {
    "invitation": (
        Line(N_("You are invited: {activity}.")),
        *PRACTICAL,
        Line(N_("{host} meets you there.")),
        last(N_("Are you coming? Tell {host} by phone or text: {phone}."), unless="link"),
        ANSWER_HERE,
    ),
    "change": (
        Line(N_("New time or place for: {activity}.")),
        *PRACTICAL,
        last(N_("Can you still come? Tell {host} by phone or text: {phone}."), unless="link"),
        ANSWER_HERE,
    ),
    "cancellation": (
        Line(N_("Cancelled: {activity}, {day} at {clock}.")),
        last(N_("{host} will be in touch about the next time. Phone: {phone}.")),
    ),
    "reminder": (
        Line(N_("We look forward to seeing you: {activity}.")),
        *PRACTICAL,
        last(N_("If you cannot come, tell {host}: {phone}.")),
        last(N_("See more here: {link}")),
    ),
    "welcome": (
        Line(N_("This is SAMMEN in {municipality}. We write about gatherings with other families.")),
        Line(N_("Save this number as SAMMEN."), only="sms"),
        Line(N_("Save this address as SAMMEN."), only="mail"),
        last(N_("{host} is your contact. Phone: {phone}.")),
    ),
    "thanks": (
        Line(N_("Thank you for being with us.")),
        Line(N_("Next time: {day} at {time}, {spot}.")),
        Line(N_("You hear from us before the next time.")),
        Line("{host}, SAMMEN", only="sms"),
    ),
    "vote": (
        Line(N_("We choose together what to do.")),
        Line("{options}"),
        last(N_("Which do you like best? Tell {host} by phone or text: {phone}."), unless="link"),
        last(N_("Choose here: {link}")),
    ),
    "code": (
        Line(N_("{code} is your code for SAMMEN. It works for 15 minutes.")),
        Line(N_("If you did not ask for it, you need do nothing.")),
    ),
    "check_in": (
        Line(N_("It is a while since we talked, and we think of you.")),
        last(N_("Would you still like to take part? Tell {host} by phone or text: {phone}.")),
    ),
    "message": (
        Line(N_("Message from {host}:")),
        last("{words}"),
        last(N_("You reach {host} here: {phone}.")),
    ),
    "stopped": (
        NO_MORE,
        Line(N_("You are still welcome; {host} will call you instead.")),
        BACK,
    ),
    "stopped_mail": (
        NO_MORE,
        Line(N_("From now on we write to you by e-mail.")),
        BACK,
    ),
}
# With a link to the family's own page a text message says when and where, and the page the rest: one part in bokmål.
LINKED: dict[str, tuple[Line, ...]] = {
    "invitation": (Line(N_("You are invited: gathering {day} at {time}, {spot}.")), ANSWER_HERE),
    "change": (Line(N_("New time or place: gathering {day} at {time}, {spot}.")), ANSWER_HERE),
    "reminder": (Line(N_("Reminder: gathering {day} at {time}, {spot}.")), last(N_("See more here: {link}"))),
    "vote": (Line(N_("We choose together what to do.")), last(N_("Choose here: {link}"))),
}
GATHERING = N_("Gathering")  # all that a calendar says: whoever sees the phone learns nothing
UNTRANSLATED = {"{host}, SAMMEN", "{options}", "{words}"}


def messages() -> set[str]:
    """Every source string of the catalogue."""
    lines = {line.text for part in (LINES, LINKED) for kind in part.values() for line in kind}
    return {GREETING, GATHERING, *SUBJECTS.values(), *lines} - UNTRANSLATED
