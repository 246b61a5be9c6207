"""`make faults` in short: real workers killed, providers away, the broker emptied. What is lost, double or late."""

import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from bench.faults.kills import honest, workers
from bench.faults.machine import Machine
from bench.faults.outages import hurry
from bench.faults.plan import POINTS
from bench.faults.promises import promised, states, wait_until_over
from bench.faults.provider import Servers, providers
from sammen.local.services import addresses, with_database
from tests.template import name as template

ROOT = Path(__file__).resolve().parents[2]
DATABASE = "sammen_faults_in_short"
MESSAGES = 40
PATIENCE = 240.0  # seconds; no figure hangs on it
BY_NUMBER = {f"fault:kill:{4 * n + 2}": point for n, point in enumerate(POINTS)}  # one kill at each point


class Short(Machine):
    """A broker of its own; the database is a copy of the tests' template, on their server."""

    def __init__(self, root: Path, server: dict[str, str]) -> None:
        super().__init__(root)
        for variable in ("DATABASE_URL", "DATABASE_OWNER_URL"):
            self.environment[variable] = with_database(server[variable], DATABASE)
        self.environment |= {"FAULT_LEASE": "4", "FAULT_BEAT": "1"}  # seconds


@pytest.fixture
def short(django_db_setup: None) -> Iterator[Short]:
    server = {**addresses(ROOT), **{name: url for name, url in given().items() if url}}
    with psycopg.connect(server["DATABASE_OWNER_URL"], autocommit=True) as owner:
        drop = sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(DATABASE))
        owner.execute(drop)
        owner.execute(
            sql.SQL("create database {} template {}").format(sql.Identifier(DATABASE), sql.Identifier(template()))
        )
        with tempfile.TemporaryDirectory(prefix="sammen-short-") as folder:
            machine = Short(Path(folder).resolve(), server)
            try:
                machine.broker.prepare()
                machine.start_broker()
                yield machine
            finally:
                machine.stop()
                owner.execute(drop)


def given() -> dict[str, str]:
    """Addresses of servers that are not ours, where the tests have such."""
    return {name: os.environ.get(name, "") for name in ("DATABASE_URL", "DATABASE_OWNER_URL")}


@pytest.fixture
def servers() -> Iterator[Servers]:
    with providers() as both:
        yield both


def test_nothing_is_lost_double_or_late_when_things_break(short: Short, servers: Servers) -> None:
    with workers(short, servers, 2, BY_NUMBER) as folder:
        promised(short, "kill", MESSAGES, channels="email,sms")
        assert wait_until_over(short, "kill", PATIENCE)
        killed = len(list((folder / "done").iterdir()))
        wrong = {result.name: result.value for result in honest(short, servers.kept)[1:]}

        servers.down()
        promised(short, "late", 4, channels="email,sms", useful=0.01)
        promised(short, "later", 4, channels="email,sms", wait=3600)
        promised(short, "down", MESSAGES, channels="email,sms")
        short.stop_broker()
        short.empty_broker()
        time.sleep(1)
        short.start_broker()
        servers.up()
        hurry(short, "down")
        assert wait_until_over(short, "down", PATIENCE)
        assert wait_until_over(short, "late", PATIENCE)

    assert killed == len(POINTS)
    assert wrong == {"fault.kill: doubles without a killed worker": 0, "fault.kill: one promise under two ids": 0}
    assert [dict(states(short, name)) for name in ("kill", "down", "late", "later")] == [
        {"sent": MESSAGES},
        {"sent": MESSAGES},
        {"failed": 4},
        {"queued": 4},
    ]
    times = servers.kept.times()
    assert len({to for _key, to in times}) == 2 * MESSAGES
    assert {to for (_key, to), count in times.items() if count > 1} <= touched(short)


def touched(short: Short) -> set[str]:
    """Addresses of messages over which a worker was killed."""
    return {to for (to,) in short.rows("select address from outbox_message where crashes > 0")}
