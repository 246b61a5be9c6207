"""A coordinator composes groups on the workbench, by hand and from a proposal, and decides."""

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.queries import act_in
from audit.models import Event, Read
from families.models import Background, Family, NotTogether, Participation
from groups.models import Composition, Group, Membership
from groups.services import compositions as services
from groups.services.groups import NameTaken
from groups.tasks import propose_groups
from groups.workbench import material_of, placement_of
from municipalities.models import Municipality
from planning.models import Round
from tests.conftest import Browser
from tests.factories import FamilyFactory, group_of, waiting, wish

Browse = Callable[[User | None], Browser]
ROOT = Path(__file__).resolve().parents[2]


def ready(in_round: Round, by: User, count: int, **fields: object) -> list[Family]:
    """So many families that want to take part."""
    found = []
    for n in range(count):
        family = FamilyFactory(municipality=in_round.municipality, name=f"Vil {n + 1}", **fields)
        wish(waiting(family, in_round), by)
        found.append(family)
    return found


@pytest.fixture
def mine(autumn: Round, coordinator: User, leader: User) -> Round:
    """The round, which the coordinator recruits for. The screens are in English: the words are looked at."""
    User.objects.update(language="en")
    autumn.coordinators.create(municipality=autumn.municipality, user=coordinator)
    return autumn


def url(in_round: Round, name: str = "compose") -> str:
    return reverse(f"groups:{name}", args=["9901", in_round.pk])


def draft(in_round: Round, by: User) -> Composition:
    return Composition.objects.open().get(round=in_round, made_by=by)


def test_families_are_moved_one_by_one_and_the_draft_is_kept(mine: Round, coordinator: User, browse: Browse) -> None:
    families = ready(mine, coordinator, 6)
    page = browse(coordinator).get(url(mine))
    assert [seat.name for seat in page.context["page"].waiting] == [family.name for family in families]
    assert not Composition.objects.exists()
    for family in families[:5]:
        answer = browse(coordinator).post(url(mine), {"move": f"{family.pk}:new-1"})
        assert (answer.status_code, answer.url) == (302, url(mine))
    page = browse(coordinator).get(url(mine)).context["page"]
    assert [seat.name for seat in page.waiting] == ["Vil 6"]
    assert [[seat.name for seat in table.families] for table in page.tables] == [[f"Vil {n}" for n in range(1, 6)]]
    assert all(line.is_met for line in page.tables[0].lines)
    browse(coordinator).post(url(mine), {"move": f"{families[0].pk}:"})
    assert [seat.name for seat in browse(coordinator).get(url(mine)).context["page"].waiting] == ["Vil 1", "Vil 6"]


def test_htmx_gets_only_the_bench(mine: Round, coordinator: User, browse: Browse) -> None:
    (family,) = ready(mine, coordinator, 1)
    answer = browse(coordinator).post(
        url(mine), {"move": f"{family.pk}:"}, headers={"HX-Request": "true", "HX-Target": "bench"}
    )
    assert answer.status_code == 200
    assert b"<html" not in answer.content
    assert b"Vil 1" in answer.content


def test_who_has_not_said_it_itself_is_not_on_the_bench(mine: Round, coordinator: User, browse: Browse) -> None:
    family = FamilyFactory(municipality=mine.municipality, name="Uten ønske")
    waiting(family, mine)
    answer = browse(coordinator).get(url(mine))
    assert (answer.context["page"].waiting, answer.context["page"].without_wish) == ([], 1)
    browse(coordinator).post(url(mine), {"move": f"{family.pk}:new-1"})
    assert Composition.objects.get().placement == {}


