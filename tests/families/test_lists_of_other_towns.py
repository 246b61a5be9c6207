"""Other towns head and spell it otherwise; what must not be stored is found in whatever words it comes."""

import io
from datetime import date
from typing import Any

import openpyxl
import pytest

from families.importing.children import read_children
from families.importing.columns import field_of, understood
from families.importing.contacts import read_contacts
from families.importing.dates import read_date
from families.importing.texts import looks_like_formula
from tests.families.workbooks import one, verdicts, workbook
from web.identity_numbers import FIRST, SECOND

HEADINGS = {
    "agreed": "OK å kontakte?|Kan vi ringe?|Kontakt OK?|Interessert|Vil delta|Ønsker å delta|Vil være med|Aksept"
    "|Godtar kontakt|OK to call|May we contact them?|Permission to contact|Klarert med familien|Samtykke|Ja/nei",
    "protection": "Kode|Sperring|Sperrekode|Skjermet|Hemmelig adresse|Address protection|Fortrolig|Sikkerhet",
    "identity": "Fødselsnr. mor|Pnr|ID-nummer|DUF-nummer|Personal ID|Fnr.|National ID",
    "phone": "Tlf.|Mobilnr.|Nummer å ringe|Cell|Contact no|Kontakttelefon",
    "address": "Adr.|Bostedsadresse|Bopel|Street",
    "place": "Poststed|Bydel|Område|Bosted",
    "source": "Henvist av|Meldt inn av|Tipset av|Fra hvem|Kontaktet via|Avsender|Referring agency",
    "referred_on": "Dato|Innmeldt|Mottatt dato|Referral date",
    "remarks": "OBS!|Fritekst|Spesielle hensyn|Ting å huske|Utfyllende|Annet",
    "contributes": "Kan hjelpe med|Can help with|Bidrag",
    "children": "Unger|Ungar|Kids|Barna",
    "child_count": "Antall barn|No. of children|Tal på barn",
    "": "Skostørrelse|Landbakgrunn|Antall voksne|Fødselsdato mor",
}


@pytest.mark.parametrize("field", HEADINGS)
def test_headings_in_other_words(field: str) -> None:
    found = {heading: field_of(heading) for heading in HEADINGS[field].split("|")}
    assert found == dict.fromkeys(found, field)


def test_a_column_headed_id_may_be_a_running_number() -> None:
    assert one(ID_nr=17).verdict == "new"


def test_first_name_and_surname_of_two_adults() -> None:
    headings = ["Fornavn mor", "Etternavn mor", "Mobil mor", "Fornavn far", "Etternavn far", "Mobil far", "Samtykke"]
    rows = verdicts(workbook(A=[headings, ["Eva", "Lind", "400 00 051", "Bo", "Strøm", "400 00 052", "ja"]]))
    assert [(adult.name, adult.phone) for adult in rows[1].draft.adults] == [
        ("Eva Lind", "+4740000051"),
        ("Bo Strøm", "+4740000052"),
    ]
    assert [column.person for column in understood(headings)] == [1, 0, 1, 2, 0, 2, 0]


def identity_number(day: int, month: int) -> str:
    """One with both check digits, of 1985."""
    for individual in range(100, 1000):
        digits = [int(digit) for digit in f"{day:02}{month:02}85{individual}"]
        first = -sum(weight * digit for weight, digit in zip(FIRST, digits, strict=False)) % 11
        second = -sum(weight * digit for weight, digit in zip(SECOND, [*digits, first], strict=False)) % 11
        if first < 10 and second < 10:
            return "".join(map(str, [*digits, first, second]))
    raise AssertionError


@pytest.mark.parametrize(("day", "month"), [(14, 1), (54, 1), (14, 41), (14, 81), (54, 81), (14, 66), (4, 12)])
def test_an_identity_number_is_found_wherever_it_stands(day: int, month: int) -> None:
    number = identity_number(day, month)
    spelt = f"{number[:2]}.{number[2:4]}.{number[4:6]} {number[6:]}"
    for heading in ("Merknad", "Adresse", "Familie", "Foresatt", "Barn", "Mobil", "Skostørrelse", "Språk"):
        for value in (number, f"Lia {number[:6]} {number[6:]}", f"({spelt})", int(number)):
            row = one(**{heading: value})
            assert row.verdict == "question", (heading, value)
            assert number[6:] not in repr(row)


STRICT = (
    "KODE 6|kode: 6|Kode nr. 6|sperrekode 6|adressegradering 6|kode seks|STRENGT FORTROLIG|Strengt hemmelig|SPSF|K6"
    "|code six|strictly confidential|Sperret adresse, strengt fortrolig|gradert 6|Familien har kode 6, ring leder"
)


