"""The budget of a round: set aside, spent, left, and too much."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import User
from groups.models import Group
from planning.models import BudgetLine, Expense, Round
from planning.queries.budgets import Spending, budget_of
from tests.conftest import Browser

Browse = Callable[[User | None], Browser]


def address(name: str, *arguments: Any) -> str:
    return reverse(f"planning:{name}", args=["9901", *arguments])


@pytest.fixture
def me(browse: Browse, leader: User) -> Browser:
    leader.language = "en"
    leader.save()
    return browse(leader)


def text_of(page: str) -> str:
    return page.replace("\u00a0", " ")


def test_money_is_set_aside_spent_and_overspent(me: Browser, autumn: Round, leader: User) -> None:
    assert "No budget yet" in me.get(address("budget", autumn.pk)).content.decode()
    me.post(address("new_budget_line", autumn.pk), {"name": "Mat", "amount": "12 500"})
    me.post(address("new_budget_line", autumn.pk), {"name": "Skyss", "amount": "1000 kr"})
    food, transport = BudgetLine.objects.all()
    for line, amount in ((food, "2 450"), (transport, "1 300")):
        form = {"on": "2026-09-03", "amount": amount, "what": "Oppstart"}
        assert me.post(address("new_expense", line.pk), form).url == address("budget", autumn.pk)
    assert [(row.amount, row.on, row.by) for row in Expense.objects.order_by("pk")] == [
        (2450, date(2026, 9, 3), leader),
        (1300, date(2026, 9, 3), leader),
    ]
    lines, whole = budget_of(autumn)
    assert [part.spending for part in lines] == [Spending(12500, 2450), Spending(1000, 1300)]
    assert (whole, whole.left, whole.over) == (Spending(13500, 3750), 9750, 0)
    page = text_of(me.get(address("budget", autumn.pk)).content.decode())
    for words in ("3 750 kr of 13 500 kr is spent.", "9 750 kr is left.", "That is 300 kr too much."):
        assert words in page


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"amount": "mye"}, "Write whole kroner, for example 2500."),
        ({"amount": "12,50"}, "Write whole kroner, for example 2500."),
        ({"amount": "0"}, "Write at least 1 krone."),
        ({"on": "i går"}, "Enter a valid date."),
        ({"what": ""}, "Fill in this field."),
    ],
)
def test_a_wrong_expense_gets_a_clear_sentence(me: Browser, autumn: Round, form: dict[str, str], words: str) -> None:
    line = BudgetLine.objects.create(municipality=autumn.municipality, round=autumn, name="Mat", amount=100)
    sent = {"on": "2026-09-03", "amount": "100", "what": "Mel", **form}
    answer = me.post(address("new_expense", line.pk), sent)
    assert words in answer.content.decode()
    assert Expense.objects.count() == 0


def test_a_line_is_there_once_and_goes_only_when_nothing_was_spent(me: Browser, autumn: Round, leader: User) -> None:
    line = BudgetLine.objects.create(municipality=autumn.municipality, round=autumn, name="Mat", amount=100)
    again = me.post(address("new_budget_line", autumn.pk), {"name": "Mat", "amount": "5"}).content.decode()
    assert "The budget has a line of that name already." in again
    spent = Expense.objects.create(
        municipality=autumn.municipality, line=line, on=date(2026, 9, 1), amount=5, what="Mel", by=leader
    )
    form = {"name": "Mat", "amount": "100", "taken_out": "on"}
    refused = me.post(address("edit_budget_line", line.pk), form).content.decode()
    assert "There are expenses on this line." in refused
    out = {"on": "2026-09-01", "amount": "5", "what": "Mel", "taken_out": "on"}
    me.post(address("edit_expense", spent.pk), out)
    me.post(address("edit_budget_line", line.pk), form)
    assert (Expense.objects.count(), BudgetLine.objects.count()) == (0, 0)


def test_a_coordinator_sees_the_budget_and_cannot_change_it(browse: Browse, birch: Group, coordinator: User) -> None:
    line = BudgetLine.objects.create(municipality=birch.municipality, round=birch.round, name="Mat", amount=100)
    me = browse(coordinator)
    page = me.get(address("budget", birch.round_id)).content.decode()
    assert "Mat" in page
    assert address("edit_budget_line", line.pk) not in page
    for path in (address("edit_budget_line", line.pk), address("new_expense", line.pk)):
        assert me.post(path, {"name": "Alt", "amount": "1"}).status_code == 403


def test_the_database_keeps_no_expense_of_nothing_and_no_line_twice(autumn: Round, leader: User) -> None:
    town = autumn.municipality
    line = BudgetLine.objects.create(municipality=town, round=autumn, name="Mat", amount=100)
    with pytest.raises(IntegrityError, match="an_expense_costs_something"), transaction.atomic():
        Expense.objects.create(municipality=town, line=line, on=date(2026, 9, 1), amount=0, what="-", by=leader)
    with pytest.raises(IntegrityError, match="budget_lines_differ_in_a_round"), transaction.atomic():
        BudgetLine.objects.create(municipality=town, round=autumn, name="Mat", amount=1)