def test_a_proposal_is_worked_out_used_and_decided(
    mine: Round, coordinator: User, browse: Browse, django_capture_on_commit_callbacks: Callable
) -> None:
    families = ready(mine, coordinator, 12)
    browser = browse(coordinator)
    browser.post(url(mine), {"propose": "1"})
    row = draft(mine, coordinator)
    assert (row.state, browser.get(url(mine)).context["page"].is_late) == ("queued", False)
    assert propose_groups(row.municipality_id, row.pk) == "done"
    row.refresh_from_db()
    assert (row.state, row.progress, row.result["bound"], row.proposals[0]["total"]) == ("done", 100, 0, 0)
    assert "Vil" not in str(row.result)
    assert "no composition fits better" in browser.get(url(mine)).context["page"].offers[0].distance
    browser.post(url(mine), {"use": "0"})
    page = browser.get(url(mine)).context["page"]
    assert (page.waiting, sorted(len(table.families) for table in page.tables)) == ([], [6, 6])
    named: dict[str, object] = {}
    for n in (1, 2):
        named |= {f"name-new-{n}": f"Tre {n}", f"coordinator-new-{n}": coordinator.pk, f"place-new-{n}": ""}
    answer = browser.post(url(mine, "confirm_composition"), {**named, "decision": "De bor nær hverandre."})
    assert (answer.status_code, answer.url) == (302, reverse("groups:groups", args=["9901"]))
    assert sorted(Membership.objects.values_list("family", flat=True)) == sorted(family.pk for family in families)
    assert sorted(Group.objects.values_list("name", flat=True)) == ["Tre 1", "Tre 2"]
    row.refresh_from_db()
    assert (row.decision, row.decided_by, row.decided_at is None) == ("De bor nær hverandre.", coordinator, False)
    assert Event.objects.filter(verb="compose_groups", ids={"composition": row.pk}).count() == 1
    assert [each.pk for each in browser.get(url(mine)).context["decided"]] == [row.pk]


def test_each_proposal_says_what_it_keeps_what_it_breaks_and_what_a_swap_would_change(
    mine: Round, coordinator: User, browse: Browse
) -> None:
    families = ready(mine, coordinator, 10, languages=["nb"])
    for alone in (families[0], families[9]):
        alone.languages = ["ti"]
        alone.save()
    NotTogether.objects.create(
        municipality=mine.municipality, first=families[0], second=families[9], noted_by=coordinator
    )
    browser = browse(coordinator)
    browser.post(url(mine), {"propose": "1"})
    row = draft(mine, coordinator)
    propose_groups(row.municipality_id, row.pk)
    page = browser.get(url(mine))
    offer = page.context["page"].offers[0]
    assert (offer.met, offer.of, len(offer.kept), offer.distance) == (
        12,
        14,
        2,
        "Proven: no composition fits better.",
    )
    assert all("Nobody who should not be together" in line for line in offer.kept)
    assert sorted(words.partition(": ")[2] for words in offer.broken) == [
        f"{name} shares no language with another family, and no interpreter is arranged" for name in ("Vil 1", "Vil 10")
    ]
    row.refresh_from_db()
    assert row.proposals[0]["swap"] == []  # they may not sit together, so no swap puts it right
    assert "No swap of two families would put any of it right." in page.content.decode()
    assert [words for words, holds in page.context["page"].rules if holds] == [
        "Nobody who should not be together",
        "A time when all can",
        "Five or six families, never fewer than 4 or more than 7",
    ]


def test_families_that_have_a_group_keep_it(birch: Group, coordinator: User, browse: Browse) -> None:
    coordinator.coordinating.all()
    before = set(birch.memberships.values_list("family", flat=True))
    (family,) = ready(birch.round, coordinator, 1)
    browse(coordinator).post(url(birch.round), {"propose": "1"})
    row = draft(birch.round, coordinator)
    propose_groups(row.municipality_id, row.pk)
    row.refresh_from_db()
    placed = {int(key) for key, group in row.proposals[0]["placement"].items() if group == str(birch.pk)}
    assert before <= placed
    browse(coordinator).post(url(birch.round), {"move": f"{before.pop()}:"})
    assert draft(birch.round, coordinator).placement == {}
    browse(coordinator).post(url(birch.round), {"move": f"{family.pk}:{birch.pk}"})
    browse(coordinator).post(url(birch.round, "confirm_composition"), {"decision": ""})
    assert birch.memberships.filter(family=family, to__isnull=True).exists()


