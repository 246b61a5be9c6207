"""Promising messages from outside, and where the rows stand."""

import subprocess
import sys
import time
from collections import Counter

from bench.faults.machine import Machine
from bench.place import ROOT


def promised(
    machine: Machine,
    prefix: str,
    count: int,
    kind: str = "fault",
    channels: str = "email",
    off: float = 0,
    wait: float = 0,
    useful: float = 0,
) -> float:
    """Promise them in a process of their own, for `wait` seconds from now, on a machine whose clock is `off` by so
    many; the moment after the commit. After `useful` seconds, if any, they are of no use."""
    asked = f"{prefix!r}, {count}, {kind!r}, {channels!r}, {off}, {wait}, {useful}"
    script = f"from bench.faults.inside import promise; promise({asked})"
    words = [sys.executable, "manage.py", "shell", "--no-imports", "--command", script]
    subprocess.run(words, cwd=ROOT, env=machine.environment, check=True, stdout=subprocess.DEVNULL)
    return time.time()


def states(machine: Machine, prefix: str) -> Counter[str]:
    """How many of them stand in each state."""
    asked = "select state, count(*) from outbox_message where about = %s group by state"
    return Counter(dict(machine.rows(asked, f"fault:{prefix}")))


def wait_until_over(machine: Machine, prefix: str, seconds: float) -> bool:
    """Whether none of them is on its way any more, within this time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = states(machine, prefix)
        if not (found["queued"] + found["sending"]):
            return True
        time.sleep(0.5)
    return False
