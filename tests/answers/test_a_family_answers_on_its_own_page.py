"""A family's own page: what it shows, what it takes, and what it never does."""

import gzip
import logging
import re
from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from icalendar import Calendar

from accounts.models import User
from families.models import Family, Person, Protection
from groups.models import Group
from municipalities.models import Municipality
from municipalities.tenancy import municipality
from outbox.catalogue import LANGUAGES
from outbox.letters import kind_of
from outbox.links import hash_of, link_to, message_behind, token_of
from outbox.models import Message
from outbox.queries import quiet_of
from sessions_log.letters import INVITATION
from sessions_log.models import Gathering, Reply
from sessions_log.services.announcements import end_invitations, invite, promise_reminder
from sessions_log.services.gatherings import cancel_gathering
from tests.conftest import Browser
from tests.factories import gathering_of
from tests.questions import asked

Browse = Callable[[User | None], Browser]


@pytest.fixture
def gathering(birch: Group, coordinator: User) -> Gathering:
    """Everybody of Bjørka is invited."""
    row = gathering_of(birch, timezone.now() + timedelta(days=4))
    families = [membership.family for membership in birch.memberships.all()]
    invite(gathering=row, families=families, generation=row.generation, by=coordinator)
    return row


def adult(group: Group, n: int = 0) -> Person:
    return group.memberships.order_by("pk")[n].family.people.get(kind="adult")


def address(person: Person, kind: str = INVITATION) -> str:
    message = Message.objects.filter(recipient=f"person:{person.pk}", kind=kind).order_by("pk").last()
    assert message is not None
    return f"/s/{token_of(message.municipality_id, message.key)}"


def replies() -> list[tuple[int, bool, int, int, str]]:
    rows = Reply.objects.filter(is_current=True).order_by("pk")
    return list(rows.values_list("family_id", "coming", "adults", "children", "words"))


def everybody(person: Person) -> list[str]:
    return [str(pk) for pk in person.family.people.values_list("pk", flat=True)]


def yes(person: Person, **more: Any) -> dict[str, Any]:
    return {"coming": "yes", "who": everybody(person), **more}


def test_the_household_answers_and_changes_its_mind(browse: Browse, birch: Group, gathering: Gathering) -> None:
    person, family = adult(birch), adult(birch).family_id
    Person.objects.create(municipality=birch.municipality, family=person.family, kind="child", name="Nora Berg")
    browser, url = browse(None), address(person)
    page = browser.get(url).content.decode()
    assert gathering.activity in page
    assert "Nora" in page
    assert "Berg" not in page
    sent = browser.post(url, yes(person, needs_lift="on", words="Vi tar med kake"))
    assert sent.status_code == 302
    assert "Takk. Vi ses." in browser.get(sent.headers["Location"]).content.decode()
    assert replies() == [(family, True, 1, 3, "Vi tar med kake")]
    reply = Reply.objects.get()
    assert (reply.needs_lift, reply.needs_interpreter, reply.noted_by) == (True, False, None)
    assert re.search(r'<input[^>]*value="yes"[^>]*checked', browser.get(url).content.decode())
    browser.post(url, {"coming": "no"})
    assert replies() == [(family, False, 0, 0, "")]
    assert Reply.objects.count() == 2


def test_the_answer_of_a_real_browser_is_taken(birch: Group, gathering: Gathering) -> None:
    """From a page with `no-referrer` it says that it comes from nowhere, and there is no cookie on either side."""
    person, browser = adult(birch), Browser(enforce_csrf_checks=True)
    assert not browser.get(address(person)).cookies
    sent = browser.post(address(person), yes(person), headers={"Origin": "null"})
    assert (sent.status_code, len(replies())) == (302, 1)
    assert not sent.cookies


def test_what_a_family_usually_needs_is_ticked_beforehand(browse: Browse, birch: Group, gathering: Gathering) -> None:
    person = adult(birch)
    Person.objects.filter(pk=person.pk).update(interpreter_language="so")
    Family.objects.filter(pk=person.family_id).update(needs_transport=True)
    page = browse(None).get(address(person)).content.decode()
    for name in ("needs_lift", "needs_interpreter"):
        assert re.search(rf'<input[^>]*name="{name}"[^>]*checked', page)


def test_looking_changes_nothing(browse: Browse, birch: Group, gathering: Gathering) -> None:
    url = address(adult(birch))
    with CaptureQueriesContext(connection) as captured:
        for visit in (browse(None).get(url), browse(None).head(url), browse(None).get(f"{url}/samling.ics")):
            assert visit.status_code == 200
    writes = [query["sql"] for query in captured if re.match(r"(?i)\s*(insert|update|delete)", query["sql"])]
    assert writes == []


