"""The steps Environment and Packages: `.venv` with what the requirements pin, by hash.

Run as a script by a Python without our packages, so it imports the standard library alone.
"""

import fcntl
import hashlib
import importlib.util
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path


def say(step: str, outcome: str) -> None:
    """One progress line."""
    sys.stdout.write(f"  {step:<16}{outcome}\n")
    sys.stdout.flush()


def fingerprint(paths: list[Path], *also: str) -> str:
    """A hash of these files' names and content, and of the words."""
    digest = hashlib.sha256("\0".join(also).encode())
    for path in sorted(paths):
        digest.update(str(path).encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def step(name: str, stamp: Path, mark: str, work: Callable[[], None], note: str = "") -> None:
    """Do the work unless the stamp bears this mark; the stamp is set only when the work was done to its end."""
    if stamp.exists() and stamp.read_text() == mark:
        say(name, "unchanged")
        return
    stamp.unlink(missing_ok=True)
    if note:
        say(name, note)
    began = time.monotonic()
    work()
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(mark)
    say(name, f"done in {time.monotonic() - began:.1f} s")


def quietly(command: list[str], log: Path, sentence: str, **also: str) -> None:
    """Run a program with its words in a log; end with the sentence and the log's last lines when it fails."""
    with log.open("wb") as output:
        ended = subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, env={**os.environ, **also}, check=False
        )
    if ended.returncode:
        last = log.read_text(errors="replace").strip().splitlines()[-8:]
        sys.exit("\n".join([*last, f"{sentence} All that was said is in {log}."]))


def make_environment(root: Path) -> None:
    """`.venv`, made anew when it is missing, half made or belongs to another folder."""
    if not all(map(importlib.util.find_spec, ("venv", "ensurepip"))):
        sys.exit("This Python has no venv module (on Debian and Ubuntu: apt-get install python3-venv).")
    quietly(
        [sys.executable, "-m", "venv", "--clear", str(root / ".venv")],
        root / ".local" / "log" / "environment.log",
        "The environment .venv could not be made.",
    )


def install(root: Path, *names: str) -> None:
    """These requirement files, every package by its hash."""
    files = [part for name in names for part in ("-r", str(root / name))]
    quietly(
        [str(root / ".venv/bin/python"), "-m", "pip", "install", "--require-hashes", "--no-input", *files],
        root / ".local" / "log" / "packages.log",
        "The packages could not be installed.",
        PIP_DISABLE_PIP_VERSION_CHECK="1",
        PIP_ROOT_USER_ACTION="ignore",
        PIP_REQUIRE_VIRTUALENV="0",
    )


def prepare(root: Path, for_tests: bool) -> None:
    """Both steps, one process at a time."""
    stamps = root / ".venv" / ".stamps"
    with (root / ".local" / "lock" / "environment").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        python = root / ".venv" / "bin" / "python"
        if not python.exists():  # also a link to a Python that is gone
            (stamps / "environment").unlink(missing_ok=True)
        step("Environment", stamps / "environment", str(root), lambda: make_environment(root))
        name = "requirements-dev.txt" if for_tests else "requirements.txt"
        step(
            "Packages",
            stamps / name,
            fingerprint([root / name]),
            lambda: install(root, name),
            "being installed, which takes a minute the first time",
        )


def main() -> None:
    root = Path(__file__).resolve().parents[2]
    try:
        prepare(root, for_tests=sys.argv[1:] == ["test"])
    except KeyboardInterrupt:
        sys.exit("Stopped.")
    except OSError as error:
        sys.exit(f"The environment could not be made: {error}.")


if __name__ == "__main__":
    main()
