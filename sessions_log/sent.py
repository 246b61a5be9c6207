"""What was promised about a gathering, as its page tells it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from families.models import Person
from outbox.models import Message
from outbox.queries import about as messages_about
from sessions_log.letters import CANCELLATION, CHANGE, INVITATION, REMINDER, about, recipient
from sessions_log.models import Gathering
from web.dates import clock, near_day

KINDS: dict[str, str | Promise] = {
    INVITATION: gettext_lazy("invitation"),
    CHANGE: gettext_lazy("change of plan"),
    CANCELLATION: gettext_lazy("cancellation"),
    REMINDER: gettext_lazy("reminder"),
}
COLORS = {"failed": "danger", "sent": "success", "delivered": "success"}


@dataclass(frozen=True)
class SentLetter:
    """A message with its kind, its state and its time in words."""

    message: Message
    kind: str
    words: str
    moment: str
    color: str


@dataclass(frozen=True)
class SentLetters:
    """All of a gathering's messages, and where they stand."""

    letters: list[SentLetter]
    on_the_way: int
    gone: int
    failed: int

    @property
    def under_way(self) -> bool:
        """Whether one that is due has not gone yet: the page looks again."""
        return self.on_the_way > 0


def sent_letters(gathering: Gathering, people: Iterable[Person], now: datetime) -> SentLetters:
    """Messages to these people, by recipient. A planned one says when it goes. One query."""
    hers = {recipient(person) for person in people}
    rows = [row for row in messages_about(about(gathering)) if row.recipient in hers]
    return SentLetters(
        letters=[
            SentLetter(
                row,
                str(KINDS.get(row.kind, row.kind)),
                str(row.get_state_display()),
                moment_of(row, now),
                COLORS.get(row.state, "neutral"),
            )
            for row in rows
        ],
        on_the_way=sum(row.is_under_way and row.due_at <= now and row.channel != "call" for row in rows),
        gone=sum(row.state in {"sent", "delivered"} for row in rows),
        failed=sum(row.state == "failed" for row in rows),
    )


def moment_of(message: Message, now: datetime) -> str:
    """When it goes, or went; "" for one that does neither."""
    if message.sent_at is not None:
        return f"{near_day(message.sent_at)} {clock(message.sent_at)}"
    if message.state == Message.State.QUEUED and message.due_at > now:
        return _("goes %(day)s %(time)s") % {"day": near_day(message.due_at), "time": clock(message.due_at)}
    return ""
