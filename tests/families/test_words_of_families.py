"""Pages for families in six languages: complete, one language a page, and light."""

import gzip
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.conf import settings
from django.contrib.staticfiles import finders

from accounts.models import User
from answers.words import TEXTS as OWN_PAGE
from families.catalogue import LANGUAGES, NAMES, TEXTS, Words
from families.forms.joining import JoinForm
from municipalities.models import Municipality
from tests.conftest import Browser
from web.languages import LETTER_LANGUAGES

Browse = Callable[[User | None], Browser]


@pytest.fixture(autouse=True)
def opened(lillevik: Municipality) -> None:
    lillevik.public_form_open = True
    lillevik.save()


CATALOGUES = [("pages", language, TEXTS) for language in LANGUAGES] + [
    ("answers", language, OWN_PAGE) for language in LETTER_LANGUAGES
]


@pytest.mark.parametrize(("domain", "language", "texts"), [each for each in CATALOGUES if each[1] != "en"])
def test_the_catalogue_is_complete_and_says_nothing_else(domain: str, language: str, texts: dict[str, str]) -> None:
    path = Path(settings.BASE_DIR) / "locale" / domain / language / "LC_MESSAGES" / f"{domain}.po"
    with path.open("rb") as file:
        catalog = read_po(file)
    told = {str(entry.id): str(entry.string) for entry in catalog if entry.id}
    assert set(told) == set(texts.values())
    assert [source for source, text in told.items() if not text or source == text] == []
    for source, text in told.items():
        assert sorted(re.findall(r"%\(\w+\)s", source)) == sorted(re.findall(r"%\(\w+\)s", text)), source
        assert "!" not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_speaks_one_language_in_its_direction(browse: Browse, language: str) -> None:
    answer = browse(None).get(f"/k/9901/bli-med/?sprak={language}")
    page = answer.content.decode()
    direction = "rtl" if language == "ar" else "ltr"
    assert f'<html lang="{language}" dir="{direction}" ' in page
    assert '<meta name="robots" content="noindex, nofollow">' in page
    assert (answer.headers["X-Robots-Tag"], answer.headers["Content-Language"]) == ("noindex, nofollow", language)
    assert "<script" not in page
    for code, name in NAMES.items():
        assert re.search(rf'lang="{code}" hreflang="{code}"( aria-current="true")?>{name}<', page)
    if language in {"uk", "ar", "ti"}:
        main = re.sub(r"(?s)<select.*?</select>", "", page[page.index("<main") :])
        latin = set(re.findall(r"[A-Za-zæøå]{3,}", re.sub(r"<[^>]+>", " ", main)))
        assert latin <= {"SAMMEN", "Lillevik", "kommune", "kode"}


def test_the_browsers_language_is_offered_first_and_the_municipalitys_else(
    browse: Browse, lillevik: Municipality
) -> None:
    def language(wished: str) -> str:
        return browse(None).get("/k/9901/bli-med/", headers={"accept-language": wished}).headers["Content-Language"]

    assert [language(wished) for wished in ("uk-UA,en;q=0.5", "no", "so, ar;q=0.8", "xx", "")] == [
        "uk",
        "nb",
        "ar",
        "nb",
        "nb",
    ]
    lillevik.language = "nn"
    lillevik.save()
    assert language("de") == "nn"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_with_its_style_weighs_less_than_twenty_kilobytes(browse: Browse, language: str) -> None:
    html = browse(None).get(f"/k/9901/bli-med/?sprak={language}").content
    style = re.findall(rb'<link rel="stylesheet" href="/static/([^"]+)"', html)
    assert len(style) == 1
    css = Path(str(finders.find(style[0].decode()))).read_bytes()
    assert len(gzip.compress(html)) + len(gzip.compress(css)) < 20_000


def test_staff_see_what_no_native_speaker_has_read(browse: Browse, coordinator: User) -> None:
    for person, marked in ((None, False), (coordinator, True)):
        page = browse(person).get("/k/9901/bli-med/?sprak=ti").content.decode()
        assert ("ds-tag" in page) == marked
    assert "ds-tag" not in browse(coordinator).get("/k/9901/bli-med/?sprak=nb").content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_few_answers_are_needed(language: str) -> None:
    form = JoinForm(words=Words(language, place="Lillevik", municipality="Lillevik kommune"))
    needed = {name for name, field in form.fields.items() if field.required and not field.initial}
    assert needed == {"adult", "contact", "agree"}
