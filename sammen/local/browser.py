"""The step Browser: journeys need one, and are never skipped in silence."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from sammen.local.environment import quietly, say
from sammen.local.preflight import Trouble

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def starts(program: str) -> bool:
    """Whether it runs at all: on some machines the name belongs to a stub that only tells how to install it."""
    try:
        return subprocess.run([program, "--version"], capture_output=True, timeout=30, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def find() -> str | None:
    """The path of a Chromium or Chrome of the machine, or of Playwright's own; None when there is none."""
    for name in NAMES:
        path = shutil.which(name)
        if path and starts(path):
            return path
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def install(log: Path) -> None:
    """As root on Debian or Ubuntu the distribution's, else Playwright's own."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        for words in (["update"], ["install", "--yes", "--no-install-recommends", "chromium"]):
            with log.open("ab") as output:
                subprocess.run(
                    ["apt-get", *words],
                    env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=output,
                    check=False,
                )
        if find():
            return
    libraries = ["--with-deps"] if os.geteuid() == 0 else []
    quietly(
        [sys.executable, "-m", "playwright", "install", *libraries, "chromium"],
        log,
        "No browser was found and none could be installed: install chromium or google-chrome.",
    )


def prepare(root: Path) -> None:
    path = find()
    if path is None:
        say("Browser", "being installed")
        install(root / ".local" / "log" / "browser.log")
        path = find()
    if path is None:
        raise Trouble("No browser was found and none could be installed: install chromium or google-chrome.")
    say("Browser", path)


if __name__ == "__main__":
    prepare(Path(__file__).resolve().parents[2])