@pytest.mark.parametrize("words", STRICT.split("|"))
def test_kode_6_in_other_words(words: str) -> None:
    for heading in ("Merknad", "Adresse", "Familie", "Skostørrelse"):
        row = one(**{heading: words})
        assert (row.verdict, row.draft, row.choices) == ("ignored", None, ()), heading
        assert "Lind" not in repr(row)


@pytest.mark.parametrize("words", ["6", 6, 6.0, "VI", "seks", "K6", "strengt"])
def test_kode_6_in_a_column_of_its_own(words: Any) -> None:
    assert one(Gradering=words).draft is None


@pytest.mark.parametrize("words", ["Storgata 6", "Bor i 6. etasje", "Gruppe 6", "har 6 barn", "Postkode 6"])
def test_a_six_is_not_kode_6(words: str) -> None:
    assert one(Merknad=words).verdict == "new"


def test_a_flat_may_be_called_k6() -> None:
    assert one(Adresse="Storgata 4, K6").verdict == "new"


@pytest.mark.parametrize("words", ["kode 7", "Kode syv", "fortrolig adresse", "K7", "code 7"])
def test_kode_7_in_other_words_is_a_mark_and_no_remark(words: str) -> None:
    draft = one(Merknad=words).draft
    assert (draft.protection, draft.words) == ("confidential", [])


@pytest.mark.parametrize("words", ["skjermet adresse", "hemmelig tlf", "adressen er sperret", "voldsalarm"])
def test_protected_without_saying_how_strictly_is_a_question(words: str) -> None:
    row = one(Merknad=words)
    assert (row.verdict, row.choices) == ("question", ("confidential", "skip"))


PRIVATE = (
    "Mor er gravid|venter barn i mars|sukkersyke|lungesykdom|sliter med søvn|dårlig helse|hjerteproblemer|har MS"
    "|deprimert|Ali har epilepsi, halal|Nøtteallergi, har EpiPen|bruker høreapparat|Downs syndrom|har støttekontakt"
    "|bevegelseshemmet|rusfri|utsatt for vold|de er muslimer|expecting in May|bad back"
)


@pytest.mark.parametrize("words", PRIVATE.split("|"))
def test_what_is_private_is_stopped(words: str) -> None:
    row = one(Merknad=words)
    assert (row.verdict, row.choices) == ("question", ("without_remark", "skip"))
    assert row.draft.words == []


def test_names_languages_and_streets_are_not_private() -> None:
    row = one(
        Familie="Kristen", Foresatt="Christian Rustad", Adresse="Rustadporten 2", Språk="russisk", Barn="Muslim 2019"
    )
    assert (row.verdict, row.draft.languages) == ("new", ["ru"])


@pytest.mark.parametrize(
    ("text", "children"),
    [
        ("Ida f. -19, Emil f. 17", [("Ida", 2019, False), ("Emil", 2017, False)]),
        ("Nora (født i mars 2019)", [("Nora", 2019, False)]),
        ("Mona 5 år, Ali 1 år og 6 mnd", [("Mona", 2021, True), ("Ali", 2025, True)]),
        ("fem år", [("", 2021, True)]),
        ("Ett barn på 3 år", [("", 2023, True)]),
        ("2017 Emil, 2019 Nora", [("Emil", 2017, False), ("Nora", 2019, False)]),
        ("Sara og Ali (tvillinger, 6 år)", [("Sara", 2020, True), ("Ali", 2020, True)]),
        ("محمد ٨ سنوات", [("محمد", 2018, True)]),
        ("محمد 2015، سارة 2018", [("محمد", 2015, False), ("سارة", 2018, False)]),
    ],
)
def test_children_spelt_otherwise(text: str, children: list[tuple[str, int | None, bool]]) -> None:
    read = read_children(text, date(2026, 8, 20))
    assert [(child.name, child.birth_year, child.about) for child in read.children] == children
    assert not read.unsure


@pytest.mark.parametrize(
    ("text", "names"), [("Emil -12", ["Emil"]), ("Yonas 2015 (hos far)", ["Yonas"]), ("Sara 7, bor hos far", ["Sara"])]
)
def test_words_beside_children_are_no_names_and_are_not_lost_in_silence(text: str, names: list[str]) -> None:
    read = read_children(text, date(2026, 8, 20))
    assert [child.name for child in read.children] == names
    assert read.unsure


@pytest.mark.parametrize(
    "text",
    ["400 00 051 (datter)", "400 00 051 (sønnen)", "nabo 400 00 051", "400 00 051 (gammelt nr)", "400 00 051 ring ikke",
     "400 00 051 (tolk)", "022 22 22 22"],
)  # fmt: skip
def test_a_phone_that_is_not_theirs_is_a_question(text: str) -> None:
    found = read_contacts(text)
    assert (found.phones, found.unread_phone) == ([], True)


