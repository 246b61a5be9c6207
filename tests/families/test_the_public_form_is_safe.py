"""The public form tells nobody anything about anybody, opens nothing else, and has its limits."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import Error, connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from families.models import Family, PendingReferral
from families.views import joining
from groups.models import Group
from municipalities.models import Municipality
from municipalities.tenancy import active_municipality, municipality
from planning.models import Round
from tests.conftest import Browser
from tests.families.public_form import ANSWERS, CODE, DONE, JOIN, NOON, Browse, code, kept

pytestmark = pytest.mark.usefixtures("clock", "opened")


def test_only_the_browser_that_typed_it_can_confirm_it(
    browse: Browse, autumn: Round, opened: Municipality, storfjell: Municipality
) -> None:
    browser = browse(None)
    browser.post(JOIN, ANSWERS)
    assert browse(None).get(CODE).url == JOIN
    assert browse(None).post(CODE, {"code": code()}).url == JOIN
    storfjell.public_form_open = True
    storfjell.save()
    there = "/k/9902/bli-med/kode/?sprak=uk"
    assert browser.post(there, {"code": code()}).url == "/k/9902/bli-med/?sprak=uk"
    assert Family.objects.count() == 0


def test_looking_changes_nothing_and_asks_nothing_about_anybody(
    browse: Browse, coordinator: User, autumn: Round, birch: Group
) -> None:
    before = kept()
    for person in (None, coordinator):
        for path in (JOIN, DONE, f"{JOIN}&andre=1"):
            with CaptureQueriesContext(
                connection,
            ) as asked:
                assert browse(person).get(path).status_code == 200
            closed = [
                q["sql"] for q in asked if re.search(r'"(families|groups|outbox|planning|sessions_log)_', q["sql"])
            ]
            assert closed == []
    assert kept() == before


def test_the_page_itself_is_in_no_municipality(
    browse: Browse, coordinator: User, birch: Group, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[int | None, int]] = []

    def look(*_arguments: Any, **_more: Any) -> Any:
        seen.append((active_municipality(), Family.objects.count()))
        return render(*_arguments, **_more)

    render = joining.render
    monkeypatch.setattr(joining, "render", look)
    for person in (None, coordinator):
        browser = browse(person)
        browser.get(JOIN)
        browser.post(JOIN, ANSWERS)
        browser.get(CODE)
        browser.post(CODE, {"code": "000000" if code() != "000000" else "000001"})
        browser.post(CODE, {"again": "1"})
        browser.post(JOIN, {"protection": "strict"})
    assert set(seen) == {(None, 0)}


def test_what_waits_is_closed_to_other_municipalities(browse: Browse, autumn: Round, storfjell: Municipality) -> None:
    browse(None).post(JOIN, ANSWERS)
    with municipality(storfjell):
        assert PendingReferral.objects.count() == 0
        with pytest.raises(Error, match="row-level security"), transaction.atomic():
            PendingReferral.objects.create(
                municipality_id=autumn.municipality_id, answers={}, language="nb", created_at=NOON
            )


def test_no_phone_gets_more_than_three_codes_an_hour_from_anywhere(
    browse: Browse, autumn: Round, storfjell: Municipality, clock: Any
) -> None:
    storfjell.public_form_open = True
    storfjell.save()
    paths = [JOIN, JOIN, JOIN.replace("9901", "9902"), JOIN]
    answers = [browse(None).post(path, ANSWERS, REMOTE_ADDR=f"192.0.2.{n}").status_code for n, path in enumerate(paths)]
    assert answers == [302, 302, 302, 429]
    refused = browse(None).post(JOIN, ANSWERS)
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "3600")
    assert "Зробіть невелику перерву" in refused.content.decode()
    assert browse(None).post(JOIN, {**ANSWERS, "contact": "400 00 778"}).status_code == 302
    clock.move_to(NOON + timedelta(hours=1))
    assert browse(None).post(JOIN, ANSWERS).status_code == 302


def test_one_network_sends_at_most_twenty_codes_an_hour(browse: Browse, autumn: Round) -> None:
    def tried(n: int, address: str) -> int:
        return browse(None).post(JOIN, {**ANSWERS, "contact": f"400 00 {n:03}"}, REMOTE_ADDR=address).status_code

    assert [tried(n, f"2001:db8::{n:x}") for n in range(21)] == [302] * 20 + [429]
    assert tried(21, "2001:db8:0:1::1") == 302


def test_guessing_ends_for_the_network_too(browse: Browse, autumn: Round) -> None:
    statuses = []
    for n in range(16):
        browser = browse(None)
        browser.post(JOIN, {**ANSWERS, "contact": f"400 00 {n:03}"}, REMOTE_ADDR=f"192.0.2.{n}")
        statuses += [browser.post(CODE, {"code": "000000"}).status_code for _try in range(4)]
    assert (statuses[:60], statuses[60:]) == ([200] * 60, [429] * 4)


def test_the_limits_hold_while_valkey_is_away(browse: Browse, autumn: Round, settings: Any) -> None:
    settings.CACHES = {
        "default": {"BACKEND": "web.cache.ForgivingRedisCache", "LOCATION": "redis://127.0.0.1:1/0"},
    }
    assert [browse(None).post(JOIN, ANSWERS).status_code for _try in range(4)] == [302, 302, 302, 429]


def test_a_form_from_elsewhere_is_refused_and_ours_needs_no_session(autumn: Round) -> None:
    browser = Browser(enforce_csrf_checks=True)
    page = browser.get(JOIN)
    assert list(browser.cookies) == ["sammen_csrf"]
    assert browser.post(JOIN, ANSWERS).status_code == 403
    token = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page.content.decode())[0]
    assert browser.post(JOIN, {**ANSWERS, "csrfmiddlewaretoken": token}).url == CODE
    assert kept() == {"PendingReferral": 1, "Message": 1}
