"""make faults: what becomes of messages and forms when things break. AREA=kills,outages chooses; SHORT=1 is a taste.

Real PostgreSQL, Valkey, SMTP server and SMS gateway of its own, real workers, real SIGKILL. Lines as `make bench` has.
"""

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass

from bench.faults.clocks import clocks
from bench.faults.crowds import crowd
from bench.faults.disks import disk
from bench.faults.hours import hours
from bench.faults.kills import kills, poison
from bench.faults.machine import Machine, machine
from bench.faults.outages import outages
from bench.faults.provider import Servers, providers
from bench.faults.restarts import restarts
from bench.faults.sequences import sequences
from bench.result import Result, tell

SHORT = bool(os.environ.get("SHORT"))
SEQUENCES = int(os.environ.get("SEQUENCES") or (20 if SHORT else 10_000))


@dataclass(frozen=True)
class Case:
    work: Callable[[Machine, Servers], list[Result]]
    in_short: bool = True


CASES = {
    "kills": Case(lambda machine, servers: kills(machine, servers, *((100, 9) if SHORT else (2000, 200)))),
    "poison": Case(poison, in_short=False),
    "crowd": Case(lambda machine, servers: crowd(machine, servers, 2000), in_short=False),
    "outages": Case(outages, in_short=False),
    "restarts": Case(restarts, in_short=False),
    "hours": Case(hours, in_short=False),
    "clocks": Case(clocks, in_short=False),
    "disk": Case(disk, in_short=False),
    "sequences": Case(lambda machine, servers: sequences(machine, servers, SEQUENCES)),
}


def main() -> int:
    default = [name for name, case in CASES.items() if case.in_short or not SHORT]
    wanted = (os.environ.get("AREA") or ",".join(default)).split(",")
    unknown = [name for name in wanted if name not in CASES]
    if unknown:
        sys.stderr.write(f"There is no fault {', '.join(unknown)}. There are: {', '.join(CASES)}.\n")
        return 2
    met = True
    with machine() as ours, providers() as servers:
        for name in wanted:
            results = CASES[name].work(ours, servers)
            tell(results)
            met = met and all(result.is_met for result in results)
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
