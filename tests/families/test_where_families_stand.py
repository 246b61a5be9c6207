"""The board: a family's status is read from facts, and moving it means doing what is next."""

from collections.abc import Callable
from datetime import date

import pytest
from django.urls import reverse

from accounts.models import User
from families.models import Conversation, Participation, Status
from families.services.participations import StillInAGroup, TakesPartAlready, begin_again, end_participation
from families.services.wishes import note_contacted, note_wish
from groups.models import Group
from groups.services.groups import add_family
from planning.models import Round, RoundCoordinator
from tests.conftest import Browser
from tests.factories import FamilyFactory, waiting
from tests.questions import asked

Browse = Callable[[User | None], Browser]


def status(row: Participation) -> tuple[str, date]:
    found = Participation.objects.with_status().get(pk=row.pk)
    return found.status, found.status_since


def test_a_family_goes_its_way_step_by_step(birch: Group, autumn: Round, coordinator: User) -> None:
    row = waiting(FamilyFactory(municipality=autumn.municipality), autumn)
    assert status(row) == (Status.REFERRED, date(2026, 8, 20))
    note_contacted(participation=row, on=date(2026, 8, 22), by=coordinator)
    assert status(row) == (Status.CONTACTED, date(2026, 8, 22))
    Conversation.objects.create(
        municipality=row.municipality, participation=row, held_on=date(2026, 8, 24), held_by=coordinator
    )
    assert status(row) == (Status.CONVERSATION, date(2026, 8, 24))
    adult = row.family.people.get(kind="adult")
    note_wish(participation=row, said_by=adult, said_on=date(2026, 8, 25), by=coordinator)
    assert status(row) == (Status.WANTS_TO, date(2026, 8, 25))
    add_family(participation=row, group=birch, since=date(2026, 9, 1), by=coordinator)
    assert status(row) == (Status.IN_A_GROUP, date(2026, 9, 1))
    with pytest.raises(StillInAGroup):
        end_participation(participation=row, ending="ended", reason="", on=date(2026, 9, 2), by=coordinator)
    row.memberships.update(to=date(2026, 10, 1))
    end_participation(participation=row, ending="not_now", reason="Ny jobb", on=date(2026, 10, 2), by=coordinator)
    assert status(row) == (Status.NOT_NOW, date(2026, 10, 2))
    assert not row.wishes.filter(withdrawn_at__isnull=True).exists()
    again = begin_again(participation=row, in_round=autumn, on=date(2026, 10, 9), by=coordinator)
    assert status(again) == (Status.CONTACTED, date(2026, 10, 9))
    with pytest.raises(TakesPartAlready):
        begin_again(participation=row, in_round=autumn, on=date(2026, 10, 9), by=coordinator)


def test_the_board_shows_each_family_where_it_stands(
    birch: Group, autumn: Round, coordinator: User, other_coordinator: User, leader: User, browse: Browse
) -> None:
    row = waiting(FamilyFactory(municipality=autumn.municipality, name="Familien Ny"), autumn)
    address = reverse("families:board", args=["9901"])

    def seen(user: User, query: str = "") -> dict[str, int]:
        return {
            str(column.status.value): len(column.rows)
            for column in browse(user).get(address + query).context["columns"]
            if column.rows
        }

    assert seen(coordinator) == {"referred": 1, "in_a_group": 6}
    assert seen(leader) == {"referred": 1, "in_a_group": 6}
    assert seen(other_coordinator) == {}
    assert seen(leader, "?q=ny") == {"referred": 1}
    assert seen(leader, "?status=in_a_group") == {"in_a_group": 6}
    end = reverse("families:end", args=["9901", row.family_id])
    browse(coordinator).post(end, {"ending": "declined", "reason": ""})
    assert seen(leader) == {"in_a_group": 6, "declined": 1}
    browse(coordinator).post(reverse("families:again", args=["9901", row.family_id]))
    assert seen(leader) == {"contacted": 1, "in_a_group": 6, "declined": 1}


def test_a_family_in_a_group_is_taken_out_first(birch: Group, coordinator: User, browse: Browse) -> None:
    member = birch.memberships.first()
    address = reverse("families:end", args=["9901", member.family_id])
    answer = browse(coordinator).post(address, {"ending": "ended", "reason": "Flyttet"})
    assert answer.status_code == 200
    assert answer.context["form"].non_field_errors()
    assert "Flyttet" in answer.content.decode()
    member.participation.refresh_from_db()
    assert member.participation.ended_on is None


def test_the_same_questions_for_one_family_and_for_many(autumn: Round, coordinator: User, browse: Browse) -> None:
    RoundCoordinator.objects.create(municipality=autumn.municipality, round=autumn, user=coordinator)
    browser, address, counted = browse(coordinator), reverse("families:board", args=["9901"]), []
    for families in (1, 299):
        for _n in range(families):
            waiting(FamilyFactory(municipality=autumn.municipality), autumn)
        counted.append(asked(browser, address))
    assert counted == [8, 8]
    shown = browser.get(address).context
    assert (shown["listing"].total, sum(len(column.rows) for column in shown["columns"])) == (300, 100)
