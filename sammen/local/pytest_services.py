"""A pytest plugin (`-p sammen.local.pytest_services`): tests find PostgreSQL and Valkey up."""

import os
from contextlib import ExitStack
from pathlib import Path

import pytest

from sammen.local.services import addresses, needed, running

ROOT = Path(__file__).resolve().parents[2]
STACK = ExitStack()

if needed():
    # Another database of Valkey than `make run` has, or its worker would take the tests' work. In the environment, so
    # that processes which tests start see the same; here, as settings are read before any hook of ours is called.
    # Processes that test side by side (gw0, gw1 …) have one each.
    number = 1 + int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    os.environ["REDIS_URL"] = os.environ.get("TEST_REDIS_URL") or addresses(ROOT)["REDIS_URL"].replace(
        "db=0", f"db={number}"
    )


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    if not session.config.option.collectonly:
        STACK.enter_context(running(ROOT))


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    STACK.close()
