"""Each row of a municipality's own list gets one verdict, whatever the list looks like."""

from datetime import date, datetime
from typing import Any

import pytest

from families.importing.children import read_children
from families.importing.contacts import read_contacts
from families.importing.dates import read_date
from families.importing.remarks import read_remark
from families.importing.texts import text_of
from families.importing.verdicts import WrongDecision
from tests.families.workbooks import SAMPLE, one, verdicts, workbook

EMAIL, PHONE, REMARK = "E-post 1", "Mobil 1", "Behov / merknad"
# Row, verdict, column, and the answers it takes besides «skip».
TABLE = [
    (1, "ignored", "", ""),
    (2, "ignored", "", ""),
    (3, "ignored", "", ""),
    (4, "new", "", "import"),
    (5, "new", "", "import"),
    (6, "new", "", "import"),
    (7, "new", "", "import"),
    (8, "new", "", "import"),
    (9, "new", "", "import"),
    (10, "new", "", "import"),
    (11, "new", "", "import"),
    (12, "question", EMAIL, "without_email"),
    (13, "ignored", "", ""),
    (14, "question", REMARK, "without_remark"),
    (15, "new", "", "import"),
    (16, "new", "", "import"),
    (17, "question", f"{REMARK}, {PHONE}", "import"),
    (18, "ignored", "", ""),
    (19, "question", PHONE, "without_phone"),
    (20, "new", "", "import"),
    (21, "question", "Sagt ja til å bli kontaktet", "said_yes"),
    (22, "new", "", "import"),
    (23, "new", "", "import"),
    (24, "new", "", "import"),
    (25, "new", "", "import"),
    (26, "new", "", "import"),
    (27, "question", "Familie", "without_cell"),
    (28, "new", "", "import"),
    (29, "new", "", "import"),
    (30, "duplicate", "", ""),
    (31, "new", "", "import"),
    (32, "new", "", "import"),
    (33, "question", f"{PHONE}, {REMARK}", "without_phone+without_remark"),
    (34, "question", REMARK, "without_remark"),
    (35, "ignored", "", ""),
    (36, "ignored", "", ""),
]


def test_the_sample_row_by_row() -> None:
    rows = verdicts(SAMPLE.read_bytes())
    found = [(row.number, row.verdict.value, row.column, row.choices[0] if row.choices else "") for row in rows]
    assert found == [*TABLE, (1, "ignored", "", "")]
    assert [row.sheet for row in rows] == ["Høst 2026"] * 36 + ["Notater"]
    assert all(row.reason for row in rows)
    assert "Høst 2026!4" in rows[29].reason
    assert "kode 6" in rows[17].reason
    assert rows[17].draft is None


def test_the_sample_is_understood() -> None:
    drafts = {row.number: row.draft for row in verdicts(SAMPLE.read_bytes()) if row.draft}
    assert [(child.name, child.birth_year, child.about) for child in drafts[5].children] == [
        ("Bilen", 2018, True),
        ("Ruta", 2021, True),
        ("", 2026, True),
    ]
    assert [adult.phone for adult in drafts[6].adults] == ["+4740000004"]
    assert drafts[6].adults[0].name == "Fatima Al-Hassan / فاطمة"
    assert (drafts[6].food, drafts[6].words) == (["Halal"], ["Kjører ikke bil"])
    assert (drafts[7].phones, drafts[7].languages, drafts[7].interpreter) == (["+380500000001"], ["uk", "en"], "uk")
    assert drafts[10].phones == ["+4740000008"]
    assert (drafts[14].food, drafts[14].words) == ([], [])
    assert drafts[16].languages == ["tr", "kmr"]
    assert drafts[20].languages == ["nn"]
    assert drafts[25].access == ["Rullestol (Hassan)"]
    assert (drafts[26].referred_on, drafts[26].postcode) == (date(2026, 9, 2), "1430")
    assert drafts[31].adults[-1].name == "Iryna Melnyk"
    assert drafts[33].food + drafts[33].words + drafts[33].access == []
    assert drafts[34].referred_on == date(2026, 9, 9)
    assert drafts[4].agreed_on == date(2026, 8, 17)
    assert drafts[7].agreed_on == date(2026, 8, 20)


