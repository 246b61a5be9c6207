"""3: the disk of the database is full while forms are being saved and messages go out. On a small mount, as root."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg

from bench.faults.machine import Machine
from bench.faults.provider import Servers
from bench.faults.restarts import in_trouble
from bench.result import Result

ROOM = 64  # MB beside what the cluster holds already
FULL = 12.0  # seconds that it stays full
BLOCK = b"\0" * 65536


class NoMount(Exception):
    """A small file system cannot be mounted here."""


def disk(machine: Machine, servers: Servers) -> list[Result]:
    try:
        with small_disk(machine) as cluster:
            found = in_trouble(machine, servers, "disk", lambda: fill(machine, cluster))
            return [*found, refused(machine)]
    except NoMount as error:
        return [Result("fault.disk: not run", 0, "", 0, True, str(error))]


@contextmanager
def small_disk(machine: Machine) -> Iterator[Path]:
    """The database moves to a file system of its own that is hardly larger than it is, and back."""
    if os.geteuid() != 0 or shutil.which("mount") is None:
        raise NoMount("only root may mount a small disk")
    cluster = machine.database.cluster
    aside = cluster.with_name("postgres.aside")
    machine.stop_database()
    held = sum(path.stat().st_size for path in cluster.rglob("*") if path.is_file()) >> 20
    cluster.rename(aside)
    cluster.mkdir(mode=0o700)
    options = f"size={held + ROOM}m,mode=0700"
    words = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(cluster)]
    mounted = subprocess.run(words, capture_output=True, text=True, check=False)
    try:
        if mounted.returncode:
            raise NoMount(mounted.stderr.strip())
        machine.database.give(cluster)
        subprocess.run(["cp", "-a", f"{aside}/.", str(cluster)], check=True)
        machine.start_database()
        yield cluster
    finally:
        if "database" in machine.running:
            machine.stop_database()
        subprocess.run(["umount", str(cluster)], check=False, capture_output=True)
        cluster.rmdir()
        aside.rename(cluster)
        machine.start_database()


def refused(machine: Machine) -> Result:
    """Proof that it was full: what PostgreSQL said of it."""
    said = (machine.root / ".local" / "log" / "services.log").read_text(errors="replace")
    ended = said.count("terminated by signal 6")
    note = f"no space left on device; the server ended itself {ended} times"
    return Result("fault.disk: times the database met it", said.count("No space left on device"), "", 1, False, note)


def fill(machine: Machine, cluster: Path) -> None:
    """Full to the last byte, also for the log of what was written, for a while; then there is room again. Whoever
    looks after the database starts it when it had ended."""
    ballast = cluster / "ballast"
    with suppress(OSError), ballast.open("wb", buffering=0) as file:
        while True:
            file.write(BLOCK)
    end = time.monotonic() + FULL
    while time.monotonic() < end:
        with suppress(psycopg.Error):
            machine.rows("select pg_switch_wal()")
            machine.rows("create table if not exists room as select repeat('x', 1000) from generate_series(1, 20000)")
        time.sleep(1)
    ballast.unlink()
    time.sleep(2)
    if machine.running["database"].poll() is not None:
        machine.running.pop("database")
        machine.start_database()
