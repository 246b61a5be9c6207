"""One measured figure beside its limit, or beside a peer that was measured in the same run."""

import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

KEPT = Path(__file__).resolve().parent.parent / ".local" / "bench.jsonl"


@dataclass(frozen=True)
class Result:
    """`limit` with `at_most`: the figure may not be above it; else not below it.

    With a `peer` the limit is on the ratio of the two. The name begins with the area.
    """

    name: str
    value: float
    unit: str
    limit: float
    at_most: bool
    note: str = ""
    peer: float | None = None

    @property
    def ratio(self) -> float | None:
        """The figure beside its peer, or beside its limit where there is none; None beside nothing."""
        beside = self.limit if self.peer is None else self.peer
        return self.value / beside if beside else None

    @property
    def judged(self) -> float:
        """What the limit is on."""
        return self.value if self.peer is None else self.value / self.peer

    @property
    def is_met(self) -> bool:
        return self.judged <= self.limit if self.at_most else self.judged >= self.limit

    def __str__(self) -> str:
        goal = f"{'at most' if self.at_most else 'at least'} {self.limit:g}"
        verdict = "ok    " if self.is_met else "MISSED"
        unit = self.unit if self.peer is None else "times"
        peer = "" if self.peer is None else f"{self.value:.1f} beside {self.peer:.1f} {self.unit} "
        return f"  {verdict} {self.name:<40}{self.judged:8.2f} {unit:<7}{goal:<16}{peer}{self.note}".rstrip()

    def as_json(self) -> dict[str, Any]:
        """`limit` is what it is held against: the peer's figure where there is one; `goal` what the ratio, or the
        figure itself, may be."""
        sign = "<=" if self.at_most else ">="
        return {
            "name": self.name,
            "value": round(self.value, 3),
            "unit": self.unit,
            "limit": round(self.limit if self.peer is None else self.peer, 3),
            "ratio": None if self.ratio is None else round(self.ratio, 3),
            "goal": f"{'value' if self.peer is None else 'ratio'} {sign} {self.limit:g}",
            "ok": self.is_met,
        }


def tell(results: Iterable[Result]) -> None:
    """On the screen, and a line each in `.local/bench.jsonl`."""
    at = datetime.now(UTC).isoformat(timespec="seconds")
    with KEPT.open("a") as log:
        for result in results:
            sys.stdout.write(f"{result}\n")
            log.write(json.dumps({**result.as_json(), "note": result.note, "at": at}, ensure_ascii=False) + "\n")
    sys.stdout.flush()
