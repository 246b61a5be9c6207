"""Asking for a police certificate, and the letter that states the purpose."""

import re
import zlib
from collections.abc import Callable
from datetime import date

import pytest
import time_machine
from django.utils import timezone

from accounts.models import Certificate, CertificateRequest, User
from accounts.rules.purpose import LANGUAGES
from audit.models import Event
from municipalities.models import Municipality
from planning.models import Volunteer, VolunteerRequest
from tests.conftest import Browser
from tests.factories import asked_for_certificate, person_with_role, volunteer_of

Browse = Callable[[User | None], Browser]


@pytest.fixture
def newcomer(lillevik: Municipality) -> User:
    return person_with_role("Nora *Ny* #panic()", lillevik, "coordinator")


def test_the_leader_asks_and_gets_the_letter(leader: User, newcomer: User, browse: Browse) -> None:
    with time_machine.travel("2026-11-24 10:00+01:00"):
        answer = browse(leader).post(
            f"/k/9901/folk/{newcomer.pk}/be-om-politiattest/", {"role": "coordinator", "ground": "organisation"}
        )
    row = CertificateRequest.objects.get()
    assert answer.url == f"/k/9901/folk/brev/{row.pk}/"
    assert (row.user, row.role, row.ground, row.asked_on, row.asked_by, row.text_version) == (
        newcomer,
        "coordinator",
        "organisation",
        date(2026, 11, 24),
        leader,
        "2026-1",
    )
    assert list(Event.objects.values_list("verb", "user", "ids")) == [
        ("ask_for_certificate", leader.pk, {"request": row.pk})
    ]
    page = browse(leader).get(answer.url).content.decode()
    for words in (
        "Lillevik kommune bekrefter at Nora *Ny* #panic() må vise politiattest",
        "Koordinator i SAMMEN-familie",
        "Politiregisterforskriften § 34-1",
        "24. november 2026",
        "Kari Myhre",
        "prosjektleder",
        "under 18 år",
    ):
        assert words in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_letter_is_a_pdf_that_everybody_can_read(
    language: str, lillevik: Municipality, leader: User, newcomer: User, browse: Browse
) -> None:
    row = asked_for_certificate(newcomer, lillevik, leader)
    answer = browse(leader).get(f"/k/9901/folk/brev/{row.pk}/pdf/?language={language}")
    assert (answer.headers["Content-Type"], answer.headers["Content-Disposition"]) == (
        "application/pdf",
        'attachment; filename="politiattest-formaal.pdf"',
    )
    pdf = plain(answer.content)
    assert pdf.startswith(b"%PDF-1.")
    assert b"/Marked true" in pdf
    assert b"/StructTreeRoot" in pdf
    assert b"/DisplayDocTitle true" in pdf
    assert f"/Lang({language})".encode() in pdf
    assert b"pdfuaid:part" in pdf
    title = {"nb": "Bekreftelse av", "nn": "Stadfesting av", "en": "Confirmation of"}[language]
    assert title.encode() in pdf


def plain(pdf: bytes) -> bytes:
    """The file with its compressed parts opened."""
    parts = [pdf]
    for stream in re.findall(rb"stream\r?\n(.*?)endstream", pdf, flags=re.S):
        try:
            parts.append(zlib.decompress(stream))
        except zlib.error:
            continue
    return b"\n".join(parts)


def test_the_letter_keeps_to_the_language_that_is_asked_for(
    lillevik: Municipality, leader: User, newcomer: User, browse: Browse
) -> None:
    row = asked_for_certificate(newcomer, lillevik, leader)
    lillevik.language = "nn"
    lillevik.save()
    browser = browse(leader)
    titles = {
        query: browser.get(f"/k/9901/folk/brev/{row.pk}/{query}").context["letter"].title
        for query in ("", "?language=nb", "?language=en", "?language=xx")
    }
    assert titles == {
        "": "Stadfesting av formål med politiattest",
        "?language=nb": "Bekreftelse av formål med politiattest",
        "?language=en": "Confirmation of the purpose of a police certificate",
        "?language=xx": "Stadfesting av formål med politiattest",
    }


