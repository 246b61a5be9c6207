"""The tests' database is migrated once and copied afterwards: a copy takes a second, the migrations most of a minute.

The copy is migrated as well, so that a template made of too little is never believed.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connections
from django.test.utils import setup_databases
from psycopg import Connection, connect, sql

ROOT = Path(__file__).parents[1]
NAME = "template_of_tests_"
LOCK = 9_901_026  # any number; those who test side by side wait for the first


def name() -> str:
    """The name changes with all that the migrations are made of: their own text, our operations, the packages."""
    parts = sorted(ROOT.glob("*/migrations/*.py")) + sorted(ROOT.glob("municipalities/*.py"))
    text = b"".join(part.read_bytes() for part in [*parts, ROOT / "requirements.txt"])
    return NAME + hashlib.sha256(text).hexdigest()[:12]


@contextmanager
def alone() -> Iterator[Connection]:
    """A connection of the owner, beside the tests' database, that one process has at a time."""
    address = {**connections["owner"].get_connection_params(), "autocommit": True}
    for word in ("cursor_factory", "context", "pool", "server_side_binding", "prepare_threshold"):
        address.pop(word, None)
    with connect(**address) as connection:
        connection.execute("select pg_advisory_lock(%s)", [LOCK])
        yield connection


def make_databases() -> Any:
    """Make the tests' database, from the template where there is one; else leave a template for the next."""
    template = name()
    with alone() as owner:
        found = owner.execute("select 1 from pg_database where datname = %s", [template]).fetchone()
        if found:
            connections["owner"].settings_dict["TEST"]["TEMPLATE"] = template
        config = setup_databases(verbosity=0, interactive=False, aliases={"default": None, "owner": None})
        if not found:
            forget_old_templates(owner)
            tests = connections["owner"].settings_dict["NAME"]
            for alias in ("default", "owner"):
                connections[alias].close()
            owner.execute(
                sql.SQL("create database {} template {}").format(sql.Identifier(template), sql.Identifier(tests))
            )
    return config


def forget_old_templates(owner: Connection) -> None:
    for (old,) in owner.execute("select datname from pg_database where starts_with(datname, %s)", [NAME]).fetchall():
        owner.execute(sql.SQL("drop database {}").format(sql.Identifier(old)))
