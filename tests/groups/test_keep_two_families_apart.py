"""Two families that should not be in one group: noted at the table, respected by a proposal, and taken back."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.queries import act_in
from audit.models import Event
from families.models import Family, NotTogether
from families.services.apart import NotSeen, keep_apart, let_together
from groups.models import Composition
from groups.tasks import propose_groups
from planning.models import Round
from tests.conftest import Browser
from tests.factories import FamilyFactory, group_of, waiting, wish

Browse = Callable[[User | None], Browser]


@pytest.fixture
def mine(autumn: Round, coordinator: User) -> Round:
    User.objects.update(language="en")
    autumn.coordinators.create(municipality=autumn.municipality, user=coordinator)
    return autumn


@pytest.fixture
def families(mine: Round, coordinator: User) -> list[Family]:
    found = [FamilyFactory(municipality=mine.municipality, name=f"Vil {n}") for n in range(1, 11)]
    for family in found:
        wish(waiting(family, mine), coordinator)
    return found


def url(in_round: Round, name: str = "apart") -> str:
    return reverse(f"groups:{name}", args=["9901", in_round.pk])


def test_two_are_noted_kept_apart_and_may_be_together_again(
    mine: Round, families: list[Family], coordinator: User, browse: Browse
) -> None:
    first, second = families[3], families[1]
    sent = {"first": first.pk, "second": second.pk, "reason": "Er i slekt og vil ha andre rundt seg"}
    answer = browse(coordinator).post(url(mine), sent)
    assert (answer.status_code, answer.url) == (302, url(mine))
    pair = NotTogether.objects.get()
    assert (pair.first, pair.second, pair.reason, pair.noted_by) == (second, first, sent["reason"], coordinator)
    assert Event.objects.filter(verb="keep_apart", ids={"family": second.pk, "other": first.pk}).count() == 1

    browse(coordinator).post(url(mine, "compose"), {"propose": "1"})
    row = Composition.objects.get()
    assert propose_groups(row.municipality_id, row.pk) == "done"
    row.refresh_from_db()
    for proposal in row.proposals:
        assert proposal["placement"][str(first.pk)] != proposal["placement"][str(second.pk)]

    browse(coordinator).post(url(mine), {"end": pair.pk})
    pair.refresh_from_db()
    assert (pair.ended_at is None, pair.reason) == (False, "")
    assert "Vil 2 and Vil 4" not in browse(coordinator).get(url(mine)).content.decode()


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        ({"second": "1"}, "second", "Select a valid choice"),
        ({"second": ""}, "second", "Choose a family."),
        ({"second": "same"}, "second", "Choose another family than the first."),
        ({"reason": "Født 13097248022"}, "reason", "identity number"),
    ],
)
def test_what_cannot_be_comes_back_with_a_sentence(
    mine: Round,
    families: list[Family],
    coordinator: User,
    browse: Browse,
    changed: dict[str, str],
    field: str,
    sentence: str,
) -> None:
    sent = {"first": str(families[0].pk), "second": str(families[1].pk), "reason": "Kort"} | changed
    if sent["second"] == "same":
        sent["second"] = sent["first"]
    answer = browse(coordinator).post(url(mine), sent)
    assert (answer.status_code, list(answer.context["form"].errors)) == (200, [field])
    assert sentence in answer.content.decode()
    assert not NotTogether.objects.exists()


def test_noting_it_twice_is_said_and_kept_once(
    mine: Round, families: list[Family], coordinator: User, browse: Browse
) -> None:
    sent = {"first": families[0].pk, "second": families[1].pk, "reason": ""}
    browse(coordinator).post(url(mine), sent)
    again = browse(coordinator).post(url(mine), sent | {"first": families[1].pk, "second": families[0].pk})
    assert list(again.context["form"].errors) == ["second"]
    assert NotTogether.objects.count() == 1


def test_who_may_not_see_a_family_notes_nothing_about_it(
    mine: Round, families: list[Family], other_coordinator: User, browse: Browse
) -> None:
    sent = {"first": families[0].pk, "second": families[1].pk, "reason": "Gjetning"}
    browse(other_coordinator).post(url(mine), sent)
    act_in(other_coordinator, mine.municipality)
    with pytest.raises(NotSeen):
        keep_apart(first=families[0], second=families[1], reason="Gjetning", by=other_coordinator)
    assert not NotTogether.objects.exists()


def test_a_leader_reads_the_reason_she_wrote_herself(
    mine: Round, families: list[Family], leader: User, coordinator: User, browse: Browse
) -> None:
    browse(leader).post(url(mine), {"first": families[0].pk, "second": families[1].pk, "reason": "Sa det på telefon"})
    browse(coordinator).post(url(mine), {"first": families[2].pk, "second": families[3].pk, "reason": "Gammel krangel"})
    page = browse(leader).get(url(mine)).content.decode()
    assert ("Sa det på telefon" in page, "Gammel krangel" in page) == (True, False)


def test_by_hand_too_one_is_told_before_two_come_together(
    mine: Round, families: list[Family], coordinator: User, browse: Browse
) -> None:
    """On the page of one group, where no table is scored: with whom, and not why."""
    group = group_of(mine, coordinator, "Hegg", families=2)
    inside = group.memberships.order_by("pk")[0].family
    here = act_in(coordinator, mine.municipality)
    keep_apart(first=inside, second=families[0], reason="Er i slekt", by=here)
    page = browse(coordinator).get(reverse("groups:add_families", args=["9901", group.pk])).content.decode()
    assert page.count(f"Should not be in one group with {inside.name}") == 1
    assert "Er i slekt" not in page
    let_together(pair=NotTogether.objects.get(), by=here, now=timezone.now())
    page = browse(coordinator).get(reverse("groups:add_families", args=["9901", group.pk])).content.decode()
    assert "Should not be in one group" not in page
