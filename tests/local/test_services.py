"""The embedded servers: shared by whoever runs, gone with the last one, however it goes."""

import contextlib
import json
import os
import signal
from collections.abc import Iterator
from typing import Any

from tests.local.copies import Copy, Program

# Tells who keeps the servers and since when the database is up, then waits until a file is there.
PROGRAM = """
import json, pathlib, sys, time
import psycopg
from sammen.local.services import addresses
from sammen.local.valkey import Server
root = pathlib.Path.cwd()
with psycopg.connect(addresses(root)["DATABASE_URL"]) as database:
    since = str(database.execute("select pg_postmaster_start_time()").fetchone()[0])
print(json.dumps({"keeper": int((root / ".local/lock/ready").read_text()), "database": since,
                  "broker": Server(root).answers()}), "told", flush=True)
while not (root / sys.argv[1]).exists():
    time.sleep(0.05)
psycopg.connect(addresses(root)["DATABASE_URL"]).close()
print("still there", flush=True)
"""


@contextlib.contextmanager
def user(copy: Copy, name: str) -> Iterator[tuple[Program, dict[str, Any]]]:
    """A program that uses the servers until `leave` is called with its name."""
    (copy.root / ".local" / name).unlink(missing_ok=True)
    python = str(copy.python)
    with copy.start(python, "-m", "sammen.local.during", python, "-c", PROGRAM, f".local/{name}") as program:
        program.wait_for(" told\n")
        yield program, json.loads(program.said.partition(" told")[0])


def leave(copy: Copy, name: str) -> None:
    (copy.root / ".local" / name).touch()


def test_two_programs_share_them_and_the_last_one_out_stops_them(quiet: Copy) -> None:
    with user(quiet, "first") as (first, told), user(quiet, "second") as (second, told_second):
        assert told == told_second
        assert told["broker"] is True

        leave(quiet, "first")
        assert first.end() == 0
        assert told["keeper"] in {pid for pid, _ in quiet.alive()}

        leave(quiet, "second")
        assert second.end() == 0, second.erred
        quiet.is_quiet()  # it waited for them
        assert second.said.endswith("still there\n")
        assert not (quiet.root / ".local" / "lock" / "ready").exists()


def test_they_go_when_their_last_user_is_killed(quiet: Copy) -> None:
    with user(quiet, "killed") as (program, _):
        program.signal_all(signal.SIGKILL)
        quiet.is_quiet(20)


def test_a_killed_keeper_takes_them_along_and_the_next_program_has_new_ones(quiet: Copy) -> None:
    with user(quiet, "bereft") as (_, before):
        os.kill(before["keeper"], signal.SIGKILL)
        with user(quiet, "next") as (program, after):
            assert after["keeper"] != before["keeper"]
            assert after["database"] != before["database"]
            leave(quiet, "next")
            assert program.end() in (0, 1)