@pytest.mark.parametrize("text", ["☎ 400 00 051", "400 00 051 (mor, best)", "Mors: 400 00 051", "'40000051"])
def test_a_phone_with_words_about_her(text: str) -> None:
    assert read_contacts(text).phones == ["+4740000051"]


@pytest.mark.parametrize("value", ["2 Sep 26", "02.sep.26", "2.sep 2026", "2026-09-02T10:00:00", "2/9-26"])
def test_days_spelt_otherwise(value: str) -> None:
    assert read_date(value) == date(2026, 9, 2)


@pytest.mark.parametrize("text", ["=1+1", "=cmd|' /C calc'!A0", "+cmd|' /C calc'!A0", "-2+3+cmd|' /C calc'!A0",
                                  "@SUM(1+1)", "-HYPERLINK(\"http://example.com\")", "＝1+1", "+Ark2!A1"])  # fmt: skip
def test_text_that_another_program_would_run(text: str) -> None:
    assert looks_like_formula(text)
    for heading in ("Familie", "Foresatt", "Adresse", "Merknad", "Barn", "Språk", "Henvist fra", "Kan møte"):
        row = one(**{heading: text})
        assert row.verdict == "question", heading
        assert text not in repr(row.draft.new_family(("nb",))) + row.draft.reason + row.draft.source


@pytest.mark.parametrize("text", ["+47 400 00 051 (mor)", "- liker fotball!", "+47-400-00-051", "-"])
def test_text_that_no_program_runs(text: str) -> None:
    assert not looks_like_formula(text)


def test_a_list_without_headings_is_not_passed_over_in_silence() -> None:
    rows = verdicts(workbook(A=[["Lind", "Eva Lind", "400 00 051", "ja"]], B=[["Husk å ringe"], ["aug", 3]]))
    assert [row.verdict.value for row in rows] == ["unreadable", "ignored", "ignored"]


def test_two_lines_of_headings_merged_cells_a_hidden_sheet_and_a_sheet_of_kode_6() -> None:
    book = openpyxl.Workbook()
    first = book.active
    first.title = "Families"
    for line in (
        ["Families referred, autumn 2026"],
        [],
        ["", "Parent 1", None, "Parent 2", None, "Children", "Other", None, None],
        ["Family name", "Name", "Phone", "Name", "Phone", "First name and age", "Languages", "Consent to contact",
         "Referral date"],
        ["Novak", "Jana Novak", "400 00 201", "Petr Novak", "400 00 202", "Ema 6", "Czech", "yes 3.9.2026",
         date(2026, 9, 1)],
        ["Novák", "Jana Nováková", "+47 40000201", None, None, "Emma 2020", "Czech", "yes", "2.9.2026"],
        ["Hussein", "علي حسين", "400 00 203", None, None, "محمد ٨ سنوات", "العربية", "yes", 46268],
        ["Li", "王小明", "400 00 204", None, None, "小红 2018", "Chinese", "yes", "=TODAY()"],
        ["Smith", "John Smith", '=A1&"x"', None, None, "Tom 3", "English", "maybe later", "5.9.2026"],
        [None, None, "400 00 209", None, None, "Kim 4", "English", "yes", "5.9.2026"],
        ["Sum", 6],
    ):  # fmt: skip
        first.append(line)
    first.merge_cells("A1:I1")
    first.merge_cells("B3:C3")
    first.merge_cells("D3:E3")
    hidden = book.create_sheet("Gjemt")
    hidden.sheet_state = "hidden"
    strict = book.create_sheet("Kode 6")
    for sheet, name in ((hidden, "Per Gjemt"), (strict, "Siv Nord")):
        sheet.append(["Navn", "Mobil", "Ja?"])
        sheet.append([name, "400 00 206", "ja"])
    stream = io.BytesIO()
    book.save(stream)
    rows = verdicts(stream.getvalue())
    assert [(row.place, row.verdict.value, row.choices[:1]) for row in rows if row.verdict != "ignored"] == [
        ("Families!5", "new", ("import",)),
        ("Families!6", "question", ("import",)),
        ("Families!7", "new", ("import",)),
        ("Families!8", "question", ("without_cell",)),
        ("Families!9", "question", ("without_cell+without_contact+said_yes",)),
        ("Families!10", "unreadable", ()),
        ("Gjemt!2", "new", ("import",)),
    ]
    novak, hussein = rows[4].draft, rows[6].draft
    assert [(adult.name, adult.phone) for adult in novak.adults] == [
        ("Jana Novak", "+4740000201"),
        ("Petr Novak", "+4740000202"),
    ]
    assert (novak.referred_on, novak.agreed_on) == (date(2026, 9, 1), date(2026, 9, 3))
    assert (hussein.languages, hussein.referred_on) == (["ar"], date(2026, 9, 3))
    assert "Siv Nord" not in repr(rows)
