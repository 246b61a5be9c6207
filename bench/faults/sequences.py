"""6: random sequences of what people do between queueing and sending, against the plain model of the tests."""

import os
import re
import subprocess
import sys
from pathlib import Path

from bench.faults.machine import Machine
from bench.faults.provider import Servers
from bench.place import ROOT
from bench.result import Result

TEST = "tests/outbox/test_no_stale_letter.py"
PARTS = os.cpu_count() or 1
WORDS = {"twice": "doubles", "missing": "lost"}  # what the model says of each; anything else is late or stale


def sequences(machine: Machine, servers: Servers, count: int) -> list[Result]:
    """So many in all, in as many processes as there are processors. They have databases and sinks of their own."""
    found = run(count, PARTS)
    ran = sum(int(number) for number in re.findall(r"(\d+) passing examples", found.stdout))
    wrong = {"lost": 0, "doubles": 0, "late or stale": 0}
    if found.returncode:
        said = re.findall(r"^E +(?:Assertion|Exception\w*)Error: ?(.*)$", found.stdout, flags=re.MULTILINE)
        for words in said or ["it broke"]:
            wrong[next((name for word, name in WORDS.items() if word in words), "late or stale")] += 1
    kept = Path(machine.root) / ".local" / "log" / "sequences.log"
    kept.write_text(found.stdout + found.stderr)
    note = f"{ran} sequences in {PARTS} processes" if not found.returncode else tail(found.stdout)
    return [
        Result("fault.sequences: run", ran, "", count, False, note),
        *(Result(f"fault.sequences: {name}", number, "", 0, True) for name, number in wrong.items()),
    ]


def run(count: int, parts: int) -> subprocess.CompletedProcess[str]:
    each = -(-count // parts)
    environment = {**os.environ, "SEQUENCES": str(each), "SEQUENCE_PARTS": str(parts)}
    words = ("pytest", TEST, "-n", str(parts), "--dist", "load", "--hypothesis-show-statistics", "-p", "no:randomly")
    return subprocess.run(
        [sys.executable, "-m", *words], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )


def tail(said: str) -> str:
    """The end of what the test said: the shortest sequence that goes wrong is in it."""
    return " / ".join(said.strip().splitlines()[-25:])[-1500:]