def test_another_sheet_in_english_and_another_order() -> None:
    content = workbook(
        Families=[
            ["Referrals, autumn"],
            ["Consent", "Referred by", "Date referred", "Kids", "Mother", "Father", "Mother's phone", "Father's cell",
             "Language", "Dietary needs", "Comments", "Surname", "Shoe size"],
            ["yes", "School", "2026-08-20", "Tom 5, Ann 8", "Jane Park", "Min Park", "+47 400 00 061", "400 00 062",
             "Korean, English", "no pork", "Needs a lift", "Park", 38],
            ["no answer yet", "NAV", "20 August 2026", "1 child", "Mary Poe", None, "400 00 063", None,
             "English", None, None, "Poe", None],
            ["Total: 2"],
        ],
        More=[
            ["Name", "Contact", "OK to contact?"],
            ["Ada Quist", "ada@example.org, 400 00 064", "yes"],
        ],
    )  # fmt: skip
    rows = verdicts(content)
    assert [row.verdict.value for row in rows] == ["ignored", "ignored", "new", "question", "ignored", "ignored", "new"]
    park, ada = rows[2].draft, rows[6].draft
    assert [(adult.name, adult.phone) for adult in park.adults] == [
        ("Jane Park", "+4740000061"),
        ("Min Park", "+4740000062"),
    ]
    assert (park.name, park.languages, park.food, park.transport) == ("Park", ["other", "en"], ["no pork"], True)
    assert [(child.name, child.birth_year) for child in park.children] == [("Tom", 2021), ("Ann", 2018)]
    assert (rows[3].column, rows[3].choices) == ("Consent", ("said_yes", "skip"))
    assert (ada.name, ada.phones, ada.emails) == ("Quist", ["+4740000064"], ["ada@example.org"])


def test_adults_in_one_column_and_headings_in_two_lines() -> None:
    rows = verdicts(
        workbook(
            A=[
                ["Foreldre", "Telefon", "Barnas navn", "Barnas alder", "Samtykke"],
                ["Kari og Ola Lie", "400 00 065 / 400 00 066", "Per, Pål", "7 og 9", "x"],
            ],
            B=[
                ["Forelder 1", None, "Forelder 2", None, "Barn 1", None, None],
                ["Navn", "Mobil", "Navn", "Mobil", "Namn", "Fødd", "Seier ja til kontakt"],
                ["Eli Moe", "400 00 067", "Jo Moe", "400 00 068", "Liv", 2019, "ja"],
            ],
        )
    )
    lie, moe = rows[1].draft, rows[-1].draft
    assert (rows[1].verdict, rows[-1].verdict) == ("new", "new")
    assert [(adult.name, adult.phone) for adult in lie.adults] == [
        ("Kari Lie", "+4740000065"),
        ("Ola Lie", "+4740000066"),
    ]
    assert [(child.name, child.birth_year, child.about) for child in lie.children] == [
        ("Per", 2019, True),
        ("Pål", 2017, True),
    ]
    assert [(adult.name, adult.phone) for adult in moe.adults] == [
        ("Eli Moe", "+4740000067"),
        ("Jo Moe", "+4740000068"),
    ]
    assert [(child.name, child.birth_year) for child in moe.children] == [("Liv", 2019)]


