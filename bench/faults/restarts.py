"""3: the broker stopped and emptied, the database restarted, while forms are being saved and messages go out."""

import re
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from html import unescape
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

from bench.faults.kills import counted, workers
from bench.faults.machine import Machine
from bench.faults.promises import promised, wait_until_over
from bench.faults.provider import Servers
from bench.pages import read, signed_in
from bench.place import command
from bench.result import Result
from sammen.local.website import website

MESSAGES = 300
SLOW = 0.05  # seconds for which a provider thinks about each, so that there are messages to send all the while
PAUSE = 0.1  # seconds between two forms
# With DEBUG off, behind a proxy that ends TLS: what a municipality runs, its error pages included.
AS_ON_A_SERVER = {
    "DEBUG": "off",
    "ALLOWED_HOSTS": "localhost,127.0.0.1",
    "BEHIND_PROXY": "on",
    "SECURE_SSL_REDIRECT": "off",
}


@dataclass
class Typist:
    """Saves notes about a venue, one after another; sends again what comes back to her, as a person would."""

    site: str
    opener: OpenerDirector
    path: str
    label: str
    saved: list[str] = field(default_factory=list)
    kept: int = 0  # came back with the text, and was sent again
    lost: list[str] = field(default_factory=list)  # an error without the text

    def type(self, number: int) -> None:
        words = f"{self.label} {number} – «tekst» <som> skal stå"
        page = read_patiently(self.opener, self.site + self.path)
        fields = [*fields_of(page), ("name", words), ("kind", "club")]
        for _attempt in range(40):
            answer = self.post(fields)
            if answer is None:
                self.saved.append(words)
                return
            given = hidden_in(answer)
            if dict(given).get("name") != words:
                self.lost.append(f"{number}: {answer[-600:]!r}")
                return
            self.kept += 1
            fields = given
            time.sleep(0.5)
        self.lost.append(words)

    def post(self, fields: list[tuple[str, str]]) -> str | None:
        """None when it was saved; else the page that came back."""
        try:
            with self.opener.open(self.site + self.path, urlencode(fields).encode(), timeout=60) as answer:
                page = str(answer.read().decode())
                return None if answer.url != self.site + self.path else page
        except HTTPError as error:
            return error.read().decode()


def browser(site: str) -> OpenerDirector:
    """Signed in through the proxy's header; cookies for https go over this connection, which stays on the machine."""
    cookies = CookieJar(DefaultCookiePolicy(secure_protocols=("http", "https")))
    opener = build_opener(HTTPCookieProcessor(cookies))
    opener.addheaders += [("X-Forwarded-Proto", "https"), ("Referer", site.replace("http:", "https:") + "/")]
    return signed_in(site, "kari.myhre@example.org", opener)


def read_patiently(opener: OpenerDirector, url: str) -> str:
    for _attempt in range(60):
        try:
            return read(opener, url)
        except (HTTPError, URLError):
            time.sleep(0.5)
    raise TimeoutError(url)


def fields_of(page: str) -> list[tuple[str, str]]:
    """The token of the page's form, and nothing else: the rest of the form may be empty."""
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token is not None, page[:500]
    return [("csrfmiddlewaretoken", token.group(1))]


def hidden_in(page: str) -> list[tuple[str, str]]:
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page)
    return [(name, unescape(value)) for name, value in found]


def restarts(machine: Machine, servers: Servers) -> list[Result]:
    return in_trouble(machine, servers, "restart", lambda: trouble(machine))


def in_trouble(machine: Machine, servers: Servers, name: str, trouble: Callable[[], None]) -> list[Result]:
    """Two typists and a queue of messages, while there is trouble."""
    servers.kept.accepted.clear()
    servers.kept.slow = SLOW
    environment = {**machine.environment, **servers.environment, **AS_ON_A_SERVER}
    command(environment, "manage.py", "collectstatic", "--no-input")
    with workers(machine, servers, 2, {}), website(environment) as site:
        path = "/k/9901/partnere/ny/"
        typists = [Typist(site, browser(site), path, f"Feil {name}") for _n in range(2)]
        promised(machine, name, MESSAGES, channels="email,sms")
        over = threading.Event()
        threads = [threading.Thread(target=type_until, args=(typist, n, over)) for n, typist in enumerate(typists)]
        for thread in threads:
            thread.start()
        trouble()
        servers.kept.slow = 0.0
        over.set()
        for thread in threads:
            thread.join(timeout=120)
        is_over = wait_until_over(machine, name, 300)
    return [*of_forms(machine, typists, name), *of_messages(machine, servers, is_over, name)]


def type_until(typist: Typist, which: int, over: threading.Event) -> None:
    """One form after another, as long as there is trouble."""
    number = 0
    while not over.is_set():
        typist.type(2 * number + which)
        number += 1
        time.sleep(PAUSE)


def trouble(machine: Machine) -> None:
    """Each breaks in turn and comes back."""
    machine.stop_broker()
    time.sleep(4)
    machine.empty_broker()
    machine.start_broker()
    for number in (signal.SIGINT, signal.SIGQUIT):
        machine.stop_database(number)
        time.sleep(3)
        machine.start_database()
        time.sleep(3)
    machine.stop_broker()
    machine.start_broker()


def of_forms(machine: Machine, typists: list[Typist], area: str) -> list[Result]:
    rows: dict[str, int] = {}
    for (name,) in machine.rows("select name from planning_partner where name like %s", f"Feil {area} %"):
        rows[name] = rows.get(name, 0) + 1
    told = [words for typist in typists for words in typist.saved]
    missing = [words for words in told if words not in rows]
    lost = [words for typist in typists for words in typist.lost]
    back = sum(typist.kept for typist in typists)
    note = f"{len(told)} saved, {back} times the form came back with its text and was sent again"
    return [
        Result(f"fault.{area}: forms told as saved and not there", len(missing), "", 0, True, note),
        Result(f"fault.{area}: typed text lost", len(lost), "", 0, True, " ".join(lost)),
        Result(f"fault.{area}: forms that met the trouble", back, "", 1, False),
    ]


def of_messages(machine: Machine, servers: Servers, is_over: bool, area: str) -> list[Result]:
    times: dict[Any, int] = servers.kept.times()
    doubles = sum(count - 1 for count in times.values())
    note = "" if is_over else "not over in time"
    return [
        *counted(area, machine, servers.kept, MESSAGES, note),
        Result(
            f"fault.{area}: doubles", doubles, "", 6, True, "accepted while the database was away, with the same id"
        ),
    ]
