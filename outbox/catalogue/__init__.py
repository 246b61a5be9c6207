"""What families get, each in their language: a catalogue of its own, `locale/letters/`.

Plain words, one question a letter, the recipient's first name at most. What the coordinator wrote (activity,
directions, what to bring, a message) stands as she wrote it: nothing is translated by a machine.
"""

from outbox.catalogue.facts import Facts
from outbox.catalogue.languages import CHECKED, LANGUAGES, is_checked, isolated, letter_language
from outbox.catalogue.sources import KINDS, messages
from outbox.catalogue.writing import Template, ours, render, without_dear_signs

__all__ = [
    "CHECKED",
    "KINDS",
    "LANGUAGES",
    "Facts",
    "Template",
    "is_checked",
    "isolated",
    "letter_language",
    "messages",
    "ours",
    "render",
    "without_dear_signs",
]
