"""A thousand promised e-mails through one Celery worker, beside a bare SMTP loop on one connection."""

import smtplib
import subprocess
import sys
import threading
import time
from collections import Counter
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller

from bench.place import ROOT
from bench.result import Result
from sammen.local.website import free_port, started

MESSAGES = 1000
SHARE = 0.6
PATIENCE = 300.0  # seconds


class Sink:
    """Counts what arrives, by recipient, and when the last one did."""

    def __init__(self) -> None:
        self.got: Counter[str] = Counter()
        self.last = 0.0
        self.changed = threading.Condition()

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        with self.changed:
            self.got.update(envelope.rcpt_tos)
            self.last = time.time()
            self.changed.notify_all()
        return "250 OK"

    def wait_for(self, count: int) -> bool:
        with self.changed:
            return self.changed.wait_for(lambda: self.got.total() >= count, timeout=PATIENCE)


def bare(port: int) -> float:
    """Messages a second on one open connection, nothing else done."""
    began = time.time()
    with smtplib.SMTP("127.0.0.1", port) as connection:
        for number in range(MESSAGES):
            message = EmailMessage()
            message["From"], message["To"] = "sammen@example.org", f"bare{number}@example.org"
            message["Subject"] = "Torsdag baker vi brød sammen"
            message.set_content("Hei\n\nVi baker brød fra seks kjøkken på Bjørkehuset.\n" * 4)
            connection.send_message(message)
    return MESSAGES / (time.time() - began)


def promise(environment: dict[str, str], prefix: str, count: int) -> float:
    """Promise so many in one transaction; gives the moment before the commit that wakes the worker."""
    script = f"from bench.promises import promise; promise({prefix!r}, {count})"
    told = subprocess.run(
        [sys.executable, "manage.py", "shell", "--no-imports", "--command", script],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        check=True,
        text=True,
    )
    return float(told.stdout)


def measure(environment: dict[str, str]) -> list[Result]:
    sink = Sink()
    controller = Controller(sink, hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        alone = bare(controller.port)
        environment = {**environment, "EMAIL_URL": f"smtp://127.0.0.1:{controller.port}"}
        sink.got.clear()
        with started(environment, "celery", "-A", "sammen", "worker", "--concurrency", "1", "-l", "ERROR"):
            promise(environment, "warm", 1)
            arrived = sink.wait_for(1)
            began = promise(environment, "many", MESSAGES)
            arrived = sink.wait_for(1 + MESSAGES) and arrived
            time.sleep(2)  # for one too many
        rate = MESSAGES / (sink.last - began) if arrived else 0.0
    finally:
        controller.stop()
    many = {address: count for address, count in sink.got.items() if address.startswith("many")}
    return [
        Result("outbox.rate", rate, "a second", SHARE, False, "through one worker, beside a bare SMTP loop", alone),
        Result("outbox.lost", float(MESSAGES - len(many)), "", 0, True),
        Result("outbox.sent_twice", float(sum(count - 1 for count in many.values())), "", 0, True),
    ]