def test_it_asks_the_database_little(browse: Browse, birch: Group, gathering: Gathering) -> None:
    assert asked(browse(None), address(adult(birch))) == 9


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_speaks_each_language_and_is_light(
    browse: Browse, birch: Group, gathering: Gathering, language: str
) -> None:
    person = adult(birch)
    Person.objects.filter(pk=person.pk).update(language=language)
    answer = browse(None).get(address(person))
    page = answer.content.decode()
    lang, direction = language.replace("_", "-"), "rtl" if language in {"ar", "fa_AF", "ps"} else "ltr"
    assert f'<html lang="{lang}" dir="{direction}"' in page
    assert "<script" not in page
    assert "%(" not in page
    assert re.findall(r'<a href="/s/[^"]+\?sprak=(\w+)"', page) == list(LANGUAGES)
    style = re.findall(r'<link rel="stylesheet" href="/static/([^"]+)"', page)
    assert len(style) == 1
    css = Path(str(finders.find(style[0]))).read_bytes()
    assert len(gzip.compress(answer.content)) + len(gzip.compress(css)) < 20_000
    headers = [answer.headers[name] for name in ("X-Robots-Tag", "Referrer-Policy", "Cache-Control")]
    assert headers == ["noindex, nofollow", "no-referrer", "no-store"]


def test_bad_answers_say_so_and_keep_what_was_typed(browse: Browse, birch: Group, gathering: Gathering) -> None:
    person = adult(birch)
    browser, url = browse(None), address(person)
    strangers = everybody(adult(birch, 1))
    for sent, told in (
        ({"words": "hei"}, "Velg én."),
        ({"coming": "maybe", "words": "hei"}, "Velg én."),
        ({"coming": "yes", "words": "hei"}, "Velg hvem som kommer."),
        ({"coming": "yes", "who": strangers, "words": "hei"}, "Velg én."),
        (yes(person, words="hei" + "x" * 200), "Dette er for langt."),
        (yes(person, words="hei 13097248022"), "Det står et fødselsnummer"),
    ):
        answer = browser.post(url, sent)
        assert (answer.status_code, told in answer.content.decode()) == (422, True)
        assert "hei" in answer.content.decode()
    assert replies() == []


def test_a_link_answers_for_its_own_family_alone(browse: Browse, birch: Group, gathering: Gathering) -> None:
    first, second = adult(birch), adult(birch, 1)
    page = browse(None).get(address(first)).content.decode()
    assert second.first_name not in page.replace(first.first_name, "")
    browse(None).post(address(first), yes(first))
    assert [row[0] for row in replies()] == [first.family_id]


def leave(person: Person) -> None:
    Person.objects.filter(pk=person.pk).update(left_on=timezone.localdate())


def protect(person: Person) -> None:
    Family.objects.filter(pk=person.family_id).update(protection=Protection.CONFIDENTIAL)


def expire(person: Person) -> None:
    moment = timezone.now() - timedelta(days=1, hours=2)
    Gathering.objects.update(starts_at=moment - timedelta(hours=2), ends_at=moment)


@pytest.mark.parametrize("end", [leave, protect, expire])
def test_a_link_ends(browse: Browse, birch: Group, gathering: Gathering, end: Callable[[Person], None]) -> None:
    person = adult(birch)
    url = address(person)
    assert browse(None).get(url).status_code == 200
    end(person)
    closed = browse(None).get(url)
    assert closed.status_code == 404
    assert gathering.activity not in closed.content.decode()
    assert browse(None).post(url, yes(person)).status_code == 404
    assert browse(None).get(f"{url}/samling.ics").status_code == 404
    assert replies() == []
    unknown = browse(None).get("/s/" + "A" * 22)
    assert strip(closed.content.decode()) == strip(unknown.content.decode())


def strip(page: str) -> str:
    return re.sub(r"/s/[\w-]{22}", "", page)


def test_a_family_that_is_not_invited_any_more_has_no_page(
    browse: Browse, birch: Group, gathering: Gathering, coordinator: User
) -> None:
    person = adult(birch)
    end_invitations(person.family, timezone.now(), coordinator)
    assert browse(None).get(address(person)).status_code == 404


