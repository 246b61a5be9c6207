"""A new round from an earlier one: what is named comes along, and nothing else."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.utils import timezone

from accounts.models import User
from families.models import Consent, Family, Participation
from groups.models import Group
from municipalities.models import Owned
from planning.models import (
    BudgetLine,
    GatePass,
    MediaCoverage,
    Partner,
    PlanTask,
    ReferenceMember,
    Round,
    RoundCoordinator,
    RoundPartner,
)
from planning.services.repeats import start_round_from
from tests.conftest import Browser
from tests.factories import FamilyFactory, gathering_of, invited, plan_task, reference_member, waiting
from tests.planning.resources import partner_of

Browse = Callable[[User | None], Browser]
NEW = {
    "name": "Våren 2027",
    "starts_on": date(2027, 1, 4),
    "ends_on": date(2027, 6, 20),
    "kick_off_on": date(2027, 2, 9),
}


def agrees(family: Family, by: User, **more: Any) -> Consent:
    return Consent.objects.create(
        **{
            "municipality": family.municipality,
            "family": family,
            "given_by": family.people.get(kind="adult"),
            "purpose": "invite_again",
            "text_version": "1",
            "language": "nb",
            "given_at": timezone.now() - timedelta(days=30),
            "noted_by": by,
        }
        | more
    )


def takes_part(in_round: Round, name: str, **fields: Any) -> RoundPartner:
    partner = partner_of(in_round.municipality, name)
    return RoundPartner.objects.create(
        municipality=in_round.municipality, round=in_round, partner=partner, commitment="To timer i uka", **fields
    )


@pytest.fixture
def finished(autumn: Round, birch: Group, leader: User, coordinator: User) -> Round:
    """A round in which every field is filled and everything has happened."""
    autumn.kick_off_on = date(2026, 9, 10)
    autumn.goals = "Familiene ringer hverandre."
    autumn.contact_name, autumn.contact_phone = "Maja Lund", "+4740000911"
    autumn.contact_email, autumn.lessons = "maja.lund@example.org", "Begynn tidligere."
    autumn.closed_at = timezone.now()
    autumn.started_from = Round.objects.create(
        municipality=autumn.municipality,
        name="Våren 2026",
        project_leader=leader,
        starts_on=date(2026, 1, 1),
        ends_on=date(2026, 6, 1),
    )
    autumn.save()
    plan_task(
        autumn,
        "Finn sted",
        1,
        notes="Ring Gerd",
        owner=coordinator,
        due_days=-56,
        done_at=timezone.now(),
        done_by=leader,
    )
    plan_task(autumn, "Møte", 1, owner=leader, due_on=date(2026, 8, 31))
    plan_task(autumn, "Droppet", 2, dropped_at=timezone.now())
    reference_member(autumn, "Ellen Moe")
    reference_member(autumn, "Odd Berg")
    takes_part(autumn, "Helsestasjonen")
    takes_part(autumn, "Sluttet underveis", ended_on=date(2026, 10, 1))
    takes_part(autumn, "Nedlagt")
    Partner.objects.filter(name="Nedlagt").update(ended_on=date(2026, 11, 1))
    BudgetLine.objects.create(municipality=autumn.municipality, round=autumn, name="Mat", amount=4000)
    told = {"title": "Ett bord", "outlet": "Lillevik Blad", "published_on": date(2026, 11, 1)}
    MediaCoverage.objects.create(municipality=autumn.municipality, round=autumn, **told)
    GatePass.objects.create(
        municipality=autumn.municipality,
        round=autumn,
        key="said_yes",
        reason="Resten neste gang",
        passed_by=leader,
        passed_at=timezone.now(),
    )
    invited(gathering_of(birch), birch.memberships.first().family)
    return autumn


def pointing_at(found: Round) -> dict[str, int]:
    """How many rows of each table point at a round."""
    counted = {}
    for model in apps.get_models():
        if not issubclass(model, Owned) or model._meta.label.endswith("Event"):
            continue
        for field in model._meta.concrete_fields:
            if isinstance(field, models.ForeignKey) and field.related_model is Round:
                count = model._default_manager.filter(**{field.name: found}).count()
                if count:
                    counted[f"{model._meta.label}.{field.name}"] = count
    return counted


def test_what_is_named_comes_along_and_nothing_else(finished: Round, leader: User, coordinator: User) -> None:
    again, closed, never = (membership.family for membership in Group.objects.get().memberships.order_by("pk")[:3])
    for family in (again, closed, never):
        Participation.objects.filter(family=family).update(ended_on=date(2026, 12, 1), ending="ended")
    agrees(again, leader)
    agrees(closed, leader, withdrawn_at=timezone.now())
    assert finished.started_from is not None
    stranger = reference_member(finished.started_from, "Fra runden før der")
    new = start_round_from(
        earlier=finished,
        **NEW,
        project_leader=leader,
        coordinators=[coordinator],
        reference_group=[finished.reference_group.get(name="Ellen Moe"), stranger],
        carriers=["invite_again"],
        by=leader,
    )
    of_itself = {field.attname: getattr(new, field.attname) for field in Round._meta.concrete_fields}
    assert of_itself == {
        "id": new.pk,
        "municipality_id": finished.municipality_id,
        **NEW,
        "project_leader_id": leader.pk,
        "goals": "",
        "contact_name": "",
        "contact_phone": "",
        "contact_email": "",
        "lessons": "",
        "started_from_id": finished.pk,
        "closed_at": None,
    }
    assert pointing_at(new) == {
        "planning.PlanTask.round": 2,
        "planning.ReferenceMember.round": 1,
        "planning.RoundCoordinator.round": 1,
        "planning.RoundPartner.round": 1,
        "families.Participation.round": 1,
    }
    left_out = {"id", "round_id", "municipality_id"}
    tasks = [
        {
            field.attname: getattr(row, field.attname)
            for field in PlanTask._meta.concrete_fields
            if field.attname not in left_out
        }
        for row in new.tasks.all()
    ]
    nothing = {"due_on": None, "done_at": None, "done_by_id": None, "dropped_at": None, "step": 1}
    assert tasks == [
        {
            "title": "Finn sted",
            "notes": "Ring Gerd",
            "owner_id": coordinator.pk,
            "due_days": -56,
            "position": 0,
            **nothing,
        },
        {"title": "Møte", "notes": "", "owner_id": leader.pk, "due_days": -10, "position": 1, **nothing},
    ]
    member = ReferenceMember.objects.get(round=new)
    assert (member.name, member.role, member.phone, member.email) == (
        "Ellen Moe",
        "biblioteket",
        "",
        "ellen@example.org",
    )
    assert RoundCoordinator.objects.get(round=new).user == coordinator
    taking_part = RoundPartner.objects.select_related("partner").get(round=new)
    assert (taking_part.partner.name, taking_part.commitment, taking_part.ended_on) == ("Helsestasjonen", "", None)
    row = Participation.objects.get(round=new)
    assert (row.family, row.contacted_on, row.ended_on, row.ending) == (again, None, None, "")
    assert row.wishes.count() == row.memberships.count() == 0
    assert finished.tasks.count() == 3  # the earlier round is as it was


def test_families_that_are_busy_or_agreed_long_ago_stay_where_they_are(finished: Round, leader: User) -> None:
    busy, long_ago = (membership.family for membership in Group.objects.get().memberships.order_by("pk")[:2])
    agrees(busy, leader)  # in a group still
    Participation.objects.filter(family=long_ago).update(ended_on=date(2026, 12, 1), ending="ended")
    agrees(long_ago, leader, given_at=timezone.now() - timedelta(days=800))
    elsewhere = FamilyFactory(municipality=finished.municipality, name="Fra en annen runde")
    agrees(elsewhere, leader)
    new = start_round_from(earlier=finished, **NEW, project_leader=leader, carriers=["invite_again"], by=leader)
    assert Participation.objects.filter(round=new).count() == 0


def test_families_come_along_only_if_the_leader_wishes(finished: Round, leader: User) -> None:
    family = Group.objects.get().memberships.first().family
    Participation.objects.filter(family=family).update(ended_on=date(2026, 12, 1), ending="ended")
    agrees(family, leader)
    new = start_round_from(earlier=finished, **NEW, project_leader=leader, by=leader)
    assert pointing_at(new) == {"planning.PlanTask.round": 2, "planning.RoundPartner.round": 1}
    assert new.tasks.first().owner is None  # the coordinator is not in this round


def test_days_are_counted_from_the_first_day_where_no_kick_off_was_planned(finished: Round, leader: User) -> None:
    Round.objects.filter(pk=finished.pk).update(kick_off_on=None)
    finished.refresh_from_db()
    new = start_round_from(earlier=finished, **NEW, project_leader=leader, by=leader)
    assert new.tasks.get(title="Møte").due_on == date(2027, 2, 3)  # thirty days after the first


def test_the_page_says_what_comes_along_and_shows_the_lessons(
    finished: Round, leader: User, coordinator: User, browse: Browse
) -> None:
    family = Group.objects.get().memberships.first().family
    Participation.objects.filter(family=family).update(ended_on=date(2026, 12, 1), ending="ended")
    waiting(FamilyFactory(municipality=finished.municipality, name="Venter"), finished)
    agrees(family, leader)
    browser, url = browse(leader), f"/k/9901/runder/{finished.pk}/ny/"
    page = browser.get(url)
    html = page.content.decode()
    assert "Begynn tidligere." in html
    assert family.name not in html
    form = page.context["form"]
    assert form.initial["coordinators"] == [coordinator.pk]
    assert form["carriers"].initial == ["invite_again"]
    assert form["reference_group"].initial is None  # nobody comes along without having been asked
    assert [form.initial[name] for name in ("contact_name", "contact_phone")] == ["Maja Lund", "+4740000911"]
    values = {name: str(value) for name, value in NEW.items()} | {"goals": "", "project_leader": leader.pk}
    bad = browser.post(url, values | {"name": ""})
    assert list(bad.context["form"].errors) == ["name"]
    ellen = finished.reference_group.get(name="Ellen Moe")
    ticked = {"coordinators": [coordinator.pk], "carriers": ["invite_again"], "reference_group": [ellen.pk]}
    answer = browser.post(url, values | ticked | {"contact_name": "Maja Lund"})
    new = Round.objects.get(name="Våren 2027")
    assert (new.contact_name, [row.name for row in new.reference_group.all()]) == ("Maja Lund", ["Ellen Moe"])
    assert answer.url == f"/k/9901/runder/{new.pk}/plan/"
    assert Participation.objects.get(round=new).family == family
    assert "Begynn tidligere." in browser.get(answer.url).content.decode()


def test_without_families_that_agreed_there_is_nothing_to_tick(finished: Round, leader: User, browse: Browse) -> None:
    form = browse(leader).get(f"/k/9901/runder/{finished.pk}/ny/").context["form"]
    assert "carriers" not in form.fields
