"""Gates explain themselves and can be passed with a reason; the rules of the domain cannot, by anybody."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import override

from accounts.models import Certificate, User
from families.models import Participation, Person
from groups.models import Group
from planning.gates import GATES, Gate, UnknownGate, Verdict, gate, reached, register_gate
from planning.models import GatePass, Round
from planning.queries.gates import next_threshold
from planning.rules.gates import DomainRule
from planning.rules.steps import Step
from planning.services.gates import (
    AlreadyPassed,
    NobodyPasses,
    NothingToPass,
    ReasonMissing,
    pass_gate,
    take_pass_back,
)
from sessions_log.models import Gathering, InterpreterBooking, Summary
from tests.conftest import Browser
from tests.factories import FamilyFactory, gathering_of, group_of, waiting, wish
from tests.questions import asked

Browse = Callable[[User | None], Browser]


def says(key: str, found: Round) -> tuple[bool, str] | None:
    """What a gate says, in the language of the sources."""
    with override("en"):
        verdict = gate(key).check(found)
    return (verdict.met, verdict.sentence) if verdict else None


def test_these_gates_stand_in_this_order() -> None:
    found = sorted(GATES.values(), key=lambda each: each.step)
    assert [(int(each.step), str(each.key)) for each in found if each.can_be_passed] == [
        (2, "coordinator"),
        (2, "kick_off_day"),
        (3, "said_yes"),
        (3, "group_sizes"),
        (3, "interpreters"),
        (5, "summaries"),
        (5, "closing_parties"),
    ]
    assert {str(each.key) for each in found if not each.can_be_passed} == set(DomainRule.values)


def test_a_round_waits_for_a_coordinator_and_a_day(autumn: Round, coordinator: User) -> None:
    assert says("coordinator", autumn) == (False, "Nobody coordinates the round yet.")
    assert says("kick_off_day", autumn) == (False, "The kick-off has no planned day, so the tasks have none either.")
    group_of(autumn, coordinator, families=0)
    autumn.kick_off_on = date(2026, 9, 10)
    assert says("coordinator", autumn) == (True, "Coordinated by Ingrid Solheim.")
    verdict = says("kick_off_day", autumn)
    assert verdict
    assert verdict[0]


def test_how_many_families_have_said_yes(autumn: Round, coordinator: User) -> None:
    assert says("said_yes", autumn) == (False, "No family has been referred to the round yet.")
    rows = [waiting(FamilyFactory(municipality=autumn.municipality), autumn) for _n in range(6)]
    for row in rows[:5]:
        wish(row, coordinator)
    assert says("said_yes", autumn) == (False, "5 of 6 families have said yes themselves.")
    Participation.objects.filter(pk=rows[5].pk).update(ended_on=date(2026, 9, 1), ending="declined")
    assert says("said_yes", autumn) == (True, "All 5 families have said yes themselves.")


def test_a_group_that_is_not_five_or_six_is_said_plainly(autumn: Round, coordinator: User) -> None:
    assert says("group_sizes", autumn) == (False, "No group is made yet.")
    group_of(autumn, coordinator, "Bjørka", families=4)
    group_of(autumn, coordinator, "Furu", families=7)
    group_of(autumn, coordinator, "Gran", families=5)
    assert says("group_sizes", autumn) == (
        False,
        "Bjørka has 4 families. Furu has 7 families. A group is normally five or six.",
    )


def test_a_coordinator_without_a_certificate_is_named(autumn: Round, birch: Group, coordinator: User) -> None:
    assert says("certificates", autumn) == (True, "The coordinators have shown their police certificates.")
    Certificate.objects.filter(user=coordinator).update(ended_on=date(2026, 9, 1))
    assert says("certificates", autumn) == (False, "No police certificate has been shown by Ingrid Solheim.")


def test_a_wish_taken_back_stands_in_the_way(autumn: Round, birch: Group) -> None:
    assert says("own_wish", autumn) == (True, "Everybody in a group has said themselves that they want to.")
    held = birch.memberships.first().wish
    held.withdrawn_at = timezone.now()
    held.save()
    assert says("own_wish", autumn) == (False, "1 family in a group no longer wants to take part.")


def test_a_protected_family_that_would_get_messages_stands_in_the_way_and_else_nothing_is_told(
    autumn: Round, birch: Group
) -> None:
    family = birch.memberships.first().family
    family.protection = "confidential"
    family.save()
    found = says("protection", autumn)
    assert found == (
        False,
        "1 family with a confidential address is set to get messages. Its coordinator calls instead.",
    )
    family.people.update(receives=False)
    assert says("protection", autumn) is None


def test_a_kick_off_has_what_when_where_and_how_to_get_there(autumn: Round, birch: Group) -> None:
    assert says("what_when_where", autumn) == (False, "No kick-off is planned for Bjørka.")
    row = gathering_of(birch, kind="kick_off", directions="")
    found = says("what_when_where", autumn)
    assert found
    assert not found[0]
    Gathering.objects.filter(pk=row.pk).update(directions="Buss 21")
    assert says("what_when_where", autumn) == (True, "Each kick-off has what, when, where and how to get there.")
    assert reached(autumn) == Step.PLANNING
    Gathering.objects.filter(pk=row.pk).update(
        starts_at=timezone.now() - timedelta(days=3), ends_at=timezone.now() - timedelta(days=2)
    )
    assert says("what_when_where", autumn) is None
    assert reached(autumn) == Step.GATHERINGS


def test_an_interpreter_is_missing_for_a_language_that_a_family_needs(autumn: Round, birch: Group) -> None:
    assert says("interpreters", autumn) is None
    families = [membership.family for membership in birch.memberships.all()]
    for family, language in zip(families, ("ti", "ar", "ti"), strict=False):
        family.people.filter(kind="adult").update(interpreter_language=language)
    assert says("interpreters", autumn) == (False, "No interpreter is ordered for Arabic, Tigrinya.")
    row = gathering_of(birch, kind="kick_off")
    made = {"municipality": autumn.municipality, "gathering": row, "ordered_on": date(2026, 9, 1)}
    booked = InterpreterBooking.objects.create(**made, language="ti")
    assert says("interpreters", autumn) == (False, "No interpreter is ordered for Arabic.")
    InterpreterBooking.objects.create(**made, language="ar", confirmed_on=date(2026, 9, 2))
    assert says("interpreters", autumn) == (False, "The interpreter for Tigrinya is not confirmed.")
    booked.confirmed_on = date(2026, 9, 3)
    booked.save()
    assert says("interpreters", autumn) == (True, "Interpreters are confirmed for Arabic, Tigrinya.")
    Person.objects.update(interpreter_language="")
    assert says("interpreters", autumn) is None


def test_before_the_party_summaries_are_written_and_it_has_a_place(autumn: Round, birch: Group, leader: User) -> None:
    held = gathering_of(birch, timezone.now() - timedelta(days=3), kind="kick_off")
    autumn.kick_off_on = autumn.starts_on
    assert says("summaries", autumn) == (False, "1 summary is missing.")
    assert says("closing_parties", autumn) == (False, "No closing party is planned for Bjørka.")
    found = next_threshold(autumn)
    assert found
    assert found.step == Step.CLOSING
    Summary.objects.create(
        municipality=autumn.municipality, gathering=held, did="x", written_by=leader, written_at=timezone.now()
    )
    gathering_of(birch, kind="closing_party")
    assert says("summaries", autumn) is None
    assert says("closing_parties", autumn) == (True, "The closing party is planned.")
    assert next_threshold(autumn) is None


def test_the_nearest_step_comes_first_and_a_finished_round_asks_nothing(autumn: Round) -> None:
    found = next_threshold(autumn)
    assert found
    assert found.step == Step.RECRUITMENT
    autumn.closed_at = timezone.now()
    assert next_threshold(autumn) is None


def test_pass_a_gate_with_a_reason_that_is_kept_and_take_it_back(
    autumn: Round, birch: Group, leader: User, coordinator: User, browse: Browse
) -> None:
    autumn.kick_off_on = autumn.starts_on
    autumn.save()
    waiting(FamilyFactory(municipality=autumn.municipality, name="Venter"), autumn)
    plan = f"/k/9901/runder/{autumn.pk}/plan/"
    browser = browse(coordinator)
    bad = browser.post(f"{plan}krav/said_yes/", {"reason": "  "})
    assert (bad.status_code, list(bad.context["form"].errors)) == (200, ["reason"])
    answer = browser.post(f"{plan}krav/said_yes/", {"reason": "Den siste venter til våren"})
    assert answer.url == plan
    row = GatePass.objects.get()
    assert (row.key, row.reason, row.passed_by) == ("said_yes", "Den siste venter til våren", coordinator)
    html = browse(leader).get(f"{plan}foran/").content.decode()
    assert "Den siste venter til våren" in html
    assert f'action="{plan}krav/said_yes/tilbake/"' in html
    browse(leader).post(f"{plan}krav/said_yes/tilbake/")
    row.refresh_from_db()
    assert (row.taken_back_by, row.reason) == (leader, "Den siste venter til våren")
    assert f'href="{plan}krav/said_yes/"' in browse(leader).get(f"{plan}foran/").content.decode()


def test_a_gate_is_passed_once_and_only_where_something_is_in_the_way(autumn: Round, leader: User) -> None:
    now = timezone.now()
    pass_gate(round=autumn, key="coordinator", reason="Kommer i januar", by=leader, now=now)
    with pytest.raises(AlreadyPassed):
        pass_gate(round=autumn, key="coordinator", reason="Igjen", by=leader, now=now)
    take_pass_back(round=autumn, key="coordinator", by=leader, now=now)
    pass_gate(round=autumn, key="coordinator", reason="Likevel", by=leader, now=now)
    with pytest.raises(ReasonMissing):
        pass_gate(round=autumn, key="kick_off_day", reason=" ", by=leader, now=now)
    autumn.kick_off_on = autumn.starts_on
    with pytest.raises(NothingToPass):
        pass_gate(round=autumn, key="kick_off_day", reason="Hvorfor ikke", by=leader, now=now)
    with pytest.raises(UnknownGate):
        pass_gate(round=autumn, key="finnes_ikke", reason="x", by=leader, now=now)
    assert list(GatePass.objects.values_list("reason", flat=True)) == ["Kommer i januar", "Likevel"]


@pytest.mark.parametrize("key", DomainRule.values)
def test_nobody_passes_a_rule_of_the_domain(
    key: str, autumn: Round, birch: Group, leader: User, browse: Browse
) -> None:
    # by the service
    with pytest.raises(NobodyPasses):
        pass_gate(round=autumn, key=key, reason="Det haster", by=leader, now=timezone.now())
    # by the page
    url = f"/k/9901/runder/{autumn.pk}/plan/krav/{key}/"
    assert "<textarea" not in browse(leader).get(url).content.decode()
    answer = browse(leader).post(url, {"reason": "Det haster"})
    assert answer.context["form"].non_field_errors()
    # by a registration
    with pytest.raises(AttributeError):
        Gate(Step.KICK_OFF, key, lambda _round: None).can_be_passed = True
    before = GATES[key]
    try:
        register_gate(Step.KICK_OFF, key, lambda _round: Verdict(False, "Nei."))
        assert not gate(key).can_be_passed
    finally:
        GATES[key] = before
    # by a row, through the model or past it
    values = {"municipality": autumn.municipality, "round": autumn, "passed_by": leader, "passed_at": timezone.now()}
    with pytest.raises(IntegrityError, match="nobody_passes_a_rule_of_the_domain"), transaction.atomic():
        GatePass.objects.create(key=key, reason="Det haster", **values)
    allowed = GatePass.objects.create(key="said_yes", reason="Det haster", **values)
    with (
        pytest.raises(IntegrityError, match="nobody_passes_a_rule_of_the_domain"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("update planning_gatepass set key = %s where id = %s", [key, allowed.pk])


def test_the_database_keeps_no_pass_without_a_reason(autumn: Round, leader: User) -> None:
    values = {"municipality": autumn.municipality, "round": autumn, "passed_by": leader, "passed_at": timezone.now()}
    with pytest.raises(IntegrityError, match="a_pass_has_a_reason"), transaction.atomic():
        GatePass.objects.create(key="said_yes", reason="", **values)
    with pytest.raises(IntegrityError, match="a_pass_taken_back_says_by_whom"), transaction.atomic():
        GatePass.objects.create(key="said_yes", reason="x", taken_back_at=timezone.now(), **values)


def test_the_page_leads_to_where_it_is_mended_if_she_may_go_there(
    autumn: Round, birch: Group, leader: User, coordinator: User, browse: Browse
) -> None:
    autumn.kick_off_on = autumn.starts_on
    autumn.save()
    Certificate.objects.filter(user=coordinator).update(ended_on=date(2026, 9, 1))
    url = f"/k/9901/runder/{autumn.pk}/plan/foran/"
    lines = {
        person: {said.gate.key: link for said, link in browse(person).get(url).context["threshold"]["lines"]}
        for person in (leader, coordinator)
    }
    assert lines[leader]["certificates"] == "/k/9901/folk/"
    assert lines[coordinator]["certificates"] == ""  # people are the leader's page
    assert lines[coordinator]["what_when_where"] == "/k/9901/samlinger/ny/"


@pytest.mark.parametrize("many", [1, 3])
def test_it_comes_by_itself_on_the_plan_and_asks_twelve_questions_at_most(
    many: int, autumn: Round, coordinator: User, leader: User, browse: Browse
) -> None:
    """At worst: before the kick-off, with groups, protected families, interpreters and kick-offs that are planned."""
    for n in range(many):
        group = group_of(autumn, coordinator, f"Gruppe {n}", families=5)
        gathering_of(group, kind="kick_off")
        Person.objects.filter(family__memberships__group=group, kind="adult").update(interpreter_language="ti")
    autumn.kick_off_on = autumn.starts_on
    autumn.save()
    browser, plan = browse(leader), f"/k/9901/runder/{autumn.pk}/plan/"
    before = f"{plan}foran/"
    page = browser.get(plan).content.decode()
    assert f'hx-get="{before}"' in page
    assert f'href="{before}"' in page
    assert asked(browser, before) == 12
    answer = browser.get(before)
    piece = browser.get(before, headers={"HX-Request": "true", "HX-Target": "gates"}).content.decode()
    assert "<html" not in piece
    lines = answer.context["threshold"]["lines"]
    assert [str(said.gate.key) for said, _link in lines if not said.verdict.met] == ["interpreters"]
    assert all(said.verdict.sentence in piece for said, _link in lines)


def test_an_interpreter_of_one_group_is_none_of_anothers(autumn: Round, birch: Group, coordinator: User) -> None:
    pine = group_of(autumn, coordinator, "Furu", families=1)
    Person.objects.filter(kind="adult").update(interpreter_language="ti")
    booked = {"municipality": autumn.municipality, "language": "ti", "ordered_on": date(2026, 9, 1)}
    InterpreterBooking.objects.create(gathering=gathering_of(birch, kind="kick_off"), **booked)
    assert says("interpreters", autumn) == (False, "No interpreter is ordered for Tigrinya.")
    InterpreterBooking.objects.create(gathering=gathering_of(pine, kind="kick_off"), **booked)
    assert says("interpreters", autumn) == (False, "The interpreter for Tigrinya is not confirmed.")
    InterpreterBooking.objects.update(confirmed_on=date(2026, 9, 2))
    assert says("interpreters", autumn) == (True, "Interpreters are confirmed for Tigrinya.")


def test_the_round_page_says_what_the_next_step_waits_for(autumn: Round, leader: User, browse: Browse) -> None:
    """By itself once it is there, and on a page of its own where htmx does not run."""
    browser, before = browse(leader), f"/k/9901/runder/{autumn.pk}/foran/"
    page = browser.get(f"/k/9901/runder/{autumn.pk}/").content.decode()
    assert f'hx-get="{before}"' in page
    assert f'href="{before}"' in page
    answer = browser.get(before)
    assert [said.gate.key for said in answer.context["threshold"].waits] == ["coordinator", "kick_off_day"]
    piece = browser.get(before, headers={"HX-Request": "true", "HX-Target": "waits"}).content.decode()
    assert "<html" not in piece
    assert all(said.verdict.sentence in piece for said in answer.context["threshold"].waits)