@pytest.mark.parametrize(
    ("cells", "word"),
    [
        ({"Merknad": "Per har astma"}, "without_remark"),
        ({"Merknad": "Fnr 158490 10260"}, "without_remark"),
        ({"Personnummer": "158490 10260"}, "without_number"),
        ({"Adresse": "Lia 2, 15849010260"}, "without_number"),
        ({"Barn": "Emil 2015 (ADHD)"}, "without_remark"),
        ({"Sagt ja": "kanskje"}, "said_yes"),
        ({"Sagt ja": "ja?"}, "said_yes"),
        ({"Sagt ja": None}, "said_yes"),
        ({"Dato henvist": "i høst en gang"}, "today"),
        ({"Mobil": "4OO OO O51"}, "without_phone"),
        ({"Mobil": "400 00 051 / 400 00 052 / 400 00 053"}, "without_phone"),
        ({"Mobil": None}, "without_contact"),
        ({"E-post": "a@example.com, b@example.com"}, "without_email"),
        ({"Barn": "Emil 3. klasse"}, "without_year"),
        ({"Adresse": "=1+1"}, "without_cell"),
        ({"Adresse": "Lia 1, krisesenteret"}, "without_cell"),
        ({"Språk": "arabisk, har ADHD"}, "without_cell"),
        ({"Adresse": "hemmelig adresse"}, "confidential"),
        ({"Tolk": "usikkert"}, "without_cell"),
        ({"Kan møte": "lørdag " * 60}, "without_cell"),
    ],
)
def test_questions(cells: dict[str, Any], word: str) -> None:
    row = one(**cells)
    assert (row.verdict, row.choices) == ("question", (word, "skip"))
    assert "158490" not in repr(row)
    for private in ("astma", "ADHD", "OO", "krisesenter"):
        assert private not in repr(row)


@pytest.mark.parametrize(
    "cells",
    [
        {"Familie": "KODE 6"},
        {"Adressesperre": 6},
        {"Gradering": "strengt fortrolig"},
        {"Kode": "6"},
        {"Intern": "kode6, ring leder"},
    ],
)
def test_a_kode_6_family_leaves_nothing(cells: dict[str, Any]) -> None:
    row = one(**cells)
    assert (row.verdict, row.draft, row.choices) == ("ignored", None, ())
    assert "Lind" not in repr(row)


def test_a_street_may_be_called_after_a_hospital() -> None:
    row = one(Adresse="Sykehusveien 2")
    assert row.verdict == "new"


@pytest.mark.parametrize(
    "heading",
    [
        "Er det greit at vi ringer?",
        "OK om vi tar kontakt",
        "Fint for dem at vi kontakter",
        "I orden å ringe?",
        "Is it fine if we call?",
    ],
)
def test_whether_it_is_all_right_to_call_is_their_yes_or_no(heading: str) -> None:
    headings = ["Familie", "Foresatt", "Mobil", heading]
    rows = [["Lind", "Eva Lind", "400 00 051", "ja"], ["Moe", "Jo Moe", "400 00 052", "nei"]]
    found = verdicts(workbook(Liste=[headings, *rows]))
    assert [row.verdict for row in found] == ["ignored", "new", "question"]
    assert found[2].column == heading


def test_a_line_of_sums_may_begin_under_the_phones() -> None:
    rows = [["Mobil", "Familie", "Foresatt"], ["400 00 051", "Lind", "Eva Lind"], ["Sum", "1", ""]]
    assert [row.reason for row in verdicts(workbook(Liste=rows))][-1] == "En sumlinje."


def test_a_row_without_a_name_is_unreadable() -> None:
    assert one(Familie=None, Foresatt=None).verdict == "unreadable"


def test_a_language_without_a_code_keeps_its_name() -> None:
    draft = one(Språk="koreansk").draft
    assert (draft.languages, draft.words) == (["other"], ["Språk: koreansk"])


def test_kode_7_is_confidential() -> None:
    assert one(Gradering="kode 7").draft.protection == "confidential"


