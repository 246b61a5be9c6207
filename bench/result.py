"""One measured figure beside its limit."""

import json
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

KEPT = Path(__file__).resolve().parent.parent / ".local" / "bench.jsonl"


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

    @property
    def goal(self) -> str:
        return f"{'at most' if self.at_most else 'at least'} {self.limit:g}"

    def line(self, area: str) -> dict[str, object]:
        """As it is kept in `.local/bench.jsonl`; the name begins with the area."""
        return {
            "name": f"{area}: {self.name}",
            "value": self.figure,
            "unit": self.unit,
            "limit": self.limit,
            "ratio": self.figure / self.limit if self.limit else None,
            "goal": self.goal,
            "ok": self.is_met,
            "note": self.note,
        }

    def __str__(self) -> str:
        verdict = "ok    " if self.is_met else "MISSED"
        return f"  {verdict} {self.name:<38}{self.figure:8.2f} {self.unit:<7}{self.goal:<16}{self.note}"


def tell(area: str, results: list[Result]) -> None:
    """On the screen, and a line each in `.local/bench.jsonl`."""
    at = datetime.now(UTC).isoformat(timespec="seconds")
    with KEPT.open("a") as log:
        for result in results:
            sys.stdout.write(f"{result}\n")
            log.write(json.dumps({"at": at, **result.line(area)}) + "\n")
    sys.stdout.flush()
