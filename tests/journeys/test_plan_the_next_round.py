"""A leader starts a round from the finished one, marks a task done, and passes a gate with a reason. On a phone."""

import re
from collections.abc import Callable
from datetime import date

from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from groups.models import Group
from planning.models import GatePass, Round, RoundPartner
from tests.factories import plan_task, reference_member
from tests.planning.resources import partner_of

SignIn = Callable[[User], None]


def test_a_leader_starts_a_round_from_the_finished_one(
    phone: Page, live_server: object, autumn: Round, birch: Group, leader: User, coordinator: User, sign_in: SignIn
) -> None:
    autumn.closed_at, autumn.kick_off_on = timezone.now(), date(2026, 9, 10)
    autumn.contact_name, autumn.lessons = "Maja Lund", "Begynn tidligere."
    autumn.save()
    plan_task(autumn, "Finn et sted", 1, due_days=-56, done_at=timezone.now(), done_by=leader)
    plan_task(autumn, "Snakk med familiene", 2, owner=coordinator, due_days=-28)
    plan_task(autumn, "Droppet i fjor", 2, dropped_at=timezone.now())
    reference_member(autumn, "Ellen Moe")
    partner = partner_of(autumn.municipality, "Helsestasjonen")
    RoundPartner.objects.create(municipality=autumn.municipality, round=autumn, partner=partner)
    runder = f"{live_server.url}/k/9901/runder/"
    sign_in(leader)
    phone.goto(f"{runder}{autumn.pk}/")
    phone.locator(f'a[href$="/runder/{autumn.pk}/ny/"]').tap()
    expect(phone.get_by_text("Begynn tidligere.")).to_be_visible()
    phone.locator("form[method=post] button[data-size=md]").tap()  # without a name: said, and nothing is lost
    expect(phone.locator(".ds-error-summary")).to_be_visible()
    phone.locator("[name=name]").fill("Neste runde")
    phone.locator("[name=goals]").fill("To nye bord.")
    phone.get_by_label("Ellen Moe").check()
    phone.locator("form[method=post] button[data-size=md]").tap()
    phone.wait_for_url(re.compile(r"/runder/\d+/plan/$"))
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Neste runde")
    for words in ("Maja Lund", "Ellen Moe", "Helsestasjonen"):
        expect(phone.get_by_text(words, exact=True)).to_be_visible()
    expect(phone.get_by_text("Droppet i fjor")).to_have_count(0)
    new = Round.objects.get(name="Neste runde")
    task = new.tasks.get(title="Finn et sted")
    assert task.done_at is None
    phone.locator(f"#task-{task.pk} button[value=done]").tap()
    phone.wait_for_url(re.compile(r"#step-1$"))
    expect(phone.locator("#step-1 details")).to_have_count(1)
    task.refresh_from_db()
    assert task.done_by == leader
    phone.locator('a[href$="/krav/group_sizes/"]').tap()
    phone.locator("[name=reason]").fill("Gruppene settes sammen i januar")
    phone.locator("form[method=post] button[data-size=md]").press("Enter")
    phone.wait_for_url(re.compile(r"/plan/$"))
    expect(phone.get_by_text("Gruppene settes sammen i januar")).to_be_visible()
    assert list(GatePass.objects.values_list("round", "key", "passed_by")) == [(new.pk, "group_sizes", leader.pk)]
    phone.locator('form[action$="/krav/group_sizes/tilbake/"] button').tap()
    expect(phone.locator('a[href$="/krav/group_sizes/"]')).to_be_visible()


def test_the_order_is_changed_with_the_keyboard_alone(
    phone: Page, live_server: object, autumn: Round, birch: Group, coordinator: User, sign_in: SignIn
) -> None:
    one, two, three = (plan_task(autumn, title) for title in ("En", "To", "Tre"))
    sign_in(coordinator)
    phone.goto(f"{live_server.url}/k/9901/runder/{autumn.pk}/plan/steg/1/rekkefolge/")
    up = phone.get_by_role("button", name=re.compile("Tre$")).first
    up.focus()
    phone.keyboard.press("Enter")
    phone.wait_for_url(re.compile("moved="))
    expect(phone.get_by_role("button", name=re.compile("Tre$")).first).to_be_focused()  # it came along with the task
    phone.keyboard.press("Enter")
    expect(phone.locator("ol li b").first).to_contain_text("Tre")
    assert [row.pk for row in autumn.tasks.all()] == [three.pk, one.pk, two.pk]
