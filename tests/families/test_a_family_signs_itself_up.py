"""The public form: open or not there at all, confirmed by a code, and kept only then."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.models import User
from audit.models import Event
from families.duplicates.pairs import others_alike
from families.models import Family, Participation, PendingReferral, Person, Referral, Tally
from families.queries import waiting_list
from families.rules.joining import hash_of, with_plain_digits
from families.tasks import tidy
from groups.models import Group
from municipalities.models import Municipality
from outbox.delivery import sweep
from outbox.models import Message
from planning.models import Round, RoundCoordinator
from tests.families.public_form import ANSWERS, CODE, DONE, JOIN, NOON, Browse, code, kept
from tests.outbox.sinks import Sink

pytestmark = pytest.mark.usefixtures("clock", "opened")


@pytest.mark.parametrize("path", ["", "kode/", "takk/"])
def test_a_form_that_is_closed_is_not_there(
    browse: Browse, opened: Municipality, storfjell: Municipality, path: str
) -> None:
    opened.public_form_open = False
    opened.save()
    for number in ("9901", "9902", "0000", "x", "٩٩٠١"):
        for method in ("get", "post"):
            answer = getattr(browse(None), method)(f"/k/{number}/bli-med/{path}", ANSWERS)
            assert (number, answer.status_code) == (number, 405 if (path, method) == ("takk/", "post") else 404)
    assert kept() == {}


def test_a_family_signs_itself_up_in_ukrainian(
    browse: Browse, autumn: Round, coordinator: User, leader: User, sink: Sink
) -> None:
    RoundCoordinator.objects.create(municipality=autumn.municipality, round=autumn, user=coordinator)
    browser = browse(None)
    assert browser.post(JOIN, ANSWERS).url == CODE
    assert kept() == {"PendingReferral": 1, "Message": 1}
    assert sweep() == 1
    sent = sink.texts[0]
    digits = re.findall(r"\d{6}", sent["text"])[0]
    assert sent["to"] == "+4740000777"
    assert sent["text"].replace("—", "-").startswith(f"{digits} - ваш код для SAMMEN.")
    assert browser.post(CODE, {"code": f"{digits[:3]} {digits[3:]}"}).url == DONE
    assert "Дякуємо" in browser.get(DONE).content.decode()
    referral = Referral.objects.get()
    adult = referral.family.people.get(kind="adult")
    assert {
        "family": (referral.family.name, referral.family.languages, referral.family.protection),
        "adult": (adult.name, adult.phone, adult.channel, adult.language, adult.interpreter_language, adult.receives),
        "children": list(referral.family.people.filter(kind="child").values_list("birth_year", flat=True)),
        "referral": (referral.referred_by, referral.source_kind, referral.source, referral.reason, referral.round),
        "agreed": (referral.agreed_to_contact, referral.agreed_to_contact_on),
        "logged": list(Event.objects.values_list("verb", "user")),
    } == {
        "family": ("Шевчук", ["uk"], "none"),
        "adult": ("Олена Шевчук", "+4740000777", "sms", "uk", "uk", True),
        "children": [2016, 2019],
        "referral": (None, "self", "", "Готувати разом", autumn),
        "agreed": (True, NOON.date()),
        "logged": [("refer_family", None)],
    }
    assert kept() == {"Family": 1, "Person": 3, "Referral": 1, "Participation": 1}
    # It waits like the others, and the start page asks the coordinator to call.
    page = browse(coordinator).get("/k/9901/familier/").content.decode()
    assert "Шевчук" in page
    assert "signed up themselves" in page or "meldte seg på selv" in page
    assert "Snakk med dem som venter" in browse(coordinator).get("/k/9901/").content.decode()
    assert "None" not in browse(coordinator).get(f"/k/9901/familier/{referral.family_id}/").content.decode()


def test_the_code_is_stored_nowhere(browse: Browse, autumn: Round, sink: Sink) -> None:
    browse(None).post(JOIN, ANSWERS)
    sweep()
    message, pending = Message.objects.get(), PendingReferral.objects.get()
    assert message.state == "sent"
    assert "{code}" in message.sms
    with connection.cursor() as cursor:
        for table in ("outbox_message", "families_pendingreferral", "django_session"):
            cursor.execute(f"select string_agg(t::text, ' ') from {table} t")
            assert code() not in (cursor.fetchone()[0] or "")
    assert pending.code_hash == hash_of(code(), pending.pk)


def test_the_code_comes_by_mail_too(browse: Browse, autumn: Round, sink: Sink) -> None:
    browser = browse(None)
    browser.post(JOIN, {**ANSWERS, "contact": "olena@example.org", "language": "so"})
    sweep()
    assert (sink.mails[0][0], code() in sink.mails[0][2]) == ("olena@example.org", True)
    browser.post(CODE, {"code": code()})
    adult = Person.objects.get(kind="adult")
    assert (adult.email, adult.phone, adult.channel, adult.language) == ("olena@example.org", "", "email", "so")


def test_digits_of_other_scripts_are_understood(browse: Browse, autumn: Round) -> None:
    browser = browse(None)
    answer = browser.post(JOIN.replace("uk", "ar"), {**ANSWERS, "contact": "٤٠٠٠٠٧٧٧", "children": "٢٠١٦، ٢٠١٩"})
    assert answer.status_code == 302
    arabic = code().translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    assert browser.post(CODE, {"code": arabic}).url == DONE
    assert with_plain_digits("۱۲۳ ١٢٣") == "123 123"


def test_five_tries_and_the_right_code_comes_too_late(browse: Browse, autumn: Round) -> None:
    browser = browse(None)
    browser.post(JOIN, ANSWERS)
    wrong = f"{(int(code()) + 1) % 10**6:06}"
    said = [browser.post(CODE, {"code": wrong}).context["form"].errors["code"][0] for _try in range(5)]
    assert said == ["Це не той код. Подивіться ще раз."] * 4 + ["Код більше не діє. Попросіть новий."]
    assert browser.post(CODE, {"code": code()}).status_code == 200
    assert kept() == {"PendingReferral": 1, "Message": 1}
    old = code()
    assert "Новий код" in browser.post(CODE, {"again": "1"}).content.decode()
    assert old != code()
    assert browser.post(CODE, {"code": old}).status_code == 200
    assert browser.post(CODE, {"code": code()}).url == DONE


def test_a_code_works_for_fifteen_minutes(browse: Browse, autumn: Round, clock: Any, sink: Sink) -> None:
    browser = browse(None)
    browser.post(JOIN, ANSWERS)
    clock.move_to(NOON + timedelta(minutes=15))
    assert browser.post(CODE, {"code": code()}).status_code == 200
    assert sweep() == 0  # a letter that was held up is not sent when its code is over
    assert Message.objects.get().state == "cancelled"
    assert Family.objects.count() == 0


def test_the_code_comes_at_night(browse: Browse, autumn: Round, clock: Any, sink: Sink) -> None:
    clock.move_to(NOON.replace(hour=23))
    browse(None).post(JOIN, ANSWERS)
    assert sweep() == 1


@pytest.mark.parametrize("code", ["", "12345", "1234567", "abcdef", "12\x0034", "½½½½½½"])
def test_what_is_no_code_is_no_try(browse: Browse, autumn: Round, code: str) -> None:
    browser = browse(None)
    browser.post(JOIN, ANSWERS)
    assert browser.post(CODE, {"code": code}).status_code == 200
    assert PendingReferral.objects.get().tries == 0


def test_the_database_itself_allows_no_sixth_try_and_no_fourth_code(browse: Browse, autumn: Round) -> None:
    browse(None).post(JOIN, ANSWERS)
    for change in ({"tries": 6}, {"codes": 4}):
        with pytest.raises(IntegrityError), transaction.atomic():
            PendingReferral.objects.update(**change)


def test_what_is_not_confirmed_is_gone_after_a_day(browse: Browse, autumn: Round, clock: Any, sink: Sink) -> None:
    browser = browse(None)
    browser.post(JOIN, ANSWERS)
    sweep()
    clock.move_to(NOON + timedelta(hours=23, minutes=59))
    assert tidy() == 0
    clock.move_to(NOON + timedelta(hours=24))
    assert browser.get(CODE).url == JOIN
    assert tidy() == 1
    assert (kept(), Tally.objects.count()) == ({}, 0)


def test_without_a_round_it_is_received_and_waits_for_one(
    browse: Browse, opened: Municipality, leader: User, clock: Any
) -> None:
    browser = browse(None)
    browser.post(JOIN, ANSWERS)
    assert browser.post(CODE, {"code": code()}).url == DONE
    clock.move_to(NOON + timedelta(days=40))
    assert tidy() == 0
    spring = Round.objects.create(
        municipality=opened,
        name="Våren",
        project_leader=leader,
        starts_on=NOON.date(),
        ends_on=NOON.date() + timedelta(days=200),
    )
    assert tidy() == 1
    participation = Participation.objects.get()
    assert (participation.round, participation.waiting_since) == (spring, NOON.date())
    assert not PendingReferral.objects.exists()


def test_a_known_phone_gets_the_same_answer_as_an_unknown_one(
    browse: Browse, birch: Group, leader: User, autumn: Round
) -> None:
    known = birch.memberships.first().family.people.get(kind="adult")
    told = []
    for contact in (known.phone, "400 99 999"):
        browser = browse(None)
        first = browser.post(JOIN, {**ANSWERS, "contact": contact})
        page = browser.get(first.url).content.decode()
        last = browser.post(CODE, {"code": code()})
        page += browser.get(last.url).content.decode()
        told.append(
            (first.url, last.url, re.sub(r'value="\w{64}"|<p class="ds-paragraph">Ми надіслали.*?</p>', "", page))
        )
    assert told[0] == told[1]
    # The coordinator is told that they may be one family.
    leader.permissions = frozenset({"family_view", "family_view_all", "family_merge"})
    rows = waiting_list(leader)
    assert [row.came_by_itself for row in rows] == [True, True]
    assert known.family.name in {other.name for row in rows for other in others_alike(row.family, leader)}


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"adult": ""}, {"adult"}),
        ({"adult": "12345"}, {"adult"}),
        ({"adult": "Olena 13097248022"}, {"adult"}),
        ({"wish": "Fnr 130972 48022"}, {"wish"}),
        ({"wish": "x" * 501}, {"wish"}),
        ({"contact": ""}, {"contact"}),
        ({"contact": "22 22 22 22"}, {"contact"}),
        ({"contact": "+380 50 123 4567"}, {"contact"}),
        ({"contact": "829 12 345"}, {"contact"}),
        ({"contact": "olena@"}, {"contact"}),
        ({"language": "klingon"}, {"language"}),
        ({"protection": ""}, {"protection"}),
        ({"children": "Ivan 2016"}, {"children"}),
        ({"children": "1850"}, {"children"}),
        ({"children": "2016 " * 13}, {"children"}),
        ({"agree": ""}, {"agree"}),
    ],
)
def test_what_must_be_put_right_is_said_in_the_familys_language(
    browse: Browse, autumn: Round, change: dict[str, str], wrong: set[str]
) -> None:
    page = browse(None).post(JOIN, {**ANSWERS, **change})
    errors = page.context["form"].errors
    assert set(errors) == wrong
    assert all(re.search("[а-яіїє]", text) for texts in errors.values() for text in texts)
    assert "Готувати разом" in page.content.decode() or "wish" in change
    assert kept() == {}


def test_of_a_strictly_protected_family_nothing_is_kept(browse: Browse, autumn: Round, leader: User) -> None:
    page = browse(None).post(JOIN, {"adult": "Олена", "protection": "strict"})
    assert page.status_code == 200
    assert leader.name in page.content.decode()
    assert kept() == {"Message": 1}
    letter = Message.objects.get()
    assert (letter.kind, letter.address, "Олена" in letter.body) == ("strictly_protected", leader.email, False)


def test_a_family_with_a_confidential_address_is_only_called(browse: Browse, autumn: Round, sink: Sink) -> None:
    browser = browse(None)
    browser.post(JOIN, {**ANSWERS, "protection": "confidential"})
    sweep()
    assert "Lillevik" not in sink.texts[0]["text"]
    browser.post(CODE, {"code": code()})
    assert (Family.objects.get().protection, Person.objects.get(kind="adult").channel) == ("confidential", "call")


def test_somebody_at_work_fills_it_in_and_gets_the_code_herself(browse: Browse, autumn: Round, sink: Sink) -> None:
    browser = browse(None)
    address = "/k/9901/bli-med/?sprak=nb&andre=1"
    helper = {"helper": "Liv Moe", "helper_contact": "liv.moe@example.org", "source_kind": "health"}
    assert set(browser.post(address, ANSWERS).context["form"].errors) == set(helper)
    assert set(browser.post(address, {**ANSWERS, **helper, "source_kind": "self"}).context["form"].errors) == {
        "source_kind"
    }
    answer = browser.post(address, {**ANSWERS, **helper})
    sweep()
    assert [mail[0] for mail in sink.mails] == ["liv.moe@example.org"]
    browser.post(answer.url, {"code": code()})
    referral = Referral.objects.get()
    assert (referral.source_kind, referral.source, referral.referred_by, referral.referrer_sees_status) == (
        "health",
        "Liv Moe, liv.moe@example.org",
        None,
        False,
    )
    assert Person.objects.get(kind="adult").phone == "+4740000777"
