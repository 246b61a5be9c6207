"""A letter before it goes, as staff may see it: where its recipient's link stands, and never the link itself."""

from dataclasses import replace

from outbox.letters import has_page, put_in
from outbox.links import STANDS, link_to
from outbox.rules.sms import Parts, parts, whole_links
from outbox.texts import Text

SHOWN = "…"
AS_LONG = "x" * 22  # each token takes the room of these, in every alphabet


def as_shown(kind: str, text: Text) -> Text:
    """The letter with the beginning of the address, which is the same for all."""
    if not has_page(kind):
        return text
    link = {"link": link_to(SHOWN)}
    return replace(text, body=put_in(text.body, link), sms=put_in(text.sms, link))


def parts_of(kind: str, text: Text) -> Parts:
    """The parts of the text message as it will go, with a link as long as the real one, and whole."""
    return parts(whole_links(put_in(text.sms, {"link": link_to(AS_LONG)} if has_page(kind) else {})))


def names_link(kind: str, text: Text) -> bool:
    """Whether the letter says its recipient's link."""
    return has_page(kind) and any(STANDS in words for words in (text.body, text.sms))
