"""make bench: what is fast enough, measured beside a limit or a peer in the same run. AREA=pages,outbox chooses."""

import json
import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime

from bench import compose, outbox, pages
from bench.place import ROOT, own_database
from bench.result import Result

AREAS: dict[str, Callable[[dict[str, str]], list[Result]]] = {
    "pages": pages.measure,
    "outbox": outbox.measure,
    "compose": compose.measure,
}


def main() -> int:
    wanted = (os.environ.get("AREA") or ",".join(AREAS)).split(",")
    unknown = [name for name in wanted if name not in AREAS]
    if unknown:
        sys.stderr.write(f"There is no benchmark {', '.join(unknown)}. There are: {', '.join(AREAS)}.\n")
        return 2
    with own_database() as environment, (ROOT / ".local" / "bench.jsonl").open("a") as log:
        for name in wanted:
            for result in AREAS[name](environment):
                sys.stdout.write(f"{result}\n")
                sys.stdout.flush()
                at = datetime.now(UTC).isoformat(timespec="seconds")
                log.write(json.dumps({**result.as_json(), "note": result.note, "at": at}, ensure_ascii=False) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
