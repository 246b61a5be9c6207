"""The words a municipality uses: its own where it has written them, else ours, and who has read them."""

from dataclasses import dataclass

from outbox.catalogue import CHECKED, Facts, Template, letter_language, ours, render
from outbox.letters import has_page
from outbox.models import SignOff, Wording
from outbox.texts import Text


def our_words(kind: str, language: str) -> Template:
    """What we say: with the link where there is a page that it leads to."""
    return ours(kind, language, linked=has_page(kind))


@dataclass(frozen=True)
class Wordings:
    """Own words by kind and language; sign-offs as (kind, language, digest)."""

    own: dict[tuple[str, str], Template]
    signed: frozenset[tuple[str, str, str]]

    def template(self, kind: str, language: str) -> Template:
        return self.own.get((kind, language)) or our_words(kind, language)

    def render(self, kind: str, language: str, facts: Facts) -> Text:
        """The letter in the municipality's words, in this language or the one it falls back to."""
        language = letter_language(language)
        return render(kind, language, facts, self.own.get((kind, language)))

    def is_checked(self, kind: str, language: str) -> bool:
        """Whether somebody who speaks the language has read these very words: we did, or a sign-off says so."""
        language = letter_language(language)
        return language in CHECKED or (kind, language, self.template(kind, language).digest) in self.signed


def wordings(*kinds: str) -> Wordings:
    """The active municipality's words for these kinds, to write with. One query."""
    rows = Wording.objects.filter(kind__in=kinds)
    own = {(row.kind, row.language): Template(row.subject, row.body, row.sms) for row in rows}
    return Wordings(own, frozenset())


def read_wordings(*kinds: str) -> Wordings:
    """The same with who has read them, to look at. Two queries."""
    signed = SignOff.objects.filter(kind__in=kinds).values_list("kind", "language", "digest")
    return Wordings(wordings(*kinds).own, frozenset(signed))
