"""Who may open what: one table, equal to what is observed on every address."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver

from accounts.models import User
from municipalities.models import Municipality
from tests.conftest import Browser
from tests.project.world import World, make_world

ELSEWHERE = ("account_", "admin:", "gallery", "demo:")  # allauth and the admin guard themselves; demo is for developers

# One line a route: L leader, C coordinator, R referrer, V volunteer, A administrator of this municipality,
# D deputy for police certificates.
TABLE = {
    "accounts:staff": "L A D",
    "accounts:invite": "L A",
    "planning:resources": "L C",
    "planning:partners": "L C",
    "planning:new_partner": "L C",
    "planning:edit_partner": "L C",
    "planning:round_partners": "L C",
    "planning:new_round_partner": "L C",
    "planning:edit_round_partner": "L C",
    "planning:venues": "L C",
    "planning:new_venue": "L C",
    "planning:venue": "L C",
    "planning:edit_venue": "L C",
    "planning:door": "L C",
    "planning:edit_door": "L C",
    "planning:volunteers": "L C",
    "planning:new_volunteer": "L C",
    "planning:edit_volunteer": "L C",
    "planning:ideas": "L C",
    "planning:new_idea": "L C",
    "planning:idea": "L C",
    "planning:edit_idea": "L C",
    "planning:new_idea_note": "L C",
    "planning:arrangements": "L C",
    "planning:new_arrangement": "L C",
    "planning:edit_arrangement": "L C",
    "planning:budget": "L C",
    "planning:new_budget_line": "L",
    "planning:edit_budget_line": "L",
    "planning:new_expense": "L",
    "planning:edit_expense": "L",
    "planning:media_contacts": "L C",
    "planning:new_media_contact": "L C",
    "planning:edit_media_contact": "L C",
    "planning:coverage": "L C",
    "planning:new_coverage": "L C",
    "planning:edit_coverage": "L C",
    "planning:media_advice": "L C",
    "planning:materials": "L C",
    "planning:school_holidays": "L C",
    "planning:new_school_holiday": "L C",
    "planning:edit_school_holiday": "L C",
    "accounts:settings": "L A",
    "accounts:certificate": "L D",
    "accounts:ask": "L D",
    "accounts:letter": "L D",
    "accounts:letter_pdf": "L D",
    "accounts:end_role": "L D",
    "planning:new": "L",
    "planning:new_from": "L",
    "planning:edit": "L",
    "planning:new_member": "L",
    "planning:member": "L",
    "planning:remove_member": "L",
    "planning:plan": "L C",
    "planning:before": "L C",
    "planning:ask_sos": "L C",
    "planning:new_task": "L C",
    "planning:task": "L C",
    "planning:state": "L C",
    "planning:order": "L C",
    "planning:pass_gate": "L C",
    "planning:take_pass_back": "L C",
    "families:refer": "L C R",
    "families:draft": "L C R",
    "families:my_referrals": "L C R",
    "families:waiting": "L C",
    "families:family": "L C",
    "families:edit": "L C",
    "families:wish": "L C",
    "families:contacted": "L C",
    "families:conversation": "C",
    "families:consents": "L C",
    "families:board": "L C",
    "families:end": "L C",
    "families:again": "L C",
    "families:duplicates": "L C",
    "families:compare": "L C",
    "families:undo_merge": "L C",
    "families:import": "L C",
    "families:import_columns": "C",  # a list is seen by the one who brought it in: here the coordinator
    "families:import_preview": "C",
    "groups:groups": "L C",
    "groups:new": "L C",
    "groups:group": "L C",
    "groups:edit": "L C",
    "groups:new_coordinator": "L C",
    "groups:handover": "L C",
    "groups:handover_back": "L C",
    "groups:add_families": "L C",
    "groups:leave": "L C",
    "groups:compose": "L C",
    "groups:confirm_composition": "L C",
    "groups:apart": "L C",
    "groups:withdraw_wish": "L C",
    "groups:add_volunteer": "L C",
    "groups:end_volunteer": "L C",
    "sessions_log:gatherings": "L C",
    "sessions_log:new": "L C",
    "sessions_log:draft": "L C",
    "sessions_log:series": "L C",
    "sessions_log:gathering": "L C",
    "sessions_log:edit": "L C",
    "sessions_log:preview": "L C",
    "sessions_log:letters": "L C",
    "sessions_log:retry": "L C",
    "sessions_log:call_instead": "L C",
    "sessions_log:called": "L C",
    "sessions_log:close_link": "L C",
    "sessions_log:food": "L C",
    "messaging:messages": "L C",
    "messaging:write": "L C",
    "messaging:draft": "L C",
    "messaging:queue": "L C",
    "messaging:stop": "L C",
    "messaging:stop_all": "L C",
    "messaging:message": "L C",
    "answers:inbox": "L C",
    "answers:settle": "L C",
    "sessions_log:reply": "L C",
    "sessions_log:call": "L C",
    "sessions_log:cancel": "L C",
    "sessions_log:interpreter": "L C",
    "sessions_log:lifts": "L C",
    "sessions_log:sheet": "L C",  # and the volunteers who help at it, as test_the_sheet.py shows
    "sessions_log:arrange": "L C",
    "sessions_log:log": "L C",
    "sessions_log:thanks": "L C",
    "sessions_log:welcome": "L C",
    "sessions_log:debrief": "L",
    "sessions_log:goal": "L C",
    "sessions_log:closing": "L C",
    "sessions_log:close": "L",
    "sessions_log:reopen": "L",
    "sessions_log:evaluation": "L C",
    "sessions_log:evaluation_draft": "L C",
    "sessions_log:interviews": "L C",
    "sessions_log:interview": "C",
    "sessions_log:interview_draft": "C",
    "sessions_log:next_step": "C",
    "sessions_log:interview_absence": "L C",
    "messaging:wordings": "L",
    "messaging:wording": "L",
    "messaging:take_back_wording": "L",
    "messaging:sign_off": "L",
    "insight:today": "L C R V A D",
    "insight:rounds": "L",
    "insight:round": "L",
    "insight:round_before": "L",
}
OWN = {"accounts:choose_municipality", "accounts:take"}  # everybody with an account
PUBLIC = {"accounts:set_language", "accounts:accept", "healthz", "readyz"}
PUBLIC |= {"sms_receipt", "mail_receipt"}  # signed by the provider
PUBLIC |= {"answers:incoming"}  # the SMS gateway, by its signature
PUBLIC |= {"answers:own_page", "answers:own_calendar"}  # a family, by its personal link
PUBLIC |= {"families:join", "families:join_code", "families:joined"}  # where the municipality has opened its form


def routes(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, Any]]:
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLPattern):
            yield prefix + (entry.name or f"(no name: {entry.pattern})"), entry.callback
        else:
            yield from routes(entry, f"{prefix}{entry.namespace}:" if entry.namespace else prefix)


def ours() -> dict[str, Any]:
    return {name: view for name, view in routes() if not name.startswith(ELSEWHERE)}


def test_every_address_is_named_and_declares_its_access() -> None:
    undeclared = [name for name, view in ours().items() if not hasattr(view, "access") or name.startswith("(")]
    assert undeclared == []
    declared = {name: str(view.access) for name, view in ours().items()}
    assert {name for name, access in declared.items() if access == "public"} == PUBLIC
    assert {name for name, access in declared.items() if access == "signed in"} == OWN
    assert set(declared) - PUBLIC - OWN == set(TABLE)


@pytest.fixture
def world(lillevik: Municipality, storfjell: Municipality, autumn: Any, birch: Any) -> World:
    return make_world(birch)


def answers(browser: Browser, world: World, method: str) -> dict[str, int]:
    return {name: getattr(browser, method)(world.url(name)).status_code for name in TABLE}


def test_nobody_gets_in_without_logging_in(world: World, browse: Callable[[User | None], Browser]) -> None:
    for method in ("get", "post"):
        for name in TABLE:
            answer = getattr(browse(None), method)(world.url(name))
            assert (name, answer.status_code) == (name, 302)
            assert answer.url.startswith("/konto/login/"), name


def test_somebody_without_a_role_here_learns_nothing(
    world: World, nobody: User, stranger: User, browse: Callable[[User | None], Browser]
) -> None:
    for person in (nobody, stranger):
        for method in ("get", "post"):
            assert set(answers(browse(person), world, method).values()) == {404}


def test_the_table_is_what_happens(
    world: World,
    leader: User,
    coordinator: User,
    referrer: User,
    volunteer_user: User,
    administrator: User,
    deputy: User,
    browse: Callable[[User | None], Browser],
) -> None:
    people = {"L": leader, "C": coordinator, "R": referrer, "V": volunteer_user, "A": administrator, "D": deputy}
    seen: dict[str, str] = {}
    for name in TABLE:
        letters = []
        for letter, person in people.items():
            with transaction.atomic():  # what one of them does is undone before the next one comes
                got = browse(person).get(world.url(name)).status_code
                posted = browse(person).post(world.url(name)).status_code
                transaction.set_rollback(True)
            assert (got == 403) == (posted == 403), (name, letter, got, posted)
            assert got < 500, (name, letter, got)
            assert posted < 500, (name, letter, posted)
            if got == 404:
                hers_alone = name.startswith("families:import_") or (name, letter) == ("sessions_log:sheet", "V")
                assert hers_alone, (name, letter)
            elif got != 403:
                assert got in {200, 302, 405}, (name, letter, got)
                letters.append(letter)
        seen[name] = " ".join(letters)
    assert seen == TABLE


def test_another_municipalitys_row_is_not_found(
    world: World, stranger: User, browse: Callable[[User | None], Browser]
) -> None:
    """The stranger is leader at home: she may open the page, and finds nothing behind our ids."""
    for name in TABLE:
        address = world.url(name)
        if world.has_row(name):
            there = address.replace("/k/9901/", "/k/9902/")
            seen = {browse(stranger).get(there).status_code, browse(stranger).post(there).status_code} - {405}
            assert (name, seen) == (name, {404})
