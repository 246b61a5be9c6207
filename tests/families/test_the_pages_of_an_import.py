"""From the file to families waiting, on the pages."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import User
from families.models import Family, Upload
from municipalities.models import Municipality
from planning.models import Round, RoundCoordinator
from tests.conftest import Browser
from tests.families.workbooks import SAMPLE, workbook

Browse = Callable[[User | None], Browser]


def address(name: str, *arguments: Any) -> str:
    return reverse(f"families:{name}", args=["9901", *arguments])


def send(browser: Browser, in_round: Round, content: bytes, name: str = "familier.xlsx") -> Any:
    return browser.post(address("import"), {"round": in_round.pk, "file": SimpleUploadedFile(name, content)})


def test_from_the_file_to_families_waiting(browse: Browse, leader: User, autumn: Round) -> None:
    leader.language = "en"
    leader.save()
    browser = browse(leader)
    assert address("import") in browser.get(address("waiting")).content.decode()
    answer = send(browser, autumn, SAMPLE.read_bytes())
    upload = Upload.objects.get()
    assert answer.url == address("import_columns", upload.pk)
    page = browser.get(answer.url).content.decode()
    assert "Sagt ja til å bli kontaktet" in page
    assert "has agreed to be contacted" in page
    rows = browser.get(address("import_preview", upload.pk)).content.decode()
    assert "Hansen" in rows
    assert "1 family with kode 6 stays out" in rows
    assert "Import: without that phone, without that part of the remark" in rows
    for private in ("158490", "Diabetes", "Maria", "HYPERLINK"):
        assert private not in rows
    assert not Family.objects.exists()
    answers = {"row-Høst 2026!12": "without_email", "row-Høst 2026!4": "skip", "row-Høst 2026!99": "import"}
    kept = browser.post(address("import_preview", upload.pk), answers)
    assert kept.status_code == 302
    upload.refresh_from_db()
    assert upload.decisions == {"Høst 2026!12": "without_email", "Høst 2026!4": "skip"}
    done = browser.post(address("import_preview", upload.pk), {**answers, "then": "import"})
    assert done.url == address("waiting")
    assert not Upload.objects.exists()
    names = set(Family.objects.values_list("name", flat=True))
    assert len(names) == 20
    assert "Ahmadi" in names
    assert "Hansen" not in names
    assert "20 families wait now." in browser.get(done.url).content.decode()


def test_a_file_can_be_forgotten(browse: Browse, leader: User, autumn: Round) -> None:
    browser = browse(leader)
    browser.post(send(browser, autumn, SAMPLE.read_bytes()).url, {"then": "forget"})
    assert not Upload.objects.exists()
    assert not Family.objects.exists()


@pytest.mark.parametrize(
    "content", [b"no workbook", b"", bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le")]
)
def test_a_file_that_cannot_be_read_gets_a_sentence(
    browse: Browse, leader: User, autumn: Round, content: bytes
) -> None:
    answer = send(browse(leader), autumn, content)
    assert answer.status_code == 200
    assert answer.context["form"].errors["file"]
    assert not Upload.objects.exists()


def test_no_file_and_a_list_too_long_for_the_page(browse: Browse, leader: User, autumn: Round) -> None:
    answer = browse(leader).post(address("import"), {"round": autumn.pk})
    assert answer.context["form"].errors["file"]
    answer = send(browse(leader), autumn, workbook(A=[["Lind"]] * 5_001))
    assert "5" in str(answer.context["form"].errors["file"])


def test_many_rows_are_shown_page_by_page(browse: Browse, leader: User, autumn: Round) -> None:
    rows = [[f"Lind{n}", f"Eva Lind{n}", f"4000{n:04}", "ja"] for n in range(150)]
    browser = browse(leader)
    send(browser, autumn, workbook(A=[["Familie", "Foresatt", "Mobil", "Sagt ja"], *rows]))
    pages = address("import_preview", Upload.objects.get().pk)
    assert browser.post(f"{pages}?page=1", {"row-A!2": "skip"}).url == f"{pages}?page=2"
    assert "Lind149" in browser.get(f"{pages}?page=2").content.decode()
    browser.post(f"{pages}?page=2", {"then": "import"})
    assert Family.objects.count() == 149


def test_a_sheet_without_headings_says_so(browse: Browse, leader: User, autumn: Round) -> None:
    browser = browse(leader)
    page = browser.get(send(browser, autumn, workbook(A=[["Husk", "å", "ringe"]])).url)
    assert not page.context["any_list"]
    assert "ds-alert" in page.content.decode()


def test_only_who_uploaded_it_sees_it(
    browse: Browse,
    leader: User,
    coordinator: User,
    stranger: User,
    referrer: User,
    autumn: Round,
    lillevik: Municipality,
) -> None:
    RoundCoordinator.objects.create(municipality=lillevik, round=autumn, user=coordinator)
    assert send(browse(coordinator), autumn, SAMPLE.read_bytes()).status_code == 302
    upload = Upload.objects.get()
    for name in ("import_columns", "import_preview"):
        assert browse(coordinator).get(address(name, upload.pk)).status_code == 200
        assert browse(leader).get(address(name, upload.pk)).status_code == 404
        assert browse(referrer).get(address(name, upload.pk)).status_code == 403
        assert browse(stranger).get(address(name, upload.pk).replace("9901", "9902")).status_code == 404
    assert browse(referrer).get(address("import")).status_code == 403


def test_a_coordinator_without_a_round_is_told(browse: Browse, other_coordinator: User, autumn: Round) -> None:
    assert "families/no_round.html" in [
        each.name for each in browse(other_coordinator).get(address("import")).templates
    ]
