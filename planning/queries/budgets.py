"""What was spent of a round's budget, and what is left."""

from dataclasses import dataclass

from planning.models import BudgetLine, Expense, Round


@dataclass(frozen=True)
class Spending:
    """Whole kroner. Exactly one of `left` and `over` says something; both are 0 when all is spent."""

    amount: int
    spent: int

    @property
    def left(self) -> int:
        return max(self.amount - self.spent, 0)

    @property
    def over(self) -> int:
        return max(self.spent - self.amount, 0)


@dataclass(frozen=True)
class LineSpent:
    line: BudgetLine
    spending: Spending
    expenses: list[Expense]


def budget_of(in_round: Round) -> tuple[list[LineSpent], Spending]:
    """Each line with its expenses, the latest first, and the whole. Two queries."""
    lines = [
        LineSpent(line, Spending(line.amount, sum(each.amount for each in line.expenses.all())), [*line.expenses.all()])
        for line in in_round.budget_lines.prefetch_related("expenses")
    ]
    whole = Spending(sum(each.spending.amount for each in lines), sum(each.spending.spent for each in lines))
    return lines, whole
