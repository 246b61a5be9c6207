"""The real web server and other programs of ours, for as long as a block lasts."""

import http.client
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def started(environment: Mapping[str, str], *words: str) -> Iterator[None]:
    """A module run as a program; ended on the way out."""
    process = subprocess.Popen(
        [sys.executable, "-m", *words],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield
    finally:
        process.terminate()
        process.wait(timeout=30)


def answers(port: int) -> bool:
    caller = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        caller.request("GET", "/healthz")
        caller.getresponse().read()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        caller.close()
    return True


@contextmanager
def website(environment: Mapping[str, str]) -> Iterator[str]:
    """The web server on a free port; gives its address. Raises TimeoutError when it does not come up."""
    port = free_port()
    words = ["granian", "--interface", "wsgi", "--port", str(port), "--workers", "1", "--blocking-threads", "2"]
    with started(environment, *words, "sammen.wsgi:application"):
        for _attempt in range(150):
            if answers(port):
                break
            time.sleep(0.2)
        else:
            raise TimeoutError("The web server did not start.")
        yield f"http://localhost:{port}"
