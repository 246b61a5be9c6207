"""A coordinator composes two groups with nothing but a keyboard."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from accounts.models import User
from groups.models import Composition, Group
from planning.models import Round
from tests.factories import FamilyFactory, waiting, wish


def press_until(page: Page, name: str, key: str = "Tab", most: int = 120) -> None:
    """Go on with the key until what has the focus is called so."""
    for _press in range(most):
        if page.evaluate("(document.activeElement.textContent || '').trim()").startswith(name):
            return
        page.keyboard.press(key)
    raise AssertionError(f"{name} was not reached by {key}")


def test_two_groups_by_keyboard(
    phone: Page, live_server: Any, autumn: Round, coordinator: User, sign_in: Callable[[User], None]
) -> None:
    autumn.coordinators.create(municipality=autumn.municipality, user=coordinator)
    for n in range(10):
        family = FamilyFactory(municipality=autumn.municipality, name=f"Familie {chr(65 + n)}")
        wish(waiting(family, autumn), coordinator)
    sign_in(coordinator)
    User.objects.filter(pk=coordinator.pk).update(language="en")
    phone.set_viewport_size({"width": 1280, "height": 900})
    phone.goto(f"{live_server.url}/k/9901/runder/{autumn.pk}/sett-sammen/")
    for n in range(10):
        name = f"Familie {chr(65 + n)}"
        group = "New group 1" if n < 5 else "New group 2"
        press_until(phone, f"Move: {name}")
        phone.keyboard.press("Enter")
        press_until(phone, f"{group}: {name}")
        phone.keyboard.press("Enter")
        expect(phone.locator("section", has_text=group).get_by_role("link", name=name).first).to_be_visible()
        # The focus stays with the family that was moved: go back up to those who wait.
        expect(phone.locator("summary:focus")).to_contain_text(name)
        if n < 9:
            press_until(phone, f"Move: Familie {chr(66 + n)}", "Shift+Tab")
    press_until(phone, "Use these groups", "Shift+Tab")
    phone.keyboard.press("Enter")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Use these groups")
    for number, name in enumerate(("Hegg", "Rogn"), start=1):
        phone.get_by_label(f"Name of new group {number}").focus()
        phone.keyboard.type(name)
    phone.keyboard.press("Enter")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Groups")
    assert {group.name: group.memberships.count() for group in Group.objects.all()} == {"Hegg": 5, "Rogn": 5}
    assert Composition.objects.get().decided_by == coordinator
