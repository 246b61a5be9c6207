"""Processes that end with the one that started them."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO

PR_SET_PDEATHSIG = 1


def end_with_parent(number: int) -> Callable[[], None]:
    """What a new process does first: ask Linux for this signal when its parent dies, however it dies.

    Set after the change of user (which clears it) and kept over exec. Elsewhere than on Linux it does nothing.
    """
    if sys.platform != "linux":
        return lambda: None
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    parent = os.getpid()

    def ask() -> None:
        prctl(PR_SET_PDEATHSIG, number, 0, 0, 0)
        if os.getppid() != parent:  # it died in between
            os._exit(1)

    return ask


def end_with_our_own_parent(number: int) -> None:
    """The same for this process: the signal comes when whoever started it dies, however it dies."""
    if sys.platform == "linux":
        parent = os.getppid()
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, number, 0, 0, 0)
        if os.getppid() != parent:  # it died in between
            os.kill(os.getpid(), number)


def start(
    command: list[str],
    *,
    folder: Path,
    log: IO[bytes],
    environment: Mapping[str, str],
    user: str | int | None = None,
    group: int | None = None,
    dies_by: int = signal.SIGTERM,
    holds: tuple[int, ...] = (),
) -> subprocess.Popen[bytes]:
    """Start a process in a session of its own: the terminal's Ctrl-C reaches only us, and we stop it in order.

    `holds` are open files that it keeps open: a lock on one lasts as long as the process.
    """
    return subprocess.Popen(
        command,
        cwd=folder,
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
        start_new_session=True,
        pass_fds=holds,
        user=user,
        group=group,
        extra_groups=[] if user is not None else None,
        preexec_fn=end_with_parent(dies_by),  # noqa: PLW1509 - we start no threads before it
    )


def stop(process: subprocess.Popen[bytes], number: int = signal.SIGTERM, patience: float = 10) -> None:
    """Ask it to end; after `patience` seconds end it and all it started."""
    if process.poll() is None:
        process.send_signal(number)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=patience)
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def wait_for(ready: Callable[[], bool], seconds: float, pause: float = 0.05) -> bool:
    """Look until it is ready; False when it did not become so in time."""
    until = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > until:
            return False
        time.sleep(pause)
    return True
