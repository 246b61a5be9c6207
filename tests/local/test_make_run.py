"""`make run`: what it says, what then answers, who can log in, what a second one says; SIGTERM at last ends it."""

import http.cookiejar
import json
import re
import signal
import urllib.parse
import urllib.request
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
from django.conf import settings

from tests.local.copies import Copy, Program, free_port


class Site(NamedTuple):
    copy: Copy
    program: Program
    address: str

    def get(self, path: str) -> tuple[int, str]:
        with urllib.request.urlopen(self.address + path, timeout=20) as answer:  # noqa: S310
            return answer.status, answer.read().decode()

    def log_ins(self) -> list[dict[str, Any]]:
        told = self.copy.run(str(self.copy.python), "manage.py", "demo_logins", "--json")
        assert told.returncode == 0, told.stderr
        people: list[dict[str, Any]] = json.loads(told.stdout)
        return people


@pytest.fixture(scope="module")
def site(tree: Copy) -> Iterator[Site]:
    """One run for all tests here; that SIGTERM ends it cleanly is asserted when they are through."""
    port = free_port()
    tree.is_quiet()
    try:
        with tree.start("make", "run", PORT=str(port)) as program:
            program.wait_for("Ctrl-C stops everything.")
            yield Site(tree, program, f"http://localhost:{port}")
            program.process.send_signal(signal.SIGTERM)
            assert program.end() in (0, 2, -signal.SIGTERM)  # which of them is make's affair
            tree.is_quiet(2)  # make may be gone a moment before the launcher is
            assert program.said.endswith("\nStopped.\n")
            assert all(line.startswith("make: ") for line in program.erred.splitlines())
    finally:
        tree.end_all()


def test_it_tells_its_steps_the_address_and_the_log_ins(site: Site) -> None:
    steps, _, rest = site.program.said.partition("\n\n")
    told = [(line[2:18].strip(), line[18:]) for line in steps.splitlines()]
    done = r"unchanged|(done|up) in \d+\.\d s"
    assert [step for step, _ in told] == [
        *(
            "Environment",
            "Packages",
            "Front-end files",
            "Database",
            "Migrations",
            "Translations",
            "Library",
            "Demo data",
        ),
    ]
    assert all(re.fullmatch(done, outcome) for _, outcome in told), told
    assert re.match(rf"SAMMEN is ready at {re.escape(site.address)} after \d+ s\.", rest)
    for person in site.log_ins():
        assert person["email"] in rest
        assert person["password"] in rest
    assert site.program.erred == ""


def test_it_lives_and_is_ready(site: Site) -> None:
    assert site.get("/healthz")[0] == 200
    status, told = site.get("/readyz")
    assert status == 200
    assert json.loads(told)["ready"] is True


def test_the_log_ins_are_told_as_data_and_only_to_developers(site: Site) -> None:
    people = site.log_ins()
    assert people
    for person in people:
        assert set(person) == {"email", "password", "roles"}
        assert "@" in person["email"]
        assert person["password"]
        assert person["roles"]
        assert all(isinstance(role, str) for role in person["roles"])

    refused = site.copy.run(
        *(str(site.copy.python), "manage.py", "demo_logins", "--json"),
        DEBUG="false",
        SECRET_KEY="a key of this test's own, long enough for a server " * 2,
        ALLOWED_HOSTS="localhost",
        DATABASE_URL="postgres://nobody@127.0.0.1:1/nothing",
        DATABASE_OWNER_URL="postgres://nobody@127.0.0.1:1/nothing",
        REDIS_URL="redis://127.0.0.1:1/0",
        SITE_URL="https://sammen.example.org",
        EMAIL_URL="smtp://127.0.0.1:1",
        SMS_URLS="http://127.0.0.1:1/sms",
    )
    assert refused.returncode != 0
    assert refused.stdout == ""
    assert "Demo log-ins exist only where DEBUG is on." in refused.stderr
    assert "Traceback" not in refused.stderr


def test_the_first_of_them_logs_in(site: Site) -> None:
    person = site.log_ins()[0]
    cookies = http.cookiejar.CookieJar()
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(cookies))
    login = f"{site.address}/konto/login/"
    with browser.open(login, timeout=20) as page:
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.read().decode())
    assert token is not None
    form = {"csrfmiddlewaretoken": token[1], "login": person["email"], "password": person["password"]}
    sent = urllib.request.Request(login, urllib.parse.urlencode(form).encode(), {"Referer": login})  # noqa: S310
    with browser.open(sent, timeout=20) as page:
        assert page.status == 200
        assert "/konto/login/" not in page.url
        assert "/konto/logout/" in page.read().decode()
    assert settings.SESSION_COOKIE_NAME in {cookie.name for cookie in cookies}


def test_a_second_one_tells_where_the_first_one_is(site: Site) -> None:
    for port in (site.address.rpartition(":")[2], str(free_port())):
        second = site.copy.run("make", "run", PORT=port)
        assert second.returncode != 0
        sentence, *after = second.stderr.strip().splitlines()
        assert sentence == f"SAMMEN already runs in this folder: {site.address}."
        assert all(line.startswith("make: ") for line in after)
    assert site.get("/healthz")[0] == 200
