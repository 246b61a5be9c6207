"""A coordinator holds the conversation, notes a yes and composes two groups with nothing but a keyboard."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from accounts.models import User
from families.models import Consent, Conversation, Participation
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


def go_to_field(page: Page, name: str, most: int = 150) -> None:
    """Tab until the field of that name has the focus."""
    for _press in range(most):
        if page.evaluate("document.activeElement.name || ''") == name:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the field {name} was not reached")


def follow(page: Page, name: str) -> None:
    """Reach what is called so, press Enter, and wait for the page behind it."""
    press_until(page, name)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_from_the_conversation_to_two_groups_by_keyboard(
    phone: Page, live_server: Any, autumn: Round, coordinator: User, sign_in: Callable[[User], None]
) -> None:
    autumn.coordinators.create(municipality=autumn.municipality, user=coordinator)
    for n in range(10):
        family = FamilyFactory(municipality=autumn.municipality, name=f"Familie {chr(65 + n)}")
        row = waiting(family, autumn)
        if n < 9:
            wish(row, coordinator)
    sign_in(coordinator)
    User.objects.filter(pk=coordinator.pk).update(language="en")
    phone.set_viewport_size({"width": 1280, "height": 900})

    phone.goto(f"{live_server.url}/k/9901/familier/{row.family_id}/")
    follow(phone, "Hold the conversation")
    go_to_field(phone, "who_they_are")
    phone.keyboard.type("De liker å lage mat sammen med andre.")
    go_to_field(phone, "photos")
    phone.keyboard.press("ArrowDown")
    go_to_field(phone, "wants_to")
    while not phone.evaluate("document.activeElement.value === 'yes' && document.activeElement.checked"):
        phone.keyboard.press("ArrowUp")
    follow(phone, "Save the conversation")
    held = Conversation.objects.get()
    assert (held.who_they_are, held.held_by) == ("De liker å lage mat sammen med andre.", coordinator)
    assert Participation.objects.get(pk=row.pk).wishes.get().noted_by == coordinator
    follow(phone, "What they have said yes to")
    follow(phone, "They say yes: Text messages")
    given = Consent.objects.filter(family=row.family).values_list("purpose", "noted_by")
    assert sorted(given) == [("photo", coordinator.pk)] * 3 + [("sms", coordinator.pk)]

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
        go_to_field(phone, f"name-new-{number}")
        phone.keyboard.type(name)
    phone.keyboard.press("Enter")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Groups")
    assert {group.name: group.memberships.count() for group in Group.objects.all()} == {"Hegg": 5, "Rogn": 5}
    assert Composition.objects.get().decided_by == coordinator
