"""One measured figure beside its limit."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Result:
    """`limit` with `at_most`: the figure may not be above it; else not below it."""

    name: str
    figure: float
    unit: str
    limit: float
    at_most: bool
    note: str = ""

    @property
    def is_met(self) -> bool:
        return self.figure <= self.limit if self.at_most else self.figure >= self.limit

    def __str__(self) -> str:
        goal = f"{'at most' if self.at_most else 'at least'} {self.limit:g}"
        verdict = "ok    " if self.is_met else "MISSED"
        return f"  {verdict} {self.name:<34}{self.figure:8.2f} {self.unit:<7}{goal:<16}{self.note}"
