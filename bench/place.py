"""Where benchmarks run: a database of their own with the demo data, and real servers on free ports."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

from sammen.local.services import addresses, with_database

ROOT = Path(__file__).resolve().parent.parent
NAME = "sammen_bench"


def command(environment: dict[str, str], *words: str) -> None:
    subprocess.run([sys.executable, *words], cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)


def drop(statement: Callable[[str], None]) -> None:
    """Once the server's own housekeeping lets go of a large table: only a superuser may end that."""
    for _attempt in range(60):
        try:
            return statement("drop database if exists {} with (force)")
        except psycopg.errors.InsufficientPrivilege:
            time.sleep(1)
    statement("drop database if exists {} with (force)")


@contextmanager
def own_database() -> Iterator[dict[str, str]]:
    """The environment of programs that use it. Made anew, dropped at the end."""
    local = addresses(ROOT)
    owner = os.environ.get("DATABASE_OWNER_URL") or local["DATABASE_OWNER_URL"]
    app = os.environ.get("DATABASE_URL") or local["DATABASE_URL"]
    environment = {
        **os.environ,
        "DATABASE_OWNER_URL": with_database(owner, NAME),
        "DATABASE_URL": with_database(app, NAME),
        "LOG_LEVEL": "ERROR",
    }

    def statement(text: str) -> None:
        with psycopg.connect(owner, autocommit=True) as connection:
            connection.execute(sql.SQL(text).format(sql.Identifier(NAME)))

    drop(statement)
    statement("create database {}")
    try:
        command(environment, "manage.py", "migrate", "--database=owner", "--no-input")
        command(environment, "manage.py", "make_demo")
        yield environment
    finally:
        drop(statement)
