"""What cannot start says why in one sentence, and ends with neither a traceback nor exit code 0."""

import contextlib
import ctypes
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.local.copies import TREE, Program, free_port

PR_CAPBSET_DROP, CAP_DAC_OVERRIDE = 24, 1
NAMES = ("python3", "python3.11", "python3.12", "python3.13", "python3.14")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """As much of the tree as is needed to find out that it cannot start."""
    root = tmp_path / "sammen tree"  # a name with a space, as people have them
    (root / "sammen").mkdir(parents=True)
    shutil.copy2(TREE / "Makefile", root)
    shutil.copy2(TREE / "manage.py", root)
    shutil.copytree(TREE / "sammen" / "local", root / "sammen" / "local", ignore=shutil.ignore_patterns("__pycache__"))
    return root


def refusal(folder: Path, *, first: Callable[[], None] | None = None, **also: str) -> str:
    """What `make run` says on stderr, without make's own line; asserts that it is refused in one sentence."""
    make = shutil.which("make")
    assert make is not None
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "PORT": str(free_port()), **also}
    program = Program([make, "run"], folder, environment, first=first)
    try:
        assert program.end() != 0
        assert program.said == ""
        told = [line for line in program.erred.splitlines() if not line.startswith("make: ")]
    finally:
        with contextlib.suppress(ProcessLookupError):
            program.process.kill()
        program.process.wait()
        program.close()
    assert len(told) == 1, told
    return told[0]


def python_of(place: Path, before: str) -> str:
    """A PATH on which every Python is this test's, after these words of preparation."""
    place.mkdir()
    for name in NAMES:
        (place / name).write_text(f"#!/bin/sh\nexec '{sys.executable}' -c '{before}\nexec(sys.argv[2])' \"$@\"\n")
        (place / name).chmod(0o755)
    return f"{place}{os.pathsep}{os.environ['PATH']}"


def test_a_taken_port(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        assert refusal(folder, PORT=str(port)) == (
            f"Port {port} is taken by another program. Choose another: PORT={port + 1} make run"
        )


@pytest.mark.parametrize("port", ["0", "70000", "eight", "-1", "80 81", "$(touch made)", "٨٠٠٠"])
def test_a_port_that_is_none(folder: Path, port: str) -> None:
    assert refusal(folder, PORT=port) == "PORT must be a number from 1 to 65535, for instance: PORT=8001 make run"
    assert not (folder / "made").exists()


def test_a_python_that_is_too_old(folder: Path, tmp_path: Path) -> None:
    path = python_of(tmp_path / "bin", "import sys; sys.version_info = (3, 9, 18)")
    assert refusal(folder, PATH=path) == "SAMMEN needs Python 3.11 or newer. The python3 of this machine is 3.9."
    assert not (folder / ".local").exists()


def test_a_python_that_cannot_make_environments(folder: Path, tmp_path: Path) -> None:
    path = python_of(tmp_path / "bin", 'import sys; sys.modules["ensurepip"] = None')
    assert refusal(folder, PATH=path) == (
        "python3 has no venv module (on Debian and Ubuntu: apt-get install python3-venv)."
    )


def test_no_python_at_all(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert refusal(folder, PATH=str(tmp_path / "empty")) == (
        "SAMMEN needs Python 3.11 or newer. This machine has no python3."
    )


@pytest.mark.parametrize("script", ["sammen/local/preflight.py", "manage.py"])
def test_a_script_called_with_an_old_python(folder: Path, script: str) -> None:
    old = "import runpy, sys; sys.version_info = (3, 9, 18); runpy.run_path(sys.argv[1], run_name='__main__')"
    ended = subprocess.run([sys.executable, "-c", old, script], cwd=folder, capture_output=True, text=True, check=False)
    assert ended.returncode == 1
    assert ended.stderr == "SAMMEN needs Python 3.11 or newer. This is Python 3.9.\n"


def without_roots_right_to_write_anywhere() -> None:
    """In the new process, when root: what it starts may write only where the modes of files say so."""
    if os.geteuid() == 0 and ctypes.CDLL(None, use_errno=True).prctl(PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "the capability could not be given up")


@pytest.mark.parametrize("closed", [".", ".local", ".local/log"])
def test_a_folder_that_cannot_be_written_to(folder: Path, closed: str) -> None:
    place = folder / closed
    place.mkdir(parents=True, exist_ok=True)
    place.chmod(0o500)
    try:
        told = refusal(folder, first=without_roots_right_to_write_anywhere)
    finally:
        place.chmod(0o700)
    assert told == f"This folder cannot be written to by you: {folder} (SAMMEN keeps its data in .local there)."


def test_a_file_where_the_folder_should_be(folder: Path) -> None:
    (folder / ".local").touch()
    assert refusal(folder).startswith(f"This folder cannot be written to by you: {folder} ")