def test_a_cancelled_gathering_says_so_and_takes_no_answer(
    browse: Browse, birch: Group, gathering: Gathering, coordinator: User
) -> None:
    person = adult(birch)
    cancel_gathering(gathering=gathering, by=coordinator, now=timezone.now())
    page = browse(None).get(address(person))
    assert (page.status_code, "Denne samlingen er avlyst." in page.content.decode()) == (200, True)
    assert "<form" not in page.content.decode()
    assert browse(None).post(address(person), yes(person)).status_code == 409
    assert replies() == []


def test_what_has_begun_takes_no_answer(browse: Browse, birch: Group, gathering: Gathering) -> None:
    person, now = adult(birch), timezone.now()
    Gathering.objects.update(starts_at=now - timedelta(minutes=5), ends_at=now + timedelta(hours=1))
    page = browse(None).get(address(person)).content.decode()
    assert "Samlingen har begynt" in page
    assert "<form" not in page
    assert browse(None).post(address(person), yes(person)).status_code == 409
    assert replies() == []


def test_guessing_is_answered_alike_and_then_slowed_down(browse: Browse, lillevik: Municipality) -> None:
    browser = browse(None)
    seen = [browser.get(f"/s/{n:022d}").status_code for n in range(61)]
    assert seen == [404] * 60 + [429]
    assert browser.get("/s/" + "0" * 22).headers["Retry-After"] == "3600"
    assert browse(None).get("/s/kort").status_code == 429


def test_only_a_hash_is_stored_and_a_lookup_gives_two_ids(
    birch: Group, gathering: Gathering, storfjell: Municipality
) -> None:
    message = Message.objects.filter(kind=INVITATION).order_by("pk")[0]
    token = token_of(message.municipality_id, message.key)
    assert message.link_hash == hash_of(token)
    values = Message.objects.filter(pk=message.pk).values()[0].values()
    assert [value for value in values if token in str(value)] == []
    assert link_to(token).endswith(f"/s/{token}")
    assert len(token) == 22
    with municipality(storfjell):
        assert Message.objects.count() == 0
        assert message_behind(token) == (message.municipality_id, message.pk)
        assert message_behind(token[:-1] + ("A" if token[-1] != "A" else "B")) is None
        assert message_behind("x' or '1'='1") is None


def test_what_was_promised_before_there_were_pages_says_all_by_itself(
    birch: Group, gathering: Gathering, lillevik: Municipality
) -> None:
    """A reminder that was planned without a link has none to say; when its family is invited anew it gets one."""
    row = Message.objects.filter(kind="reminder").order_by("pk")[0]
    assert "{link}" in kind_of(row).render(row).sms
    row.link_hash = ""
    text = kind_of(row).render(row)
    assert "{link}" not in text.sms + text.body
    assert gathering.directions in text.sms
    Message.objects.filter(pk=row.pk).update(link_hash="", state="cancelled")
    person = adult(birch)
    promise_reminder(gathering, person, quiet=quiet_of(lillevik), by=None)
    row.refresh_from_db()
    assert (row.state, row.link_hash) == ("queued", hash_of(token_of(lillevik.pk, row.key)))


def test_a_cancellation_leads_nowhere_and_says_it_all(birch: Group, gathering: Gathering, coordinator: User) -> None:
    cancel_gathering(gathering=gathering, by=coordinator, now=timezone.now())
    rows = Message.objects.filter(kind="cancellation")
    assert [(row.link_hash, "{link}" in row.body + row.sms) for row in rows] == [("", False)] * 6


def test_no_log_says_a_token(browse: Browse, lillevik: Municipality) -> None:
    told = StringIO()
    handler = next(each for each in logging.getLogger().handlers if type(each) is logging.StreamHandler)
    before = handler.setStream(told)
    try:
        browse(None).get("/s/" + "Q" * 22)
        logging.getLogger("django.request").error("Internal Server Error: %s", "/s/" + "Q" * 22 + "/samling.ics")
        browse(None).get("/invitasjon/" + "Q" * 22 + "x/")
    finally:
        handler.setStream(before)
    assert "Not Found: /s/…" in told.getvalue()
    assert "/invitasjon/…" in told.getvalue()
    assert "Internal Server Error: /s/…/samling.ics" in told.getvalue()
    assert "QQ" not in told.getvalue()


def test_the_calendar_file_opens_and_tells_nothing(browse: Browse, birch: Group, gathering: Gathering) -> None:
    answer = browse(None).get(f"{address(adult(birch))}/samling.ics")
    event = next(iter(Calendar.from_ical(answer.content).walk("VEVENT")))
    assert (answer.headers["Content-Type"], str(event["SUMMARY"])) == ("text/calendar; charset=utf-8", "Samling")
    assert gathering.activity not in answer.content.decode()
