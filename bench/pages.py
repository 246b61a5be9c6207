"""The main pages beside a signed-in page that does nothing of its own, by the real server; and what they weigh."""

import gzip
import json
import re
import statistics
import subprocess
import sys
import time
from http.cookiejar import CookieJar
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

from bench.place import ROOT
from bench.result import Result
from demo.cast import PASSWORD
from sammen.local.website import website

ROUNDS = 60
RATIO, WEIGHT, QUERIES = 3.0, 40.0, 12
ROWS = (1, 30)


def signed_in(site: str, email: str, opener: OpenerDirector | None = None) -> OpenerDirector:
    """A browser of sorts, after logging in at the real page."""
    opener = opener or build_opener(HTTPCookieProcessor(CookieJar()))
    page = read(opener, f"{site}/konto/login/")
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token is not None
    form = {"login": email, "password": PASSWORD, "csrfmiddlewaretoken": token.group(1)}
    with opener.open(f"{site}/konto/login/", urlencode(form).encode()) as answer:
        assert "/k/9901/" in answer.url, answer.url
    return opener


def read(opener: OpenerDirector, url: str) -> str:
    with opener.open(url) as answer:
        text: str = answer.read().decode()
        return text


def first_link(opener: OpenerDirector, url: str, pattern: str) -> str:
    """The first address on a page that looks like this."""
    found = re.search(f'href="({pattern})"', read(opener, url))
    assert found is not None, pattern
    return found.group(1)


def measure(environment: dict[str, str]) -> list[Result]:
    with website(environment) as site:
        coordinator = signed_in(site, "ingrid.solheim@example.org")
        leader = signed_in(site, "kari.myhre@example.org")
        home = "/k/9901/"
        paths = {
            "start": (coordinator, home),
            "group": (coordinator, first_link(coordinator, f"{site}{home}grupper/", r"/k/9901/grupper/\d+/")),
            "log": (coordinator, first_link(coordinator, site + home, r"/k/9901/samlinger/\d+/logg/")),
            "round": (leader, first_link(leader, f"{site}{home}runder/", r"/k/9901/runder/\d+/")),
        }
        results = timings(site, {"blank": (coordinator, f"{home}demo/blank/"), **paths})
        results += [weight(site, name, opener, path) for name, (opener, path) in paths.items()]
    return results + questions(environment)


def questions(environment: dict[str, str]) -> list[Result]:
    """What each page asks the database, for one row and for thirty."""
    asked = {rows: ask(environment, rows) for rows in ROWS}
    few, many = (asked[rows] for rows in ROWS)
    results = [Result(f"pages.{name}.queries", many[name], "", QUERIES, True, f"{ROWS[1]} rows") for name in many]
    return results + [
        Result(f"pages.{name}.queries_grow", abs(many[name] - few[name]), "", 0, True, f"{ROWS[0]} and {ROWS[1]} rows")
        for name in many
    ]


def ask(environment: dict[str, str], rows: int) -> dict[str, int]:
    """How many by page, counted inside the application."""
    script = f"from bench.questions import count; count({rows})"
    told = subprocess.run(
        [sys.executable, "manage.py", "shell", "--no-imports", "--command", script],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        check=True,
        text=True,
    )
    counted: dict[str, int] = json.loads(told.stdout)
    return counted


def timings(site: str, paths: dict[str, tuple[OpenerDirector, str]]) -> list[Result]:
    """Taken in turn, so that a slow moment of the machine meets them all."""
    taken: dict[str, list[float]] = {name: [] for name in paths}
    for number in range(ROUNDS + 5):
        for name, (opener, path) in paths.items():
            began = time.perf_counter()
            read(opener, site + path)
            if number >= 5:
                taken[name].append((time.perf_counter() - began) * 1000)
    medians = {name: statistics.median(values) for name, values in taken.items()}
    blank = medians.pop("blank")
    return [
        Result(f"pages.{name}.time", median, "ms", RATIO, True, "median, beside a page without a question", blank)
        for name, median in medians.items()
    ]


def weight(site: str, name: str, opener: OpenerDirector, path: str) -> Result:
    """HTML, style sheets and scripts of a first view, gzipped; fonts aside."""
    page = read(opener, site + path)
    parts = re.findall(r'<link rel="stylesheet" href="([^"]+)"|<script src="([^"]+)"', page)
    sizes = [len(gzip.compress(page.encode(), 6))]
    sizes += [len(gzip.compress(read(opener, site + (css or script)).encode(), 6)) for css, script in parts]
    note = " + ".join(f"{size / 1000:.1f}" for size in sizes)
    return Result(f"pages.{name}.first_view", sum(sizes) / 1000, "kB", WEIGHT, True, note)
