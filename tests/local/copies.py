"""A copy of the working tree with everything `make run` would otherwise download, and the programs started in it.

The developer's own `.local` is never touched: database, broker, locks and logs of a copy lie in the copy.
"""

import contextlib
import fcntl
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import termios
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from sammen.local.environment import fingerprint
from sammen.local.places import home

TREE = Path(__file__).resolve().parents[2]
MARK = "SAMMEN_TEST_COPY"  # in the environment of what a copy starts, so that it can be found again
PASSED_ON = ("PATH", "HOME", "USER", "LANG", "LC_ALL", "TMPDIR", "LD_LIBRARY_PATH")
LONGEST_START = 120  # seconds: the first one makes a database and its demo data


def free_port() -> int:
    """A port with two free ones above it, for mail and SMS."""
    while True:
        with contextlib.ExitStack() as stack:
            first = stack.enter_context(socket.socket())
            first.bind(("127.0.0.1", 0))
            port: int = first.getsockname()[1]
            try:
                for number in (port + 1, port + 2):
                    stack.enter_context(socket.socket()).bind(("127.0.0.1", number))
            except (OSError, OverflowError):
                continue
            return port


class Program:
    """A program started in a copy, in a process group of its own; what it says is kept in files."""

    def __init__(
        self,
        words: list[str],
        folder: Path,
        environment: dict[str, str],
        *,
        terminal: bool = False,
        first: Callable[[], None] | None = None,
    ) -> None:
        """With a terminal it reads from one of its own, as in a window; `first` is done in the new process."""
        self.said_in = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the program
        self.erred_in = tempfile.TemporaryFile()  # noqa: SIM115
        self.terminal: int | None = None
        keyboard = subprocess.DEVNULL
        if terminal:
            self.terminal, keyboard = os.openpty()
        self.process = subprocess.Popen(
            words,
            cwd=folder,
            env=environment,
            stdin=keyboard,
            stdout=self.said_in,
            stderr=self.erred_in,
            start_new_session=True,
            preexec_fn=own_the_terminal if terminal else first,  # noqa: PLW1509 - it is short
        )
        if terminal:
            os.close(keyboard)
        self.pid = self.process.pid

    @property
    def said(self) -> str:
        return os.pread(self.said_in.fileno(), 1_000_000, 0).decode()

    @property
    def erred(self) -> str:
        return os.pread(self.erred_in.fileno(), 1_000_000, 0).decode()

    def wait_for(self, words: str) -> None:
        """Until it has said this on stdout."""
        end = time.monotonic() + LONGEST_START
        while words not in self.said and self.process.poll() is None and time.monotonic() < end:
            time.sleep(0.05)
        assert words in self.said, f"{words!r} was not said ({self.process.poll()}), but:\n{self.said}{self.erred}"

    def press_ctrl_c(self) -> None:
        assert self.terminal is not None
        os.write(self.terminal, b"\x03")

    def signal_all(self, number: int) -> None:
        """To the whole group, as a terminal does."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.pid, number)

    def end(self, seconds: float = 60) -> int:
        """Wait until it has ended; its exit code."""
        return self.process.wait(timeout=seconds)

    def close(self) -> None:
        self.said_in.close()
        self.erred_in.close()
        if self.terminal is not None:
            os.close(self.terminal)


def own_the_terminal() -> None:
    """In the new process: its stdin becomes the terminal whose Ctrl-C it gets."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


class Copy:
    """One copy of the working tree."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.python = root / ".venv" / "bin" / "python"

    def fill(self) -> None:
        """The files under version control or about to be, the environment, the front-end packages, and the stamps."""
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=TREE,
            capture_output=True,
            text=True,
            check=True,
        )
        for name in filter(None, listed.stdout.split("\0")):
            if (TREE / name).is_file():
                (self.root / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(TREE / name, self.root / name)
        environment = self.root / ".venv"
        environment.mkdir()
        shutil.copy2(TREE / ".venv" / "pyvenv.cfg", environment)
        shutil.copytree(TREE / ".venv" / "bin", environment / "bin", symlinks=True)
        for name in ("lib", "lib64"):
            if (TREE / ".venv" / name).exists():
                (environment / name).symlink_to(TREE / ".venv" / name)
        stamps = environment / ".stamps"
        stamps.mkdir()
        (stamps / "environment").write_text(str(self.root))
        for name in ("requirements.txt", "requirements-dev.txt"):
            (stamps / name).write_text(fingerprint([self.root / name]))
        if (TREE / "node_modules").is_dir():  # else the first start fetches them
            shutil.copytree(TREE / "node_modules", self.root / "node_modules", symlinks=True)
            ours = self.root / ".local" / "stamps"
            ours.mkdir(parents=True)
            (ours / "npm").write_text(fingerprint([self.root / "package-lock.json"]))

    def environment(self, **also: str) -> dict[str, str]:
        """What a terminal has, and nothing of the tests' own settings."""
        kept = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
        return {**kept, MARK: str(self.root), **also}

    @contextlib.contextmanager
    def start(self, *words: str, terminal: bool = False, **also: str) -> Iterator[Program]:
        """Run a program here; whatever of the copy is left afterwards is ended."""
        program = Program(list(words), self.root, self.environment(**also), terminal=terminal)
        try:
            yield program
        finally:
            if program.process.poll() is None:
                program.signal_all(signal.SIGTERM)
                with contextlib.suppress(subprocess.TimeoutExpired):
                    program.end(30)
            program.signal_all(signal.SIGKILL)
            program.process.wait()
            program.close()

    def run(self, *words: str, **also: str) -> subprocess.CompletedProcess[str]:
        """Run a program here to its end."""
        return subprocess.run(
            words,
            cwd=self.root,
            env=self.environment(**also),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=LONGEST_START,
            check=False,
        )

    def alive(self) -> dict[tuple[int, str], str]:
        """Every process of this copy: (pid, its start) and its command line.

        It bears the mark in its environment, or its folder is in the copy: the servers begin with a clean environment.
        """
        mark = os.fsencode(f"{MARK}={self.root}")
        places = {self.root, home(self.root)}
        found = {}
        for entry in Path("/proc").glob("[0-9]*"):
            try:
                state, *fields = (entry / "stat").read_text().rpartition(")")[2].split()
                folder = Path(os.readlink(entry / "cwd"))
                marked = mark in (entry / "environ").read_bytes().split(b"\0")
                if state != "Z" and (marked or places & {folder, *folder.parents}):
                    words = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
                    found[int(entry.name), fields[18]] = words.strip()
            except (OSError, ValueError):
                continue
        return found

    def is_quiet(self, seconds: float = 0) -> None:
        """Assert that nothing of this copy lives, now or within this time."""
        end = time.monotonic() + seconds
        while (left := self.alive()) and time.monotonic() < end:
            time.sleep(0.05)
        assert not left, f"still alive: {left}"

    def end_all(self) -> None:
        """End what is left, each process by its own number."""
        for number, seconds in ((signal.SIGTERM, 15), (signal.SIGKILL, 5)):
            for pid, _start in self.alive():
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, number)
            end = time.monotonic() + seconds
            while self.alive() and time.monotonic() < end:
                time.sleep(0.1)

    def remove(self) -> None:
        self.end_all()
        outside = home(self.root)  # as root, where the tree lies in a closed folder
        if self.root not in outside.parents:
            shutil.rmtree(outside, ignore_errors=True)
        shutil.rmtree(self.root, ignore_errors=True)
