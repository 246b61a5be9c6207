"""A PostgreSQL and a Valkey of the harness's own, which it may stop, kill, empty and start again."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

from bench.place import ROOT, command
from sammen.local import children, postgres, valkey
from sammen.local.keeper import make_folders
from sammen.local.places import home
from sammen.local.services import addresses

PATIENCE = 60.0


class Machine:
    """Both servers of one temporary folder, with the demo data."""

    def __init__(self, root: Path) -> None:
        self.root = root
        (root / ".local" / "log").mkdir(parents=True)
        make_folders(root)
        self.log = (root / ".local" / "log" / "services.log").open("wb")
        self.database, self.broker = postgres.Server(root), valkey.Server(root)
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self.environment = {**os.environ, **addresses(root), "LOG_LEVEL": "ERROR", "DEBUG": "on"}

    def start_database(self) -> None:
        self.database.prepare()
        self.running["database"] = self.database.start(self.log)
        assert children.wait_for(self.database.set_up, PATIENCE), "PostgreSQL did not start"

    def start_broker(self) -> None:
        self.running["broker"] = self.broker.start(self.log)
        assert children.wait_for(self.broker.answers, PATIENCE), "Valkey did not start"

    def stop_database(self, number: int = signal.SIGINT) -> None:
        """SIGINT: fast, as a restart does; SIGQUIT: at once, as when the power goes."""
        children.stop(self.running.pop("database"), number, patience=30)

    def stop_broker(self) -> None:
        children.stop(self.running.pop("broker"))

    def empty_broker(self) -> None:
        """All it knew is gone, as after a move to a new machine. It is stopped then."""
        shutil.rmtree(self.root / ".local" / "valkey" / "appendonlydir", ignore_errors=True)

    def rows(self, question: str, *values: Any) -> list[tuple[Any, ...]]:
        """Ask as the owner, who sees all."""
        with psycopg.connect(self.environment["DATABASE_OWNER_URL"], autocommit=True) as connection:
            cursor = connection.execute(question, values)
            return list(cursor.fetchall()) if cursor.description else []

    def stop(self) -> None:
        for name, number in (("database", signal.SIGINT), ("broker", signal.SIGTERM)):
            if name in self.running:
                children.stop(self.running.pop(name), number)
        self.log.close()


@contextmanager
def machine() -> Iterator[Machine]:
    root = Path(tempfile.mkdtemp(prefix="sammen-faults-")).resolve()
    root.chmod(0o711)  # as root, the database's own user passes through it
    made = Machine(root)
    try:
        made.broker.prepare()
        made.start_broker()
        made.start_database()
        command(made.environment, "manage.py", "migrate", "--database=owner", "--no-input")
        command(made.environment, "manage.py", "make_demo")
        made.rows("update outbox_message set state = 'cancelled' where state in ('queued', 'sending')")
        yield made
    finally:
        made.stop()
        outside = home(root)
        if root not in outside.parents:
            shutil.rmtree(outside, ignore_errors=True)
        shutil.rmtree(root, ignore_errors=True)


@contextmanager
def program(environment: dict[str, str], *words: str, log: Path | None = None) -> Iterator[subprocess.Popen[bytes]]:
    """A module of ours as a program of its own; ended on the way out, with all that it started."""
    with (log or Path(os.devnull)).open("ab") as said:
        process = subprocess.Popen(
            [sys.executable, "-m", *words],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            start_new_session=True,
        )
        try:
            yield process
        finally:
            children.stop(process, patience=15)
