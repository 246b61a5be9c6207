"""Journeys: a real browser, the real server, the real worker, and a mail sink and SMS gateway that keep what they get.

Nothing leaves the machine. Rows are committed; the owner empties the tables after each journey.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client
from playwright.sync_api import BrowserContext, ConsoleMessage, Page

from accounts.models import User
from municipalities.models import Municipality
from sammen.local.services import with_database
from tests.factories import MunicipalityFactory
from tests.outbox.sinks import Sink, listening

# Playwright keeps an event loop in this thread; the database is used beside it, never within it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
ROOT = Path(__file__).resolve().parents[2]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder is a journey on committed rows, with both database roles."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.journey)
            item.add_marker(pytest.mark.django_db(transaction=True, databases=["default", "owner"]))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    return {**browser_type_launch_args, **({"executable_path": found} if found else {})}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {
        **browser_context_args,
        "viewport": {"width": 360, "height": 760},
        "locale": "nb-NO",
        "timezone_id": "Europe/Oslo",
        "has_touch": True,
    }


@pytest.fixture
def lillevik(transactional_db: None) -> Iterator[Municipality]:
    """The municipality, committed. Rows are read and made by a connection that stays inside it."""
    municipality = MunicipalityFactory(number="9901", name="Lillevik")
    with connections["default"].cursor() as cursor:
        cursor.execute("select set_config('app.municipality_id', %s, false)", [str(municipality.pk)])
    yield municipality
    with connections["default"].cursor() as cursor:
        cursor.execute("reset app.municipality_id")


@pytest.fixture
def sink() -> Iterator[Sink]:
    """A mail server and an SMS gateway on loopback."""
    with listening() as kept:
        yield kept


@pytest.fixture
def worker(transactional_db: None, sink: Sink, live_server: Any) -> Iterator[None]:
    """The real Celery worker on the test database, with its clock. The links that it sends lead to the live server."""
    name = connections["default"].settings_dict["NAME"]

    def of_the_tests(variable: str) -> str:
        return with_database(os.environ.get(variable) or settings.LOCAL[variable], name)

    environment = {
        **os.environ,
        "DATABASE_URL": of_the_tests("DATABASE_URL"),
        "DATABASE_OWNER_URL": of_the_tests("DATABASE_OWNER_URL"),
        "SITE_URL": live_server.url,
        "EMAIL_URL": sink.email_url,
        "SMS_URLS": sink.sms_url,
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "celery", "-A", "sammen", "worker", "-P", "solo", "-l", "WARNING", "--without-gossip"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    yield
    process.terminate()
    process.wait(timeout=20)


@pytest.fixture
def complaints() -> list[str]:
    """What the browser's console said: a violated policy is an error."""
    return []


@pytest.fixture
def phone(context: BrowserContext, live_server: Any, complaints: list[str]) -> Iterator[Page]:
    """A page at 360 × 760. The journey fails when the browser complained or asked another origin for anything."""
    page = context.new_page()
    asked: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type == "error":
            complaints.append(message.text)

    page.on("console", note)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    yield page
    assert [url for url in asked if not url.startswith((live_server.url, "data:"))] == []
    assert complaints == []


@pytest.fixture
def sign_in(context: BrowserContext, live_server: Any) -> Callable[[User], None]:
    """Sign this person in, past the log-in page (which has a journey of its own)."""

    def enter(user: User) -> None:
        client = Client()
        client.force_login(user)
        value = client.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}])

    return enter
