"""The waiting list is fair and visible: longest first, and who has waited beyond the municipality's limit is said."""

from collections.abc import Callable
from datetime import date

import pytest
import time_machine
from django.urls import reverse

from accounts.models import User
from families.models import Participation
from municipalities.models import Municipality
from planning.models import Round, RoundCoordinator
from tests.conftest import Browser
from tests.factories import FamilyFactory, waiting, wish
from tests.questions import asked

Browse = Callable[[User | None], Browser]
SAID = "har ventet mer enn"


@pytest.fixture
def mine(autumn: Round, coordinator: User) -> Round:
    RoundCoordinator.objects.create(municipality=autumn.municipality, round=autumn, user=coordinator)
    return autumn


def waits(name: str, in_round: Round, since: date) -> Participation:
    row = waiting(FamilyFactory(municipality=in_round.municipality, name=name), in_round)
    row.waiting_since = since
    row.save()
    return row


def test_who_has_waited_the_longest_comes_first_whatever_the_name_or_the_wish(
    mine: Round, coordinator: User, browse: Browse
) -> None:
    waits("Aas", mine, date(2026, 11, 3))
    wish(waits("Berg", mine, date(2026, 11, 2)), coordinator)
    waits("Å", mine, date(2026, 10, 1))
    page = browse(coordinator).get(reverse("families:waiting", args=["9901"]))
    assert [row.family.name for row in page.context["rows"]] == ["Å", "Berg", "Aas"]


@time_machine.travel("2026-11-26 12:00", tick=False)
def test_the_municipality_decides_how_long_is_too_long(
    mine: Round, coordinator: User, lillevik: Municipality, browse: Browse
) -> None:
    waits("Ved grensen", mine, date(2026, 11, 16))
    waits("Over grensen", mine, date(2026, 11, 15))

    def late() -> list[str]:
        page = browse(coordinator).get(reverse("families:waiting", args=["9901"]))
        late = [row.family.name for row in page.context["rows"] if row.overdue]
        assert (SAID in page.content.decode()) is bool(late)
        return late

    assert late() == []
    lillevik.waiting_limit_days = 10
    lillevik.save()
    assert late() == ["Over grensen"]


def test_a_family_that_waits_anew_stands_last(mine: Round, coordinator: User, browse: Browse) -> None:
    first = waits("Første", mine, date(2026, 10, 1))
    waits("Andre", mine, date(2026, 10, 2))
    browse(coordinator).post(reverse("families:end", args=["9901", first.family_id]), {"ending": "not_now"})
    browse(coordinator).post(reverse("families:again", args=["9901", first.family_id]))
    page = browse(coordinator).get(reverse("families:waiting", args=["9901"]))
    assert [row.family.name for row in page.context["rows"]] == ["Andre", "Første"]


def test_the_same_questions_for_one_family_and_for_three_hundred(
    mine: Round, coordinator: User, browse: Browse
) -> None:
    browser, counted = browse(coordinator), []
    for families in (1, 299):
        for _n in range(families):
            waiting(FamilyFactory(municipality=mine.municipality), mine)
        counted.append(asked(browser, reverse("families:waiting", args=["9901"])))
    assert counted == [11, 11]
