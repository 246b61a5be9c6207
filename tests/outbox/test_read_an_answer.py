"""Yes, no and stop in the languages that families write; everything else is for a person to read."""

import pytest

from outbox.rules.answers import NO, STOP, YES, Meaning, folded, phrases, read_answer
from web.languages import LETTER_LANGUAGES

EVERY_PHRASE = [
    (language, phrase.strip(), meaning)
    for meaning, words in ((Meaning.YES, YES), (Meaning.NO, NO), (Meaning.STOP, STOP))
    for language, said in words.items()
    for phrase in said.split(",")
]


def test_all_languages_of_letters_have_words_for_each() -> None:
    for words in (YES, NO, STOP):
        assert set(words) == set(LETTER_LANGUAGES)


@pytest.mark.parametrize(("language", "phrase", "meaning"), EVERY_PHRASE)
def test_every_phrase_means_what_it_says(language: str, phrase: str, meaning: Meaning) -> None:
    for written in (phrase, phrase.upper(), f" {phrase}! ", f"«{phrase}».", f"{phrase} 🙂\n"):
        assert read_answer(written, language) == meaning, written


def test_no_phrase_says_two_things_in_one_language() -> None:
    for language in YES:
        count = sum(len(words[language].split(",")) for words in (YES, NO, STOP))
        said = {folded(phrase) for words in (YES, NO, STOP) for phrase in words[language].split(",")}
        doubled = count - len(said)
        assert len([meaning for meaning in phrases(language).values() if meaning != Meaning.UNCLEAR]) == len(said)
        assert doubled <= 4, language  # spellings that fold to the same


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("Ja takk", Meaning.YES),
        ("JA!!", Meaning.YES),
        ("Hei, ja gjerne. Tusen takk", Meaning.YES),
        ("ja ja", Meaning.YES),
        ("Nei dessverre", Meaning.NO),
        ("nei, beklager", Meaning.NO),
        ("No, sorry", Meaning.NO),
        ("We can’t come", Meaning.NO),
        ("Так, дякую!", Meaning.YES),
        ("На жаль, ні", Meaning.NO),
        ("نَعَم، شكراً", Meaning.YES),
        ("لا للأسف", Meaning.NO),
        ("أيوه", Meaning.YES),
        ("እወ የቐንየለይ።", Meaning.YES),
        ("Haa, mahadsanid", Meaning.YES),
        ("بلی تشکر", Meaning.YES),
        ("نه متاسفانه", Meaning.NO),
        ("هو، مننه", Meaning.YES),
        ("Niestety nie", Meaning.NO),
        ("HAYIR", Meaning.NO),
        ("EVET", Meaning.YES),
        ("Ere, spas", Meaning.YES),
        ("STOP", Meaning.STOP),
        ("Stopp!", Meaning.STOP),
        ("توقف", Meaning.STOP),
        ("стоп", Meaning.STOP),
    ],
)
def test_case_punctuation_and_politeness_do_not_matter(text: str, meaning: Meaning) -> None:
    assert read_answer(text) == meaning


@pytest.mark.parametrize(
    "text",
    [
        "Ja, men vi kommer litt sent",
        "Ja?",
        "نعم؟",
        "ja nei",
        "Ja, 3 stykker",
        "Ikke stopp",
        "Stopp ved butikken, så henter jeg dere",
        "Takk",
        "👍",
        "ja 👎",
        "",
        "   ",
        "\u2066\u2069",
        "kanskje",
        "Nei, jeg vil ikke ha flere SMS",
        "x" * 5000,
    ],
)
def test_what_says_more_or_nothing_is_for_a_person(text: str) -> None:
    assert read_answer(text, "nb") == Meaning.UNCLEAR


def test_a_word_that_says_yes_to_some_is_not_taken_for_no() -> None:
    assert read_answer("no", "pl") == Meaning.UNCLEAR
    assert read_answer("no", "en") == Meaning.NO
    assert read_answer("no", "nb") == Meaning.NO
