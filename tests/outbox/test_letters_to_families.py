"""Letters in six languages: complete, in the right words, and unable to tell what they must not."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.conf import settings

from outbox.catalogue import KINDS, LANGUAGES, Facts, is_checked, letter_language, messages, render
from outbox.rules.quiet_hours import OSLO
from outbox.rules.sms import parts

FACTS = Facts(
    first_name="Amira",
    activity="Vi baker brød",
    starts_at=datetime(2026, 11, 26, 16, 30, tzinfo=OSLO),
    ends_at=datetime(2026, 11, 26, 18, 30, tzinfo=OSLO),
    place="Bjørkehuset",
    address="Skolegata 4",
    directions="Buss 21 til Torget",
    bring="forkle",
    host="Ingrid",
    host_phone="400 00 901",
)


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != "en"])
def test_the_catalogue_is_complete_and_says_nothing_else(language: str) -> None:
    path = Path(settings.BASE_DIR) / "locale" / "letters" / language / "LC_MESSAGES" / "letters.po"
    with path.open("rb") as file:
        catalog = read_po(file, locale=language)
    told = {str(entry.id): str(entry.string) for entry in catalog if entry.id}
    assert set(told) == set(messages())
    assert [source for source, text in told.items() if not text or source == text] == []
    assert [entry.id for entry in catalog if entry.id and entry.fuzzy] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_in_every_language_says_what_when_where_and_how(kind: str, language: str) -> None:
    letter = render(kind, language, FACTS)
    for words in (letter.body, letter.sms):
        assert "Vi baker brød" in words
        assert "400 00 901" in words
        assert "%(" not in words
        assert words.count("?") + words.count("؟") <= 1
        assert "!" not in words
        if kind != "cancellation":
            assert "Buss 21 til Torget" in words
            assert "Bjørkehuset, Skolegata 4" in words
    assert "Vi baker brød" in letter.subject
    assert "Amira" not in letter.subject


def test_the_bokmaal_invitation_reads_like_this() -> None:
    letter = render("invitation", "nb", FACTS)
    assert letter.sms == (
        "Hei Amira. Dere er invitert: Vi baker brød. Når: torsdag 26. november kl. 16.30-18.30. "
        "Hvor: Bjørkehuset, Skolegata 4. Slik kommer dere dit: Buss 21 til Torget. Ta med: forkle. "
        "Ingrid møter dere der. Kommer dere? Ring eller send SMS til Ingrid: 400 00 901."
    )
    assert letter.subject == "Invitasjon: Vi baker brød, torsdag 26. november"


def test_time_and_phone_keep_their_direction_in_arabic() -> None:
    words = render("invitation", "ar", FACTS).sms
    assert "\u206616:30-18:30\u2069" in words
    assert "\u2066400 00 901\u2069" in words
    assert "الخميس، 26 نوفمبر" in words


def test_what_is_not_known_is_not_said() -> None:
    assert "Ta med" not in render("invitation", "nb", replace(FACTS, bring="")).body


def test_a_language_without_letters_falls_back_to_bokmaal_and_is_marked() -> None:
    assert [letter_language(wished) for wished in ("ti", "so", "")] == ["ti", "nb", "nb"]
    assert [language for language in LANGUAGES if not is_checked(language)] == ["uk", "ar", "ti"]


def test_every_sms_fits_a_few_parts() -> None:
    assert {language: parts(render("reminder", language, FACTS).sms).parts for language in LANGUAGES} == {
        "nb": 2,
        "nn": 2,
        "en": 2,
        "uk": 4,
        "ar": 4,
        "ti": 4,
    }
