"""Django's admin: for administrators alone, and without any family."""

from collections.abc import Callable

import pytest
from django.contrib import admin

from accounts.models import User
from municipalities.models import Municipality
from tests.conftest import Browser


def test_nothing_about_families_is_registered() -> None:
    rooms = {model._meta.app_label for model in admin.site._registry}
    assert rooms <= {"accounts", "municipalities"}


def test_an_administrator_keeps_people_and_municipalities(
    administrator: User, lillevik: Municipality, browse: Callable[[User | None], Browser]
) -> None:
    browser = browse(administrator)
    for path in (
        "",
        "accounts/user/",
        "municipalities/municipality/",
        f"municipalities/municipality/{lillevik.pk}/change/",
    ):
        assert browser.get(f"/admin/{path}").status_code == 200, path


@pytest.mark.parametrize("who", ["leader", "coordinator", "referrer", "nobody"])
def test_nobody_else_comes_in(
    who: str, request: pytest.FixtureRequest, browse: Callable[[User | None], Browser]
) -> None:
    answer = browse(request.getfixturevalue(who)).get("/admin/")
    assert answer.status_code in {302, 403}