def test_asking_again_takes_the_place_of_the_first(
    lillevik: Municipality, leader: User, newcomer: User, browse: Browse
) -> None:
    asked_for_certificate(newcomer, lillevik, leader)
    browse(leader).post(
        f"/k/9901/folk/{newcomer.pk}/be-om-politiattest/", {"role": "coordinator", "ground": "child_welfare"}
    )
    assert list(CertificateRequest.objects.values_list("ground", "asked_on")) == [
        ("child_welfare", timezone.localdate())
    ]


def test_another_ground_must_be_named_in_the_settings(
    lillevik: Municipality, leader: User, newcomer: User, browse: Browse
) -> None:
    data = {"role": "coordinator", "ground": "other"}
    page = browse(leader).post(f"/k/9901/folk/{newcomer.pk}/be-om-politiattest/", data)
    assert list(page.context["form"].errors) == ["ground"]
    assert CertificateRequest.objects.count() == 0
    lillevik.certificate_own_ground = "Eksempelloven § 7"
    lillevik.save()
    answer = browse(leader).post(f"/k/9901/folk/{newcomer.pk}/be-om-politiattest/", data)
    assert "Eksempelloven § 7" in browse(leader).get(answer.url).content.decode()


def test_what_was_asked_is_answered_when_it_is_shown(
    lillevik: Municipality, leader: User, newcomer: User, browse: Browse
) -> None:
    asked_for_certificate(newcomer, lillevik, leader)
    data = {"role": "coordinator", "ground": "health_and_care", "issued_on": "2026-08-20"}
    with time_machine.travel("2026-10-01 10:00+02:00"):
        early = browse(leader).post(f"/k/9901/folk/{newcomer.pk}/politiattest/", {**data, "shown_on": "2026-08-31"})
        late = browse(leader).post(f"/k/9901/folk/{newcomer.pk}/politiattest/", {**data, "shown_on": "2026-10-02"})
        noted = browse(leader).post(f"/k/9901/folk/{newcomer.pk}/politiattest/", {**data, "shown_on": "2026-10-01"})
    assert list(early.context["form"].errors) == list(late.context["form"].errors) == ["shown_on"]
    assert noted.url == "/k/9901/folk/"
    assert CertificateRequest.objects.count() == 0
    assert list(Certificate.objects.values_list("user", "asked_on", "shown_on")) == [
        (newcomer.pk, date(2026, 9, 1), date(2026, 10, 1))
    ]


def test_a_volunteer_without_an_account_is_asked_and_shows_it(
    lillevik: Municipality, leader: User, browse: Browse
) -> None:
    volunteer = volunteer_of(lillevik, "Lene Ruud", leader, certificate=False)
    browser = browse(leader)
    key = f"volunteer-{volunteer.pk}"
    answer = browser.post(f"/k/9901/folk/{key}/be-om-politiattest/", {"role": "volunteer", "ground": "health_and_care"})
    assert "Lene Ruud" in browser.get(answer.url).content.decode()
    assert VolunteerRequest.objects.get().volunteer == volunteer
    today = timezone.localdate().isoformat()
    data = {"role": "volunteer", "ground": "health_and_care", "issued_on": today, "shown_on": today}
    assert browser.post(f"/k/9901/folk/{key}/politiattest/", data).status_code == 302
    assert (CertificateRequest.objects.count(), VolunteerRequest.objects.count()) == (0, 0)
    assert Volunteer.objects.get().certificate == Certificate.objects.get(user=None, role="volunteer")


@pytest.mark.parametrize("key", ["volunteer-0", "volunteer-x", "nobody-1", "1-1", "-1", "²", "9" * 30])
def test_a_key_that_leads_to_nobody_is_not_found(key: str, leader: User, browse: Browse) -> None:
    assert browse(leader).get(f"/k/9901/folk/{key}/politiattest/").status_code == 404
