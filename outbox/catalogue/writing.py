"""From words and facts to a letter: as a mail, as a text message, and as a calendar file.

Our words and a municipality's own go the same way: both are templates, filled in once, so that nothing in a fact is
ever taken for a placeholder.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from outbox.catalogue.events import event_file
from outbox.catalogue.facts import Facts, words_of
from outbox.catalogue.languages import letter_language, translations
from outbox.catalogue.sources import GREETING, LINES, LINKED, NAMELESS, SUBJECTS, Line
from outbox.rules.sms import whole_links
from outbox.texts import Text

PLACEHOLDER = re.compile(r"\{(\w+)\}")
DEAR_SIGNS = str.maketrans("–—“”«»’…", '--""""\'.')


@dataclass(frozen=True)
class Template:
    """The words of a letter, `{name}` and the like for facts. A line that names something not known is left out; the
    lines of `sms` become one text."""

    subject: str
    body: str
    sms: str

    @property
    def digest(self) -> str:
        """The same for the same words, and no others."""
        return sha256("\0".join((self.subject, self.body, self.sms)).encode()).hexdigest()


def without_dear_signs(text: str) -> str:
    """A text message without the dashes and quotes that halve the room of each part."""
    return text.translate(DEAR_SIGNS)


def ours(kind: str, language: str, *, linked: bool = False) -> Template:
    """Our words. `linked`: there is a page of the family's own, so that a text message need not carry everything."""
    say = translations(language).gettext
    lines = [line for line in LINES[kind] if (line.unless != "link" if linked else "{link}" not in line.text)]
    short: tuple[Line, ...] | list[Line] = LINKED[kind] if linked and kind in LINKED else lines
    body = "".join(
        f"\n\n{say(line.text)}" if line.paragraph or n == 0 else f"\n{say(line.text)}"
        for n, line in enumerate(line for line in lines if line.only != "sms")
    )
    sms = [say(line.text) for line in short if line.only != "mail"]
    if kind in NAMELESS:
        return Template(say(SUBJECTS[kind]), f"{body}\n\nSAMMEN".strip(), "\n".join(sms))
    greeting = say(GREETING)
    return Template(say(SUBJECTS[kind]), f"{greeting}{body}\n\n{{host}}\nSAMMEN", "\n".join([f"{greeting}.", *sms]))


def lines_of(text: str, words: Mapping[str, str]) -> list[str]:
    """The lines with their facts in place, without those that name something not known."""
    return [
        PLACEHOLDER.sub(lambda found: words.get(found[1], found[0]), line)
        for line in text.splitlines()
        if all(words.get(name, name) for name in PLACEHOLDER.findall(line))
    ]


def fill(template: Template, facts: Facts, language: str) -> Text:
    """The template with these facts, as a mail and as a text message."""
    roomy, tight = words_of(facts, language, lines=True), words_of(facts, language, lines=False)
    subject = " ".join(PLACEHOLDER.sub(lambda found: tight.get(found[1], found[0]), template.subject).split())
    body = re.sub(r"\n{3,}", "\n\n", "\n".join(lines_of(template.body, roomy))).strip()
    sms = " ".join(line for line in lines_of(template.sms, tight) if line.strip())
    return Text(subject=subject, body=body, sms=whole_links(without_dear_signs(sms)))


def render(kind: str, language: str, facts: Facts, own: Template | None = None) -> Text:
    """A letter of this kind in the language (or the one it falls back to); `own`: the municipality's words for it."""
    language = letter_language(language)
    text = fill(own or ours(kind, language, linked=bool(facts.link)), facts, language)
    return Text(text.subject, text.body, text.sms, event_file(kind, language, facts))
