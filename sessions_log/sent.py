"""What was promised to families, as pages tell it: where each message stands, and what can be done about it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from families.models import Person
from outbox.models import Message
from outbox.queries import about as messages_about
from outbox.rules.overdue import is_overdue
from sessions_log.letters import CANCELLATION, CHANGE, INVITATION, REMINDER, about, recipient
from sessions_log.models import Gathering
from web.dates import clock, near_day

State, Channel = Message.State, Message.Channel
KINDS: dict[str, str | Promise] = {
    INVITATION: gettext_lazy("invitation"),
    CHANGE: gettext_lazy("change of plan"),
    CANCELLATION: gettext_lazy("cancellation"),
    REMINDER: gettext_lazy("reminder"),
}
COLORS = {"failed": "danger", "sent": "success", "delivered": "success"}
CALL_WORDS: dict[str, str | Promise] = {
    State.QUEUED: gettext_lazy("to be called"),
    State.SENT: gettext_lazy("word left"),
    State.DELIVERED: gettext_lazy("called"),
}


@dataclass(frozen=True)
class SentLetter:
    """A message with its kind, its state and its time in words; `reasons`: why it did not go as it was meant to."""

    message: Message
    person: Person
    kind: str
    words: str
    moment: str
    color: str
    reasons: list[str]
    is_late: bool

    @property
    def may_be_tried(self) -> bool:
        return self.message.state == State.FAILED

    @property
    def may_be_called(self) -> bool:
        """Call instead: it failed, or it should have gone long ago."""
        return bool(self.person.phone) and (self.message.state == State.FAILED or self.is_late)

    @property
    def has_open_link(self) -> bool:
        """Whether what went leads to the family's own page."""
        row = self.message
        has_gone = row.state in {State.SENT, State.DELIVERED} and row.channel != Channel.CALL
        return has_gone and bool(row.link_hash) and row.link_ended_at is None

    @property
    def waits_for_a_call(self) -> bool:
        return self.message.channel == Channel.CALL and self.message.state == State.QUEUED


@dataclass(frozen=True)
class SentLetters:
    """Messages of one page, and where they stand."""

    letters: list[SentLetter]
    on_the_way: int
    gone: int
    planned: int
    failed: int
    late: int
    to_call: int

    @property
    def under_way(self) -> bool:
        """Whether one that is due has not gone yet: the page looks again."""
        return self.on_the_way > 0

    @property
    def needs_somebody(self) -> int:
        """How many wait for a person."""
        return self.failed + self.late + self.to_call


def sent_letters(gathering: Gathering, people: Iterable[Person], now: datetime) -> SentLetters:
    """Messages about a gathering to these people, by recipient. A planned one says when it goes. One query."""
    return told(messages_about(about(gathering)), people, now)


def told(
    messages: Iterable[Message], people: Iterable[Person], now: datetime, kinds: Mapping[str, str | Promise] = KINDS
) -> SentLetters:
    """Those of the messages that go to these people. No query."""
    hers = {recipient(person): person for person in people}
    letters = [letter(row, hers[row.recipient], now, kinds) for row in messages if row.recipient in hers]
    rows = [each.message for each in letters]
    return SentLetters(
        letters=letters,
        on_the_way=sum(
            row.is_under_way and row.due_at <= now and row.channel != Channel.CALL and not is_overdue(row, now)
            for row in rows
        ),
        gone=sum(row.state in {State.SENT, State.DELIVERED} for row in rows),
        planned=sum(row.state == State.QUEUED and row.due_at > now for row in rows),
        failed=sum(row.state == State.FAILED for row in rows),
        late=sum(each.is_late for each in letters),
        to_call=sum(each.waits_for_a_call and each.message.due_at <= now for each in letters),
    )


def letter(row: Message, person: Person, now: datetime, kinds: Mapping[str, str | Promise] = KINDS) -> SentLetter:
    late = is_overdue(row, now)
    return SentLetter(
        message=row,
        person=person,
        kind=str(kinds.get(row.kind, row.kind)),
        words=str(_("late") if late else state_of(row)),
        moment=moment_of(row, now),
        color="warning" if late else COLORS.get(row.state, "neutral"),
        reasons=reasons_of(row),
        is_late=late,
    )


def state_of(message: Message) -> str:
    """«planned», «sent», «to be called» …"""
    called = CALL_WORDS.get(message.state) if message.channel == Channel.CALL else None
    return str(called or message.get_state_display())


def reasons_of(message: Message) -> list[str]:
    """What went wrong, oldest first: «Text message: The number was not accepted.»"""
    before = [
        f"{str(Channel(each['channel']).label).capitalize()}: {each['error']}"
        for each in message.tried
        if each.get("error") and each.get("channel") in Channel.values
    ]
    return [*before, *([message.error] if message.error else [])]


def moment_of(message: Message, now: datetime) -> str:
    """When it goes, or went; "" for one that does neither."""
    if message.sent_at is not None:
        return f"{near_day(message.sent_at)} {clock(message.sent_at)}"
    if message.state != State.QUEUED or is_overdue(message, now):
        return ""
    when = {"day": near_day(message.due_at), "time": clock(message.due_at)}
    if message.channel == Channel.CALL:
        return _("from %(day)s %(time)s") % when if message.due_at > now else ""
    return _("goes %(day)s %(time)s") % when if message.due_at > now else ""
