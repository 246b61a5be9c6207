"""The kinds of letters, registered by the rooms that write them (in `AppConfig.ready()`)."""

import copy
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from outbox.links import link_to, token_of
from outbox.models import Message
from outbox.rules.sms import whole_links
from outbox.texts import Text


def always(message: Message) -> str:
    """Nothing speaks against sending."""
    return ""


def nothing(message: Message) -> None:
    """Nothing more to do."""


@dataclass(frozen=True)
class Way:
    """A channel and the address on it. `silent`: the row keeps neither address nor text, for only few may know them."""

    channel: str
    address: str
    silent: bool = False

    def is_open_to(self, message: Message) -> bool:
        """Whether it was not tried yet, and there are words for it. A call needs none."""
        words = {Message.Channel.SMS: message.sms, Message.Channel.EMAIL: message.body}
        has_words = not message.is_rendered or bool(words.get(Message.Channel(self.channel), "call"))
        return has_words and self.channel not in {attempt["channel"] for attempt in message.tried}


def as_promised(message: Message) -> Sequence[Way]:
    """The one way that was promised."""
    return [Way(message.channel, message.address)]


def no_secrets(message: Message) -> Mapping[str, str]:
    """The body says all there is to say."""
    return {}


def rendered_already(message: Message) -> Text:
    raise LookupError(f"{message.kind} is never planned without a text")


@dataclass(frozen=True)
class LetterKind:
    """`still_wanted` is asked again when the message is claimed: "" to send, else why it is stopped, in plain words.
    `reach` gives the ways to the recipient of now, in her order; a call among them becomes somebody's task. `render`
    writes a planned message from what is true then. `on_failed` hears of one that will not arrive. `secrets` gives what
    the stored body only names (`{code}`): made again from the server's key at each hand-over, without asking the
    database, and never stored. `has_page`: its recipient has a page of her own, behind a personal link.
    """

    name: str
    still_wanted: Callable[[Message], str] = always
    render: Callable[[Message], Text] = rendered_already
    reach: Callable[[Message], Sequence[Way]] = as_promised
    on_failed: Callable[[Message], None] = nothing
    secrets: Callable[[Message], Mapping[str, str]] = no_secrets
    has_page: bool = False


KINDS: dict[str, LetterKind] = {}


def register(kind: LetterKind) -> None:
    KINDS[kind.name] = kind


def kind_of(message: Message) -> LetterKind:
    return KINDS.get(message.kind) or LetterKind(message.kind)


def has_page(kind: str) -> bool:
    """Whether letters of this kind lead to a page of the recipient's own."""
    return kind in KINDS and KINDS[kind].has_page


def own_link(message: Message) -> Mapping[str, str]:
    """The secret of a letter that leads to its recipient's own page, in the place of `{link}`."""
    return {"link": link_to(token_of(message.municipality_id, message.key))}


def next_way(message: Message) -> Way | None:
    """The first way of now that was not tried; None when there is none left."""
    return next((way for way in kind_of(message).reach(message) if way.is_open_to(message)), None)


def as_it_goes(message: Message) -> Message:
    """What the channel is given: the message itself, or a copy of it with its secrets in their places."""
    secrets = kind_of(message).secrets(message)
    if not secrets:
        return message
    filled = copy.copy(message)
    filled.body, filled.sms = put_in(message.body, secrets), whole_links(put_in(message.sms, secrets))
    return filled


def put_in(words: str, secrets: Mapping[str, str]) -> str:
    """The words with the secrets in their places."""
    for name, secret in secrets.items():
        words = words.replace(f"{{{name}}}", secret)
    return words
