"""make bench: what is fast enough, measured beside a limit or a peer in the same run. AREA=pages,outbox chooses."""

import os
import sys
from collections.abc import Callable

from bench import compose, outbox, pages
from bench.place import own_database
from bench.result import Result, tell

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
    with own_database() as environment:
        for name in wanted:
            tell(AREAS[name](environment))
    return 0


if __name__ == "__main__":
    sys.exit(main())
