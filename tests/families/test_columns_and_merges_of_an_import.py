"""On the importer's page: what a column holds is corrected, and a row that is a registered family's is added to it."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import User
from accounts.queries import act_in
from families.importing.columns import Column, corrected
from families.models import Family, ImportedRow, Participation, Referral, Upload
from families.services.importing import import_list
from municipalities.models import Municipality
from planning.models import Round
from tests.conftest import Browser
from tests.families.workbooks import TODAY, workbook

Browse = Callable[[User | None], Browser]
HEADINGS = ["Familie", "Foresatt", "Mobil", "E-post", "Barn", "Språk", "Adresse", "Mat", "Kontaktes", "Dato", "Kilde"]
FIRST = ["Lind", "Eva Lind", "400 00 071", "", "Liv 2019", "norsk", "", "", "ja", date(2026, 8, 20), "NAV"]
AGAIN = [
    "Lindh",
    "Ewa Lind",
    "400 00 071",
    "eva@example.org",
    "Live 2019, Per 2022",
    "arabisk",
    "Gate 4",
    "ikke svin",
    "ja",
    date(2026, 8, 25),
    "Skolen",
]


@pytest.fixture
def by(leader: User, lillevik: Municipality) -> User:
    return act_in(leader, lillevik)


def bring_in(content: bytes, in_round: Round, by: User, decisions: dict[str, str] | None = None) -> tuple[Any, int]:
    return import_list(content=content, in_round=in_round, decisions=decisions or {}, today=TODAY, by=by)


def people(family: Family) -> list[tuple[str, str, str, int | None]]:
    return [(each.name, each.phone, each.email, each.birth_year) for each in family.people.all()]


EVERYBODY = [
    ("Eva Lind", "+4740000071", "eva@example.org", None),
    ("Liv", "", "", 2019),
    ("Live", "", "", 2019),
    ("Per", "", "", 2022),
]


def test_what_is_new_is_added_to_a_registered_family(autumn: Round, by: User) -> None:
    bring_in(workbook(A=[HEADINGS, FIRST]), autumn, by)
    Family.objects.update(no_photo=False)  # everybody who is known has said yes
    family = Family.objects.get()
    later = workbook(B=[HEADINGS, AGAIN])
    rows, count = bring_in(later, autumn, by, {"B!2": "same"})
    assert (count, rows[1].verdict, rows[1].added) == (0, "added", True)
    family.refresh_from_db()
    assert (family.name, family.languages, family.address, family.food_needs) == (
        "Lind",
        ["nb", "ar"],
        "Gate 4",
        "ikke svin",
    )
    assert people(family) == EVERYBODY
    assert family.no_photo  # who comes along has not
    assert list(family.referrals.values_list("source", "referred_on")) == [
        ("NAV", date(2026, 8, 20)),
        ("Skolen", date(2026, 8, 25)),
    ]
    assert Participation.objects.get().waiting_since == date(2026, 8, 20)
    before = [list(model.objects.values()) for model in (Family, Referral, Participation, ImportedRow)]
    rows, count = bring_in(later, autumn, by, {})
    assert (count, rows[1].verdict) == (0, "duplicate")
    assert [list(model.objects.values()) for model in (Family, Referral, Participation, ImportedRow)] == before


def test_what_is_new_is_added_to_an_earlier_row(autumn: Round, by: User) -> None:
    both = workbook(A=[HEADINGS, FIRST, AGAIN])
    rows, count = bring_in(both, autumn, by, {"A!3": "same"})
    assert (count, rows[2].verdict) == (1, "added")
    assert people(Family.objects.get()) == EVERYBODY
    # An earlier row that is left out cannot be added to.
    rows, count = bring_in(workbook(C=[HEADINGS, [*FIRST[:2], "400 00 099", *FIRST[3:]], AGAIN]), autumn, by)
    assert count == 0


def test_a_family_that_took_part_before_waits_again(autumn: Round, by: User) -> None:
    bring_in(workbook(A=[HEADINGS, FIRST]), autumn, by)
    Participation.objects.update(ended_on=date(2026, 8, 22), ending="ended")
    bring_in(workbook(B=[HEADINGS, AGAIN]), autumn, by, {"B!2": "same"})
    assert list(Participation.objects.open().values_list("waiting_since", flat=True)) == [date(2026, 8, 25)]


def test_a_protected_family_is_never_added_to_by_a_list(autumn: Round, by: User) -> None:
    bring_in(workbook(A=[HEADINGS, FIRST]), autumn, by)
    Family.objects.update(protection="confidential")
    rows, _count = bring_in(workbook(B=[HEADINGS, AGAIN]), autumn, by)
    assert (rows[1].verdict, rows[1].choices) == ("question", ("import", "skip"))
    assert "Lind" not in rows[1].reason


def test_the_same_name_in_another_script_is_a_question(autumn: Round, by: User) -> None:
    bring_in(workbook(A=[HEADINGS, ["Tesfay", "Selam Tesfay", "400 00 081", "", "Bilen 2018", *FIRST[5:]]]), autumn, by)
    ge_ez = ["ተስፋይ", "ሰላም ተስፋይ", "400 00 082", "", "ቢለን 2018", *FIRST[5:]]
    rows, _count = bring_in(workbook(B=[HEADINGS, ge_ez]), autumn, by)
    assert (rows[1].verdict, rows[1].column) == ("question", "Foresatt")
    assert "Tesfay" in rows[1].reason


def address(name: str, *arguments: Any) -> str:
    return reverse(f"families:{name}", args=["9901", *arguments])


def upload_of(browser: Browser, in_round: Round, content: bytes) -> Upload:
    browser.post(address("import"), {"round": in_round.pk, "file": SimpleUploadedFile("liste.xlsx", content)})
    return Upload.objects.get()


def test_a_column_that_was_misunderstood_is_corrected(browse: Browse, leader: User, autumn: Round) -> None:
    odd = workbook(
        A=[["Familie", "Foresatt", "Nås på", "Sagt ja", "Kode 7"], ["Lind", "Eva Lind", "400 00 071", "ja", ""]]
    )
    browser = browse(leader)
    upload = upload_of(browser, autumn, odd)
    columns, preview = address("import_columns", upload.pk), address("import_preview", upload.pk)
    form = browser.get(columns).context["form"]
    assert {name: field.initial for name, field in form.fields.items()} == {
        "A!0": "family",
        "A!1": "adult:1",
        "A!2": "",
        "A!3": "agreed",
    }
    assert browser.get(preview).context["rows"][1][0].verdict == "question"
    sent = {"A!0": "family", "A!1": "adult:1", "A!2": "phone:1", "A!3": "agreed", "A!4": "remarks"}
    wrong = browser.post(columns, {**sent, "A!2": "salary"})
    assert wrong.context["form"].errors["A!2"]
    assert browser.post(columns, sent).url == preview
    upload.refresh_from_db()
    assert upload.meanings == {"A!0": "family", "A!1": "adult:1", "A!2": "phone:1", "A!3": "agreed"}
    assert browser.get(columns).context["form"].fields["A!2"].initial == "phone:1"
    row = browser.get(preview).context["rows"][1][0]
    assert (row.verdict, row.draft.phones) == ("new", ["+4740000071"])
    browser.post(preview, {"then": "import"})
    assert Family.objects.get().people.get().phone == "+4740000071"
    assert not Upload.objects.exists()


def test_a_protection_or_an_identity_number_cannot_be_corrected_away() -> None:
    columns = [Column(0, "Kode", "protection"), Column(1, "Fnr", "identity"), Column(2, "Tlf", "phone", 1)]
    assert corrected("A", columns, {"A!0": "remarks", "A!1": "remarks", "A!2": "email:2"}) == [
        *columns[:2],
        Column(2, "Tlf", "email", 2),
    ]
    assert corrected("A", columns, {"A!2": "nonsense", "B!2": "email:1"}) == columns


def test_the_decision_stands_on_the_page(browse: Browse, leader: User, autumn: Round, by: User) -> None:
    leader.language = "en"
    leader.save()
    bring_in(workbook(A=[HEADINGS, FIRST]), autumn, by)
    browser = browse(leader)
    preview = address("import_preview", upload_of(browser, autumn, workbook(B=[HEADINGS, AGAIN])).pk)
    assert "It is the same family: add what is new" in browser.get(preview).content.decode()
    browser.post(preview, {"row-B!2": "same"})
    assert "added to a family" in browser.get(preview).content.decode()
    done = browser.post(preview, {"row-B!2": "same", "then": "import"})
    assert "One row was added to its family." in browser.get(done.url).content.decode()
    assert people(Family.objects.get()) == EVERYBODY
