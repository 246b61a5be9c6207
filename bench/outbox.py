"""Promised e-mails through Celery workers, beside a bare SMTP loop on one connection in the same run."""

import smtplib
import statistics
import subprocess
import sys
import threading
import time
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller

from bench.place import ROOT
from bench.result import Result
from sammen.local.website import free_port, started

FEW, MANY = 1000, 10_000
SHARE_OF_FEW, SHARE_OF_MANY = 0.6, 0.8
PATIENCE = 300.0  # seconds
SINGLE = 40  # messages, one at a time, to a worker that has nothing to do
OLD_FEW, OLD_MANY = 1000, 2_000_000


class Sink:
    """Counts what arrives, by recipient, and when the last one did."""

    def __init__(self) -> None:
        self.got: Counter[str] = Counter()
        self.at: dict[str, float] = {}
        self.last = 0.0
        self.changed = threading.Condition()

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        with self.changed:
            self.got.update(envelope.rcpt_tos)
            self.last = time.time()
            self.at.update(dict.fromkeys(envelope.rcpt_tos, self.last))
            self.changed.notify_all()
        return "250 OK"

    def wait_for(self, count: int) -> bool:
        with self.changed:
            return self.changed.wait_for(lambda: self.got.total() >= count, timeout=PATIENCE)


def bare(port: int, count: int) -> float:
    """Messages a second on one open connection, nothing else done."""
    began = time.time()
    with smtplib.SMTP("127.0.0.1", port) as connection:
        for number in range(count):
            message = EmailMessage()
            message["From"], message["To"] = "sammen@example.org", f"bare{number}@example.org"
            message["Subject"] = "Torsdag baker vi brød sammen"
            message.set_content("Hei\n\nVi baker brød fra seks kjøkken på Bjørkehuset.\n" * 4)
            connection.send_message(message)
    return count / (time.time() - began)


def told(environment: dict[str, str], script: str) -> list[float]:
    """Run a line of Python inside the project; the figures that it prints."""
    ended = subprocess.run(
        [sys.executable, "manage.py", "shell", "--no-imports", "--command", script],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        check=True,
        text=True,
    )
    return [float(word) for word in ended.stdout.split()]


def promise(environment: dict[str, str], prefix: str, count: int) -> float:
    """Promise so many in one transaction; gives the moment before the commit that wakes the worker."""
    return told(environment, f"from bench.promises import promise; promise({prefix!r}, {count})")[0]


@dataclass
class Line:
    """The mail server of the benchmark and what sends to it."""

    sink: Sink
    port: int
    environment: dict[str, str]

    def through(self, prefix: str, count: int, workers: int) -> tuple[float, Counter[str]]:
        """Messages a second from the commit to the last arrival, and how often each arrived."""
        self.sink.got.clear()
        with ExitStack() as stack:
            for _worker in range(workers):
                words = ("celery", "-A", "sammen", "worker", "--concurrency", "1", "-l", "ERROR")
                stack.enter_context(started(self.environment, *words))
            promise(self.environment, f"warm{prefix}", workers)
            arrived = self.sink.wait_for(workers)
            began = promise(self.environment, prefix, count)
            for _nudge in range(workers - 1):
                wake_another(self.environment)
            arrived = self.sink.wait_for(workers + count) and arrived
            time.sleep(2)  # for one too many
        rate = count / (self.sink.last - began) if arrived else 0.0
        return rate, Counter({to: n for to, n in self.sink.got.items() if to.startswith(prefix)})

    def beside(self, name: str, prefix: str, count: int, workers: int, alone: float, share: float) -> list[Result]:
        rate, arrived = self.through(prefix, count, workers)
        return [
            Result(f"outbox.{name}", rate, "a second", share, False, "beside a bare SMTP loop", alone),
            Result(f"outbox.{name}.lost", float(count - len(arrived)), "", 0, True),
            Result(f"outbox.{name}.sent_twice", float(sum(n - 1 for n in arrived.values())), "", 0, True),
        ]

    def when_idle(self) -> Result:
        """From the commit to the hand-over, one message at a time."""
        self.sink.got.clear()
        waits = []
        with started(self.environment, "celery", "-A", "sammen", "worker", "--concurrency", "1", "-l", "ERROR"):
            promise(self.environment, "warmidle", 1)
            self.sink.wait_for(1)
            began = told(self.environment, f"from bench.promises import one_by_one; one_by_one('idle', {SINGLE})")
            self.sink.wait_for(1 + SINGLE)
        for number, at in enumerate(began):
            waits.append(self.sink.at.get(f"idle{number}x0@example.org", at + PATIENCE) - at)
        waits.sort()
        middle = statistics.median(waits)
        note = f"commit to hand-over, median {middle:.2f} s of {len(waits)}"
        return Result("outbox.idle_p95", waits[int(len(waits) * 0.95)], "s", 2.0, True, note)

    def among_old_rows(self) -> Result:
        """The same sweep with a thousand old messages in the table, and with two million."""
        few = told(self.environment, f"from bench.promises import sweep_among; sweep_among({OLD_FEW})")[-1]
        many = told(self.environment, f"from bench.promises import sweep_among; sweep_among({OLD_MANY})")[-1]
        note = "a hundred messages among 2 million old rows, beside 1,000"
        return Result("outbox.old_rows", many * 1000, "ms", 1.5, True, note, few * 1000)


def wake_another(environment: dict[str, str]) -> None:
    """One more sweep, for one more worker."""
    told(environment, "from outbox.services.messages import nudge; nudge()")


def measure(environment: dict[str, str]) -> list[Result]:
    sink = Sink()
    controller = Controller(sink, hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        line = Line(sink, controller.port, {**environment, "EMAIL_URL": f"smtp://127.0.0.1:{controller.port}"})
        found = line.beside("thousand_by_1", "few", FEW, 1, bare(controller.port, FEW), SHARE_OF_FEW)
        alone = bare(controller.port, MANY)
        for workers in (1, 2, 4):
            name = f"ten_thousand_by_{workers}"
            found += line.beside(name, f"many{workers}x", MANY, workers, alone, SHARE_OF_MANY)
        return [*found, line.when_idle(), line.among_old_rows()]
    finally:
        controller.stop()
