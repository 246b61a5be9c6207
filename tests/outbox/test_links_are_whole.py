"""An address is never split between two parts of a text message, where a part can hold it."""

from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from outbox.catalogue import KINDS, LANGUAGES, render
from outbox.letters import KINDS as REGISTERED
from outbox.letters import LetterKind, as_it_goes, register
from outbox.models import Message
from outbox.rules.sms import BASIC, EXTENSION, LINK, whole_links
from tests.outbox.letters import FACTS
from tests.outbox.letters import LINK as PAGE

LATIN = st.text(st.sampled_from(sorted(BASIC | EXTENSION)), max_size=200)
OTHER = st.text(st.sampled_from("ابتሀለабв😀 .،ê"), max_size=120)
ADDRESS = st.builds(
    "https://{}/{}".format,
    st.sampled_from(["sammen.example.org", "s.example.org", "sammen.lillevik.example.org"]),
    st.text(st.sampled_from("abcdefghijklmnopqrstuvwxyzABCDEF0123456789-_~"), min_size=1, max_size=60),
)


def cut(text: str) -> list[str]:
    """The parts as a network cuts them, letter by letter."""
    gsm = all(letter in BASIC or letter in EXTENSION for letter in text)
    weights = [2 if (letter in EXTENSION if gsm else ord(letter) > 0xFFFF) else 1 for letter in text]
    if sum(weights) <= (160 if gsm else 70):
        return [text]
    room, laid, free = (153 if gsm else 67), [""], 153 if gsm else 67
    for letter, weight in zip(text, weights, strict=True):
        if weight > free:
            laid.append("")
            free = room
        laid[-1] += letter
        free -= weight
    return laid


def broken(text: str) -> list[str]:
    """Addresses that a part could hold and none holds."""
    gsm = all(letter in BASIC or letter in EXTENSION for letter in text)
    borders, at = set(), 0
    for part in cut(text):
        at += len(part)
        borders.add(at)
    return [
        found[0]
        for found in LINK.finditer(text)
        if sum(2 if gsm and letter in EXTENSION else 1 for letter in found[0]) <= (153 if gsm else 67)
        and any(found.start() < border < found.end() for border in borders)
    ]


@given(st.lists(st.one_of(LATIN, OTHER, ADDRESS.map(" {} ".format)), max_size=7).map("".join))
@example("a" * 140 + " https://s.example.org/abcdefghij")
@example("a" * 152 + "~ https://s.example.org/" + "~" * 30 + " " + "b" * 160)
@example("ا" * 50 + " \u2066https://s.example.org/abcdefghijkl \u2069")
def test_no_address_is_split_and_nothing_else_changes(text: str) -> None:
    mended = whole_links(text)
    assert broken(mended) == []
    assert mended.replace(" ", "") == text.replace(" ", "")
    assert whole_links(mended) == mended
    if not broken(text):
        assert mended == text


def test_an_address_longer_than_a_part_stays_as_it_is() -> None:
    long = "https://s.example.org/" + "a" * 60
    text = f"ا {long} ا"
    assert whole_links(text) == text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_no_letter_splits_its_link(kind: str, language: str) -> None:
    assert broken(render(kind, language, replace(FACTS, link=PAGE)).sms) == []


def test_a_link_that_is_put_in_at_hand_over_is_whole_too() -> None:
    kind = "test_of_links"
    register(LetterKind(kind, secrets=lambda message: {"link": PAGE}))
    try:
        message = Message(kind=kind, sms="ا" * 50 + " {link} " + "ا" * 20, body="{link}")
        gone = as_it_goes(message)
    finally:
        del REGISTERED[kind]
    assert (broken(gone.sms), PAGE in gone.sms, gone.body) == ([], True, PAGE)
    assert "{link}" in message.sms
