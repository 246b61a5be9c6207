"""What is chosen comes in together or not at all, and once."""

import io
import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.models import User
from accounts.queries import act_in
from audit.models import Event
from families.models import Family, ImportedRow, Participation, Person, Referral, Upload
from families.services import importing
from families.services.importing import RoundIsClosed, import_list, keep_upload, read_list
from families.tasks import forget_uploads
from municipalities.models import Municipality
from municipalities.tenancy import municipality
from outbox.models import Message
from planning.models import Round
from tests.factories import RoundFactory, person_with_role
from tests.families.workbooks import SAMPLE, TODAY, workbook

ANSWERS = {
    "Høst 2026!12": "without_email",
    "Høst 2026!14": "without_remark",
    "Høst 2026!17": "skip",
    "Høst 2026!19": "without_phone",
    "Høst 2026!21": "said_yes",
    "Høst 2026!33": "without_phone+without_remark",
}
LIST = [
    ["Familie", "Foresatt", "Mobil", "Sagt ja"],
    ["Lind", "Eva Lind", "400 00 071", "ja"],
    ["Moe", "Jo Moe", "400 00 072", "ja"],
]


@pytest.fixture
def by(leader: User, lillevik: Municipality) -> User:
    return act_in(leader, lillevik)


def bring_in(content: bytes, in_round: Round, by: User, decisions: dict[str, str] | None = None) -> int:
    return import_list(content=content, in_round=in_round, decisions=decisions or {}, today=TODAY, by=by)[1]


def test_the_sample_is_imported_once(autumn: Round, by: User) -> None:
    assert bring_in(SAMPLE.read_bytes(), autumn, by, ANSWERS) == 25
    assert (Family.objects.count(), Participation.objects.waiting().count(), ImportedRow.objects.count()) == (
        25,
        25,
        25,
    )
    assert bring_in(SAMPLE.read_bytes(), autumn, by, ANSWERS) == 0
    assert Family.objects.count() == 25
    assert Event.objects.filter(verb="import_families").first().ids == {"round": autumn.pk, "families": 25}


def test_what_is_stored_of_a_row(autumn: Round, by: User) -> None:
    bring_in(SAMPLE.read_bytes(), autumn, by, ANSWERS)
    referral = Referral.objects.select_related("family").get(family__name="Tesfay")
    assert (referral.referred_by, referral.source) == (None, "Flyktningtjenesten")
    assert (referral.referred_on, referral.agreed_to_contact_on) == (date(2026, 8, 18), date(2026, 8, 18))
    assert referral.family.needs_transport
    people = list(referral.family.people.all())
    assert [(person.name, person.phone, person.language, person.interpreter_language) for person in people[:2]] == [
        ("Selam Tesfay", "+4740000002", "ti", "ti"),
        ("Yonas Tesfay", "+4740000003", "ti", "ti"),
    ]
    assert [(child.name, child.birth_year, child.birth_year_about) for child in people[2:]] == [
        ("Bilen", 2018, True),
        ("Ruta", 2021, True),
        ("", 2026, True),
    ]
    assert Referral.objects.get(family__name="Rahimi").agreed_to_contact_on == TODAY


def test_nothing_private_is_stored(autumn: Round, by: User) -> None:
    bring_in(SAMPLE.read_bytes(), autumn, by, ANSWERS)
    everything = " ".join(
        str(row) for model in (Family, Person, Referral, ImportedRow, Event) for row in model.objects.values_list()
    )
    for private in (
        "158490",
        "Diabetes",
        "BUP",
        "KODE 6",
        "skjermet",
        "40000015",
        "=1+1",
        "HYPERLINK",
        "zahra@example'",
    ):
        assert private not in everything


STRICT = [
    *LIST,
    ["Hemmelig", "Una Hemmelig, kode 6", "400 00 073", "ja"],
    ["Skjult", "Siv Skjult", "400 00 074", "ja, adressen er strengt fortrolig"],
]


