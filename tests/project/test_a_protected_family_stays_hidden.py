"""Kode 7: neither address nor phone nor e-mail on any page of anybody but the family's coordinators."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction

from accounts.models import User
from families.models import Family, Protection
from groups.models import Group
from outbox.models import Message
from tests.conftest import Browser
from tests.project.test_access import TABLE
from tests.project.world import make_world

SECRET = {"address": "Gjemmeveien 77", "postcode": "9988", "place": "Skjulvik", "area": "Bakenfor"}
PHONE, EMAIL = "+4740077077", "skjult@example.org"
SHOWN_AS = (*SECRET.values(), PHONE, "400 77 077", "40 07 70 77", "40077077", EMAIL)


@pytest.fixture
def hidden(birch: Group) -> Family:
    """The family on which the world's pages are."""
    family = birch.memberships.first().family
    for name, value in {**SECRET, "protection": Protection.CONFIDENTIAL}.items():
        setattr(family, name, value)
    family.save()
    adult = family.people.get(kind="adult")
    adult.phone, adult.email, adult.channel = PHONE, EMAIL, "call"
    adult.save()
    return family


def told(answer: Any) -> list[str]:
    text = answer.content.decode(errors="replace") if not answer.streaming else ""
    return [secret for secret in SHOWN_AS if secret in text]


def test_no_page_of_anybody_else_tells(
    hidden: Family,
    birch: Group,
    leader: User,
    other_coordinator: User,
    referrer: User,
    volunteer_user: User,
    administrator: User,
    browse: Callable[[User | None], Browser],
) -> None:
    world = make_world(birch)
    found = []
    for person in (leader, other_coordinator, referrer, volunteer_user, administrator):
        for name in TABLE:
            for method in ("get", "post"):
                with transaction.atomic():
                    answer = getattr(browse(person), method)(world.url(name))
                    transaction.set_rollback(True)
                found += [(str(person), name, method, secret) for secret in told(answer)]
    assert found == []
    assert not Message.objects.filter(address__in=[PHONE, EMAIL]).exists()


def test_its_coordinator_sees_how_to_reach_it(
    hidden: Family, coordinator: User, browse: Callable[[User | None], Browser]
) -> None:
    page = browse(coordinator).get(f"/k/9901/familier/{hidden.pk}/").content.decode()
    assert PHONE in page
    assert SECRET["address"] in page


@pytest.mark.parametrize("words", [SECRET["address"], PHONE, "40077077", EMAIL])
def test_no_search_finds_it_by_what_is_hidden(
    hidden: Family, leader: User, browse: Callable[[User | None], Browser], words: str
) -> None:
    board = "/k/9901/familier/tavle/"
    assert hidden.name in browse(leader).get(board, {"q": hidden.name}).content.decode()
    assert hidden.name not in browse(leader).get(board, {"q": words}).content.decode()
