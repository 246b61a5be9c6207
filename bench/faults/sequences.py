"""6: random sequences of what people do between queueing and sending, against the plain model of the tests."""

import os
import re
import subprocess
import sys

from bench.faults.machine import Machine
from bench.faults.provider import Servers
from bench.place import ROOT
from bench.result import Result

TEST = "tests/outbox/test_no_stale_letter.py"
PARTS = os.cpu_count() or 1
ROUND = 500  # the first that goes wrong ends it
WORDS = {"twice": "doubles", "missing": "lost"}  # what the model says of each; anything else is late or stale


def sequences(machine: Machine, servers: Servers, count: int) -> list[Result]:
    """So many in all, in rounds, in as many processes as there are processors, until one goes wrong. They have
    databases and sinks of their own."""
    ran, said, is_well = 0, "", True
    while ran < count and is_well:
        round_of = min(ROUND, count - ran)
        found = run(round_of, min(PARTS, round_of))
        told, said = passed(found.stdout), found.stdout + found.stderr
        is_well = found.returncode == 0 and told > 0
        ran += told
    (machine.root / ".local" / "log" / "sequences.log").write_text(said)
    wrong = {"lost": 0, "doubles": 0, "late or stale": 0}
    if not is_well:
        words = re.findall(r"^E +AssertionError: ?(.*)$", said, flags=re.MULTILINE) or ["it broke"]
        wrong[next((name for word, name in WORDS.items() if word in words[0]), "late or stale")] += 1
    note = f"in {PARTS} processes" if is_well else " / ".join(said.strip().splitlines()[-40:])[-2000:]
    return [
        Result("fault.sequences: run", ran, "", count, False, note),
        *(Result(f"fault.sequences: {name}", number, "", 0, True) for name, number in wrong.items()),
    ]


def run(count: int, parts: int) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "SEQUENCES": str(-(-count // parts)), "SEQUENCE_PARTS": str(parts)}
    words = ("pytest", TEST, "-n", str(parts), "--dist", "load", "--hypothesis-show-statistics", "-p", "no:randomly")
    return subprocess.run(
        [sys.executable, "-m", *words], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )


def passed(said: str) -> int:
    """How many went well, by hypothesis's own statistics."""
    return sum(int(number) for number in re.findall(r"(\d+) passing", said))