def test_the_project_leader_is_told_of_kode_6_once_a_list_and_without_names(
    autumn: Round, by: User, coordinator: User, lillevik: Municipality
) -> None:
    content, theirs = workbook(Liste=STRICT), act_in(coordinator, lillevik)
    read_list(content=content, in_round=autumn, decisions={}, today=TODAY, by=theirs)
    assert not Message.objects.exists()  # a dry run writes nothing
    keep_upload(name="familier.xlsx", content=content, in_round=autumn, by=theirs)
    keep_upload(name="samme igjen.xlsx", content=content, in_round=autumn, by=theirs)
    assert bring_in(content, autumn, by) == 2
    letter = Message.objects.get()
    assert (letter.kind, letter.address, letter.channel) == (
        "strictly_protected",
        autumn.project_leader.email,
        "email",
    )
    assert "2 familier med strengt fortrolig adresse (kode 6)" in letter.body
    told = " ".join(map(str, Message.objects.values_list())) + " ".join(map(str, Event.objects.values_list()))
    for word in ("Hemmelig", "Una", "Skjult", "Siv", "40000073", coordinator.first_name, "familier.xlsx"):
        assert word not in told
    assert Event.objects.filter(verb="stop_strictly_protected").values_list("ids", flat=True).first() == {}


def test_the_command_tells_when_it_applies_and_nothing_is_told_without_kode_6(
    autumn: Round, leader: User, by: User, tmp_path: Path
) -> None:
    bring_in(workbook(Liste=LIST), autumn, by)
    keep_upload(name="familier.xlsx", content=workbook(Liste=LIST), in_round=autumn, by=by)
    assert not Message.objects.exists()
    call = (SAMPLE, "--round", autumn.pk, "--by", leader.email)
    run(*call)
    assert not Message.objects.exists()
    run(*call, "--apply")
    letter = Message.objects.get()
    assert (letter.kind, letter.address) == ("strictly_protected", autumn.project_leader.email)


def test_a_family_that_was_merged_or_made_anonymous_stays_remembered(autumn: Round, by: User) -> None:
    content = workbook(Liste=LIST)
    bring_in(content, autumn, by)
    for family in Family.objects.all():
        family.name = "anonym"
        family.save()
        family.people.update(name="", phone="", receives=False)
    assert bring_in(content, autumn, by) == 0


def test_columns_in_another_order_bring_nobody_in_again(autumn: Round, by: User) -> None:
    headings = ["Familie", "Foresatt 1", "Foresatt 2", "Mobil 1", "Mobil 2", "Barn", "Sagt ja"]
    family = ["Lind", "Eva Lind", "Bo Lind", "400 00 071", "400 00 073", "Liv 2019", "ja"]
    assert bring_in(workbook(A=[headings, family]), autumn, by) == 1
    turned = workbook(B=[["En tittel"], headings[::-1], family[::-1]])
    assert bring_in(turned, autumn, by) == 0


def test_a_registered_family_is_a_question(autumn: Round, by: User) -> None:
    bring_in(workbook(Liste=LIST[:2]), autumn, by)
    again = workbook(Ny=[LIST[0], ["Linn", "Ewa Linn", "+47 40000071", "ja"]])
    rows, count = import_list(content=again, in_round=autumn, decisions={}, today=TODAY, by=by)
    assert (count, rows[1].verdict, rows[1].column, rows[1].choices) == (
        0,
        "question",
        "Mobil",
        ("import", "same", "skip"),
    )
    assert "Lind" in rows[1].reason
    assert bring_in(again, autumn, by, {"Ny!2": "import"}) == 1


def test_nothing_is_half_imported(autumn: Round, by: User) -> None:
    refer, calls = importing.refer_family, iter(range(9))

    def fail_at_the_third(**fields: Any) -> Family:
        if next(calls) == 2:
            raise RuntimeError("the disk is full")
        return refer(**fields)

    with mock.patch.object(importing, "refer_family", fail_at_the_third), pytest.raises(RuntimeError):
        bring_in(SAMPLE.read_bytes(), autumn, by)
    assert (Family.objects.count(), Person.objects.count(), ImportedRow.objects.count()) == (0, 0, 0)


def test_a_closed_round_takes_nobody(autumn: Round, by: User) -> None:
    autumn.closed_at = timezone.now()
    with pytest.raises(RoundIsClosed):
        bring_in(workbook(Liste=LIST), autumn, by)