def test_a_broken_rule_that_should_hold_needs_a_reason(mine: Round, coordinator: User, browse: Browse) -> None:
    first, second, *rest = ready(mine, coordinator, 5)
    NotTogether.objects.create(
        municipality=mine.municipality,
        first=first,
        second=second,
        reason="Kjenner hverandre fra før",
        noted_by=coordinator,
    )
    browser = browse(coordinator)
    for family in (first, second, *rest):
        browser.post(url(mine), {"move": f"{family.pk}:new-1"})
    page = browser.get(url(mine)).context["page"]
    assert [line.text for line in page.tables[0].lines if line.is_hard] == [
        "Vil 1 and Vil 2 should not be in one group"
    ]
    named = {"name-new-1": "Hegg", "coordinator-new-1": coordinator.pk, "place-new-1": ""}
    refused = browser.post(url(mine, "confirm_composition"), {**named, "decision": ""})
    assert list(refused.context["form"].errors) == ["decision"]
    assert refused.context["form"]["name-new-1"].value() == "Hegg"
    assert not Group.objects.exists()
    browser.post(url(mine, "confirm_composition"), {**named, "decision": "De har blitt enige."})
    assert Group.objects.get().memberships.count() == 5


def test_only_who_talks_with_families_reads_why_two_are_kept_apart(
    mine: Round, coordinator: User, leader: User, browse: Browse
) -> None:
    first, second = ready(mine, coordinator, 2)
    NotTogether.objects.create(
        municipality=mine.municipality, first=first, second=second, reason="Gammel krangel", noted_by=coordinator
    )
    for name in ("compose", "apart"):
        assert "Vil 1 and Vil 2: Gammel krangel." in browse(coordinator).get(url(mine, name)).content.decode()
        seen_by_leader = browse(leader).get(url(mine, name)).content.decode()
        assert ("Vil 1 and Vil 2." in seen_by_leader, "Gammel krangel" in seen_by_leader) == (True, False)


def test_a_protected_family_shows_no_place(mine: Round, coordinator: User, browse: Browse) -> None:
    ready(mine, coordinator, 1, protection="confidential", area="Hemmelighaugen", address="Skjult vei 1")
    answer = browse(coordinator).get(url(mine)).content.decode()
    assert ("Hemmelighaugen" in answer, "Skjult vei" in answer, "Vil 1" in answer) == (False, False, True)


def test_taking_back_the_wish_takes_the_family_off_the_bench(mine: Round, coordinator: User, browse: Browse) -> None:
    family, *rest = ready(mine, coordinator, 5)
    browser = browse(coordinator)
    for each in (family, *rest):
        browser.post(url(mine), {"move": f"{each.pk}:new-1"})
    Participation.objects.get(family=family).wishes.update(withdrawn_at=timezone.now())
    page = browser.get(url(mine)).context["page"]
    assert [seat.name for seat in page.tables[0].families] == [f"Vil {n}" for n in range(2, 6)]


def test_stopping_ends_what_waits_at_once_and_what_runs_soon(mine: Round, coordinator: User, browse: Browse) -> None:
    ready(mine, coordinator, 6)
    browser = browse(coordinator)
    browser.post(url(mine), {"propose": "1"})
    browser.post(url(mine), {"stop": "1"})
    row = draft(mine, coordinator)
    assert (row.state, propose_groups(row.municipality_id, row.pk)) == ("cancelled", "")
    Composition.objects.filter(pk=row.pk).update(state="running")
    browser.post(url(mine), {"stop": "1"})
    row.refresh_from_db()
    assert (row.state, row.asked_to_cancel) == ("running", True)


def test_rules_that_make_no_sense_come_back_with_a_sentence(mine: Round, coordinator: User, browse: Browse) -> None:
    ready(mine, coordinator, 6, languages=["nb", "uk", "ar"])
    sent = {"settings": "1", "new": "2", "smallest": "6", "largest": "5", "time_limit": "20"}
    answer = browse(coordinator).post(url(mine), sent)
    assert (answer.status_code, list(answer.context["form"].errors)) == (200, ["largest"])
    browse(coordinator).post(url(mine), {**sent, "smallest": "5", "largest": "6", "arranged": ["ar", "uk"]})
    assert browse(coordinator).post(url(mine), {**sent, "arranged": ["ti"]}).context["form"].errors.keys() >= {
        "arranged"
    }
    kept = draft(mine, coordinator).settings
    assert {key: kept[key] for key in ("new", "smallest", "largest", "arranged", "time_is_hard")} == {
        "new": 2,
        "smallest": 5,
        "largest": 6,
        "arranged": ["ar", "uk"],
        "time_is_hard": False,
    }


