"""Menu and lists: who sees which entry, where one is, and an address that says it all."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.http import HttpRequest
from django.test import RequestFactory

from accounts.models import User
from planning.models import Round, RoundCoordinator
from tests.conftest import Browser
from web import menu
from web.lists import listing
from web.menu import Entry, Registered


@pytest.fixture
def entries(monkeypatch: pytest.MonkeyPatch) -> None:
    registered = [
        Registered("People", "people", "PersonGroup", None, 2, menu.NAV),
        Registered("Invite", "invite", "PersonPlus", "staff.invite", 1, menu.NAV),
        Registered("Mine", "people", "Person", None, 1, menu.USER),
    ]
    monkeypatch.setattr(menu, "REGISTERED", {str(i): item for i, item in enumerate(registered)})


def visit(path: str, *permissions: str) -> HttpRequest:
    request: Any = RequestFactory().get(path)
    request.municipality, request.permissions = SimpleNamespace(number="9901"), frozenset(permissions)
    return request


@pytest.mark.urls("tests.web.urls")
@pytest.mark.usefixtures("entries")
def test_one_sees_the_entries_one_may_use_in_their_order_and_where_one_is() -> None:
    assert menu.menu(visit("/k/9901/people/invite/", "staff.invite")) == {
        "menu": [
            Entry("Invite", "/k/9901/people/invite/", "PersonPlus", "page"),
            Entry("People", "/k/9901/people/", "PersonGroup", ""),
        ],
        "user_menu": [Entry("Mine", "/k/9901/people/", "Person", "")],
    }
    assert menu.menu(visit("/k/9901/people/"))["menu"] == [Entry("People", "/k/9901/people/", "PersonGroup", "page")]


@pytest.mark.urls("tests.web.urls")
@pytest.mark.usefixtures("entries")
def test_before_a_municipality_is_chosen_there_is_no_menu() -> None:
    assert menu.menu(RequestFactory().get("/konto/login/")) == {"menu": [], "user_menu": []}


@pytest.mark.django_db
def test_a_list_is_sorted_and_cut_as_its_address_says() -> None:
    for number in range(5):
        User.objects.create(email=f"p{number}@example.com", name=f"Person {number}")
    request = RequestFactory().get("/", {"sort": "-name", "page": "2", "q": "å"})
    found = listing(request, User.objects.all(), sorts={"name": ("name", "pk")}, per_page=2)
    assert [user.name for user in found.rows] == ["Person 2", "Person 1"]
    assert (found.total, found.order_of("name"), found.previous, found.next) == (
        5,
        "descending",
        "?sort=-name&q=%C3%A5&page=1",
        "?sort=-name&q=%C3%A5&page=3",
    )
    assert found.sorted_by("name") == "?q=%C3%A5&sort=name"


@pytest.mark.django_db
def test_an_unknown_sort_or_page_is_no_error() -> None:
    request = RequestFactory().get("/", {"sort": "password", "page": "nine"})
    found = listing(request, User.objects.order_by("pk"), sorts={"name": ("name",)})
    assert (found.rows, found.page.number, found.order_of("name")) == ([], 1, "none")


@pytest.mark.django_db
def test_a_page_of_a_room_without_its_address_is_found_in_the_menu(
    autumn: Round, coordinator: User, leader: User, browse: Callable[[User], Browser]
) -> None:
    """The workbench stands under the round's address, and belongs to the groups."""
    for person in (coordinator, leader):
        entries = browse(person).get(f"/k/9901/runder/{autumn.pk}/sett-sammen/").context["menu"]
        assert [entry.url for entry in entries if entry.current] == ["/k/9901/grupper/"]


@pytest.mark.django_db
def test_one_is_in_one_place_at_a_time_and_the_start_page_is_only_itself(
    autumn: Round, leader: User, coordinator: User, browse: Callable[[User], Browser]
) -> None:
    def marked(person: User, path: str) -> list[str]:
        context = browse(person).get(path).context
        return [entry.url for entry in (*context["menu"], *context["user_menu"]) if entry.current]

    for path in (
        "ressurser",
        "partnere",
        "lokaler/ny",
        "frivillige",
        "ideer",
        "skyss-og-tolk",
        "media/rad",
        "skoleferie",
    ):
        assert marked(leader, f"/k/9901/{path}/") == ["/k/9901/ressurser/"], path
    assert marked(leader, "/k/9901/") == ["/k/9901/"]
    assert marked(leader, f"/k/9901/runder/{autumn.pk}/plan/") == ["/k/9901/runder/"]
    assert marked(leader, f"/k/9901/runder/{autumn.pk}/budsjett/") == ["/k/9901/runder/"]
    assert marked(leader, "/k/9901/folk/") == ["/k/9901/folk/"]
    # A coordinator has no rounds in her menu: nothing else is marked in their stead.
    RoundCoordinator.objects.create(municipality=autumn.municipality, round=autumn, user=coordinator)
    assert marked(coordinator, f"/k/9901/runder/{autumn.pk}/plan/") == []