def test_two_municipalities_know_nothing_of_each_other(autumn: Round, by: User, storfjell: Municipality) -> None:
    content = workbook(Liste=LIST)
    assert bring_in(content, autumn, by) == 2
    with municipality(storfjell):
        chief = person_with_role("Siri Sjef", storfjell, "leader")
        there = RoundFactory(municipality=storfjell, project_leader=chief)
        assert bring_in(content, there, act_in(chief, storfjell)) == 2
        assert ImportedRow.objects.count() == 2


def run(*arguments: object) -> str:
    out = io.StringIO()
    call_command("import_families", *[str(argument) for argument in arguments], stdout=out)
    return out.getvalue()


def test_the_command_is_a_dry_run_until_it_applies(autumn: Round, leader: User, tmp_path: Path) -> None:
    answers = tmp_path / "answers.json"
    answers.write_text(json.dumps(ANSWERS))
    call = (SAMPLE, "--round", autumn.pk, "--by", leader.email.upper())
    lines = [json.loads(line) for line in run(*call, "--json").splitlines()]
    assert len(lines) == 37
    assert {tuple(line) for line in lines} == {("sheet", "row", "column", "verdict", "reason")}
    assert {line["verdict"] for line in lines} == {"new", "question", "duplicate", "ignored"}
    assert "without_phone+without_remark | skip" in lines[32]["reason"]
    assert not Family.objects.exists()
    assert "25" in run(*call, "--apply", "--decisions", answers).splitlines()[-1]
    again = [json.loads(line) for line in run(*call, "--apply", "--json", "--decisions", answers).splitlines()]
    assert {line["verdict"] for line in again} == {"duplicate", "ignored", "question"}
    assert Family.objects.count() == 25


def test_what_the_command_refuses(autumn: Round, leader: User, referrer: User, stranger: User, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.json"
    text = tmp_path / "list.xlsx"
    text.write_text("Familie;Mobil")
    by = ("--by", leader.email)
    for arguments in (
        (tmp_path / "none.xlsx", "--round", autumn.pk, *by),
        (text, "--round", autumn.pk, *by),
        (SAMPLE, "--round", 0, *by),
        (SAMPLE, "--round", autumn.pk, "--by", referrer.email),
        (SAMPLE, "--round", autumn.pk, "--by", stranger.email),
        (SAMPLE, "--round", autumn.pk, "--by", "nobody@example.org"),
    ):
        with pytest.raises(CommandError):
            run(*arguments, "--apply")
    for decisions in ("no json", "[1]", '{"Høst 2026!12": 1}', '{"Høst 2026!12": "import"}', '{"Ark!1": "skip"}'):
        wrong.write_text(decisions)
        with pytest.raises(CommandError):
            run(SAMPLE, "--round", autumn.pk, *by, "--apply", "--decisions", wrong)
    assert not Family.objects.exists()


@pytest.fixture
def old_uploads(autumn: Round, leader: User, storfjell: Municipality) -> None:
    """One in each municipality, uploaded 25 hours ago."""
    with municipality(storfjell):
        chief = person_with_role("Siri Sjef", storfjell, "leader")
        there = RoundFactory(municipality=storfjell, project_leader=chief)
        keep_upload(name="ny.xlsx", content=workbook(Liste=LIST), in_round=there, by=chief)
        Upload.objects.update(uploaded_at=timezone.now() - timedelta(hours=25))
    keep_upload(name="gammel.xlsx", content=workbook(Liste=LIST), in_round=autumn, by=leader)
    Upload.objects.update(uploaded_at=timezone.now() - timedelta(hours=25))


def test_uploads_are_forgotten_after_a_day(
    old_uploads: None, autumn: Round, coordinator: User, storfjell: Municipality
) -> None:
    keep_upload(name="fersk.xlsx", content=workbook(Liste=LIST), in_round=autumn, by=coordinator)
    assert forget_uploads() == 2
    assert [upload.name for upload in Upload.objects.all()] == ["fersk.xlsx"]
    with municipality(storfjell):
        assert not Upload.objects.exists()


def test_another_municipality_sees_neither_upload_nor_hash(old_uploads: None, storfjell: Municipality) -> None:
    assert [upload.name for upload in Upload.objects.all()] == ["gammel.xlsx"]
    with municipality(storfjell):
        assert [upload.name for upload in Upload.objects.all()] == ["ny.xlsx"]