def test_an_answer_that_the_row_does_not_take_is_refused() -> None:
    content = SAMPLE.read_bytes()
    for wrong in ({"Høst 2026!12": "without_phone"}, {"Høst 2026!99": "skip"}, {"Høst 2026!21": "import"}):
        with pytest.raises(WrongDecision):
            verdicts(content, wrong)
    rows = verdicts(content, {"Høst 2026!12": "without_email", "Høst 2026!4": "skip"})
    assert [rows[place].verdict.value for place in (3, 11, 29)] == ["ignored", "new", "question"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("400 00 051", "+4740000051"),
        ("0047 400 00 051", "+4740000051"),
        ("mob: 400 00 051", "+4740000051"),
        ("400 00 051 (etter kl 16)", "+4740000051"),
        ("+46 70 174 06 05", "+46701740605"),
        ("40000051.", "+4740000051"),
        ("4OO 00 051", ""),
        ("400 00 05l", ""),
        ("400 00 051l", ""),
        ("40000051 l", ""),
        ("400 00 5", ""),
        ("400000051", ""),
        ("ring far", ""),
    ],
)
def test_phones_are_never_guessed(text: str, expected: str) -> None:
    found = read_contacts(text)
    assert (found.phones, found.unread_phone) == (([expected], False) if expected else ([], True))


@pytest.mark.parametrize(
    ("text", "children"),
    [
        ("Ali, Sara (2015, 2017)", [("Ali", 2015, False), ("Sara", 2017, False)]),
        ("Ali og Sara, 5 og 7 år", [("Ali", 2021, True), ("Sara", 2019, True)]),
        ("Ali, 5 år, Sara, 3 år", [("Ali", 2021, True), ("Sara", 2023, True)]),
        ("to barn, 6 og 9", [("", 2020, True), ("", 2017, True)]),
        ("Sohail 31.12.2013, Parwana 01/02/2016", [("Sohail", 2013, False), ("Parwana", 2016, False)]),
        ("Mia 7 mnd, nyfødt", [("Mia", 2026, True), ("", 2026, True)]),
        ("gutt, jente 4 år", [("", None, False), ("", 2022, True)]),
        ("tvillinger 5 år", [("", 2021, True), ("", 2021, True)]),
        ("ingen", []),
    ],
)
def test_children(text: str, children: list[tuple[str, int | None, bool]]) -> None:
    read = read_children(text, date(2026, 8, 20))
    assert [(child.name, child.birth_year, child.about) for child in read.children] == children
    assert not read.unsure


@pytest.mark.parametrize("text", ["Emil 18", "2", "Ali, Sara, 5", "3. klasse", "Emil 2099"])
def test_children_that_cannot_be_read_with_certainty(text: str) -> None:
    assert read_children(text, date(2026, 8, 20)).unsure


@pytest.mark.parametrize(
    "value",
    [
        datetime(2026, 9, 2), 46267, 46267.0, "46267", "2.9.26", "02.09.2026", "2/9 2026", "2026-09-02",
        "2. september 2026", "onsdag 2. sept. 2026", "Sept 2, 2026", "2nd September 2026",
    ],
)  # fmt: skip
def test_days(value: Any) -> None:
    assert read_date(value) == date(2026, 9, 2)


@pytest.mark.parametrize("value", ["31.2.2026", "13/14/2026", "2.9", "uke 34", 12, True, ""])
def test_what_is_no_day(value: Any) -> None:
    assert read_date(value) is None


def test_remarks_are_sorted() -> None:
    read = read_remark("Halal. Trenger skyss. Kan lage mat. Har barnevogn. Glad i sykling.")
    assert (read.food, read.access, read.offers, read.words) == (
        ["Halal"],
        ["Har barnevogn"],
        ["Kan lage mat"],
        ["Glad i sykling"],
    )
    assert read.transport
    assert not read.has_health
    beside = read_remark("Vegetar. Epilepsi. Medisin ligger i sekken, ring mor.")
    assert (beside.food, beside.words, beside.has_health) == (["Vegetar"], [], True)


def test_text_is_cleaned() -> None:
    assert text_of("\u202eAnna\u0007  Lie\u00a0") == "Anna Lie"
    assert text_of(" – ") == text_of("-") == text_of("?") == ""
    assert text_of(1430.0) == "1430"
