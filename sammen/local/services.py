"""PostgreSQL and Valkey for as long as somebody uses them, and the addresses at which they are found.

They serve on a developer's machine only: nothing is started with DEBUG off, or when the addresses are given.
"""

import contextlib
import fcntl
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from sammen.local.children import wait_for
from sammen.local.places import password, run_folder, secret
from sammen.local.postgres import APPLICATION, DATABASE, OWNER
from sammen.local.preflight import Trouble, writable_folder

# Commands of manage.py that touch neither database nor broker.
NO_SERVICES = frozenset(
    "build_assets collectstatic compile_translations compilemessages help makemessages update_translations version"
    " --help --version".split()
)
OFF = ("", "0", "f", "false", "n", "no", "off")
LONGEST_WAIT = 120


def addresses(root: Path) -> dict[str, str]:
    """The local settings by variable. Starts nothing; makes `.local/secret` the first time."""
    sockets = quote(str(run_folder(root)))
    ports = {"smtp": 8001, "sms": 8002}
    with contextlib.suppress(OSError, ValueError, TypeError):
        ports |= json.loads((root / ".local" / "sink.json").read_text())
    return {
        "DATABASE_URL": f"postgres://{APPLICATION}:{password(root, APPLICATION)}@/{DATABASE}?host={sockets}/pg",
        "DATABASE_OWNER_URL": f"postgres://{OWNER}:{password(root, OWNER)}@/{DATABASE}?host={sockets}/pg",
        "REDIS_URL": f"unix://{sockets}/valkey.sock?db=0",
        "EMAIL_URL": f"smtp://127.0.0.1:{ports['smtp']}",
        "SMS_URLS": f"http://127.0.0.1:{ports['sms']}/sms",
        "SECRET_KEY": password(root, "SECRET_KEY"),
    }


def with_database(url: str, name: str) -> str:
    """The same server, another database."""
    before, _mark, after = url.partition("?")
    address = f"{before.rpartition('/')[0]}/{name}"
    return f"{address}?{after}" if after else address


def needed() -> bool:
    """Whether this process would use the embedded servers at all."""
    given = os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL")
    production = os.environ.get("DEBUG", "on").strip().lower() in OFF
    return not given and not production


@contextlib.contextmanager
def held(path: Path, how: int) -> Iterator[int]:
    """Hold a lock on this file; the system lets go of it when the process ends, however it ends."""
    lock = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, how)
        yield lock
    finally:
        os.close(lock)


def free(path: Path) -> bool:
    """Whether nobody holds the lock."""
    try:
        with held(path, fcntl.LOCK_SH | fcntl.LOCK_NB):
            return True
    except BlockingIOError:
        return False


def begin(root: Path) -> None:
    """Start a keeper unless one is there; come back when the servers answer."""
    locks = root / ".local" / "lock"
    (locks / "keeper").touch(mode=0o600)

    def there() -> bool:
        return (locks / "ready").exists() or free(locks / "keeper")

    with held(locks / "start", fcntl.LOCK_EX):
        if not free(locks / "keeper"):  # somebody's, perhaps still on its way up
            wait_for(there, LONGEST_WAIT)
            if not free(locks / "keeper"):
                return
        (locks / "ready").unlink(missing_ok=True)
        with (root / ".local" / "log" / "keeper.log").open("wb+") as log:
            keeper = subprocess.Popen(
                [sys.executable, "-m", "sammen.local.keeper", str(root)],
                cwd=Path(__file__).resolve().parents[2],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=log,
                start_new_session=True,
            )
            assert keeper.stdout is not None  # noqa: S101 - for the type checker
            with keeper.stdout as words:
                answer = words.readline()
            if answer.strip() != b"ready":
                keeper.wait()
                log.seek(0)
                said = log.read().decode(errors="replace").strip().splitlines()
                raise Trouble(said[-1] if said else "PostgreSQL and Valkey could not be started.")
            KEEPERS.append(keeper)


KEEPERS: list["subprocess.Popen[bytes]"] = []  # of this process; waited for, so that none is left as a zombie


@contextlib.contextmanager
def running(root: Path) -> Iterator[None]:
    """PostgreSQL and Valkey are up inside; the last of all that use them stops them and waits until they have."""
    if not needed():
        yield
        return
    locks = writable_folder(root) / "lock"
    secret(root)
    with held(locks / "users", fcntl.LOCK_SH) as users:  # waits while a keeper of before is on its way out
        begin(root)
        try:
            yield
        finally:
            leave(root, users)


def leave(root: Path, users: int) -> None:
    """Stop the servers when nobody else uses them, and wait for it. A newcomer waits for us meanwhile."""
    ready = root / ".local" / "lock" / "ready"
    last = False
    with contextlib.suppress(BlockingIOError):
        # Refused, it may lose us the shared lock for good: harmless, we are leaving.
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        last = True
    if last:
        with contextlib.suppress(OSError, ValueError):
            os.kill(int(ready.read_text()), signal.SIGTERM)
    if last or not ready.exists():
        wait_for(lambda: free(root / ".local" / "lock" / "keeper"), 60)
    for keeper in [keeper for keeper in KEEPERS if not ready.exists()]:
        keeper.wait()
        KEEPERS.remove(keeper)