def test_a_draft_is_the_own_and_a_stranger_finds_nothing(
    mine: Round, coordinator: User, leader: User, stranger: User, browse: Browse
) -> None:
    (family,) = ready(mine, coordinator, 1)
    browse(coordinator).post(url(mine), {"move": f"{family.pk}:"})
    assert list(Composition.objects.visible_to(act_in(leader, mine.municipality))) == []
    assert browse(stranger).get(url(mine).replace("/9901/", "/9902/")).status_code == 404


def test_the_bench_asks_the_same_for_one_family_and_for_thirty(mine: Round, coordinator: User, browse: Browse) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert browser.get(url(mine)).status_code == 200
        return len(captured)

    group_of(mine, coordinator, "Bjørka", families=1)
    browser = browse(coordinator)
    for family in ready(mine, coordinator, 1):
        Background.objects.create(
            municipality=mine.municipality, family=family, answer="moved_here", noted_by=coordinator
        )
        browser.post(url(mine), {"move": f"{family.pk}:"})
    few = asked()
    ready(mine, coordinator, 29)
    assert (few, asked()) == (ASKED, ASKED)
    assert len(Read.objects.latest("pk").ids) == 31


ASKED = 20


def refused(**fields: object) -> bool:
    try:
        with transaction.atomic():
            Composition.objects.create(**fields)
    except IntegrityError:
        return True
    return False


def test_the_database_refuses_what_cannot_be(mine: Round, coordinator: User) -> None:
    same = {"municipality": mine.municipality, "round": mine, "made_by": coordinator}
    assert refused(**same, decided_at=timezone.now())
    assert refused(**same, decided_by=coordinator)
    assert refused(**same, progress=101)
    assert refused(**same, time_limit=601)
    assert refused(**same, time_limit=0)
    assert not refused(**same)
    assert refused(**same)
    assert not refused(**same, decided_at=timezone.now(), decided_by=coordinator)


def test_another_municipality_sees_no_composition(mine: Round, coordinator: User, storfjell: Municipality) -> None:
    Composition.objects.create(municipality=mine.municipality, round=mine, made_by=coordinator)
    with connection.cursor() as cursor:
        cursor.execute("select set_config('app.municipality_id', %s, true)", [str(storfjell.pk)])
        cursor.execute("select count(*) from groups_composition")
        assert cursor.fetchone() == (0,)
        cursor.execute("select set_config('app.municipality_id', %s, true)", [str(mine.municipality_id)])


def test_confirming_is_all_or_nothing(mine: Round, coordinator: User) -> None:
    act_in(coordinator, mine.municipality)
    families = ready(mine, coordinator, 5)
    row = services.open_composition(in_round=mine, by=coordinator)
    for family in families:
        services.move_family(composition=row, family=family.pk, to="new-1", by=coordinator)
    material = material_of(mine, coordinator)
    assert placement_of(row, material) == {family.pk: "new-1" for family in families}
    Group.objects.create(municipality=mine.municipality, round=mine, name="Hegg")
    with pytest.raises(NameTaken), transaction.atomic():
        services.confirm_composition(
            composition=row,
            new_groups={"new-1": services.NewGroup("Hegg", coordinator)},
            decision="",
            today=date(2026, 9, 1),
            now=timezone.now(),
            by=coordinator,
        )
    assert not Membership.objects.exists()


def test_no_web_process_loads_the_solver() -> None:
    """Every address is resolved in a fresh process, and the worker is called by name."""
    script = """
import sys, django
django.setup()
import sammen.wsgi, sammen.urls
from django.urls import get_resolver
get_resolver().url_patterns
from groups.services.compositions import wake
wake(1, 1)
print(sorted({"ortools", "pandas", "groups.tasks", "groups.composing.columns"} & set(sys.modules)))
"""
    environment = {"DJANGO_SETTINGS_MODULE": "sammen.settings", "REDIS_URL": "redis://127.0.0.1:1/0"}
    told = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip().splitlines()[-1] == "[]"
