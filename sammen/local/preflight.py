"""Looked at before anything is installed: the folder, another run in it, what a killed run left behind, the port.

Also run as a script by a Python without our packages, so it imports the standard library alone.
"""

import fcntl
import json
import os
import signal
import socket
import sys
import time
from pathlib import Path

OLDEST = (3, 11)


class Trouble(SystemExit):
    """One sentence for the person at the keyboard. The program ends with 1 and no traceback."""


def writable_folder(root: Path) -> Path:
    """Make `.local/` and give it back; Trouble when the folder cannot be written to."""
    kept = root / ".local"
    try:
        for folder in (kept, kept / "lock", kept / "log", kept / "stamps"):
            folder.mkdir(mode=0o700, exist_ok=True)
            if not os.access(folder, os.W_OK | os.X_OK):
                raise PermissionError
        # Never wider than this: the folder holds the database. Root's is passable, for the database's own user.
        kept.chmod(0o711 if os.geteuid() == 0 else 0o700)
    except OSError as error:
        raise Trouble(
            f"This folder cannot be written to by you: {root} (SAMMEN keeps its data in .local there)."
        ) from error
    return kept


def wanted_port() -> int:
    """PORT from the environment, 8000 when it is not set."""
    given = os.environ.get("PORT") or "8000"
    if not (given.isascii() and given.isdigit() and 1 <= int(given) <= 65535):
        raise Trouble("PORT must be a number from 1 to 65535, for instance: PORT=8001 make run")
    return int(given)


def refuse_a_taken_port(port: int) -> None:
    """Trouble when somebody listens there already, or when it may not be used."""
    # A listener that shares its port by SO_REUSEPORT would let us in beside it: ask first, then try.
    with socket.socket() as probe:
        probe.settimeout(1)
        taken = probe.connect_ex(("127.0.0.1", port)) == 0
    if not taken:
        with socket.socket() as listener:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                listener.bind(("127.0.0.1", port))
                listener.listen()
            except PermissionError as error:
                raise Trouble(f"Port {port} may only be used by root. Choose another: PORT=8001 make run") from error
            except OSError:
                taken = True
    if taken:
        other = port + 1 if port < 65535 else 8000
        raise Trouble(f"Port {port} is taken by another program. Choose another: PORT={other} make run")


def only_run(root: Path) -> int:
    """Hold the lock of the one run in this folder and give its file back (released when the process ends)."""
    lock = os.open(root / ".local" / "lock" / "run", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        where = os.pread(lock, 200, 0).decode(errors="replace").strip()
        raise Trouble(f"SAMMEN already runs in this folder{f': {where}' if where else ''}.") from error
    os.ftruncate(lock, 0)
    return lock


def processes_of(root: Path, sessions: dict[int, int]) -> set[int]:
    """The sessions among these (leader's pid: its start in clock ticks) that still have a process in this folder.

    The folder and the start are compared because a pid is used again after a while. Linux only: elsewhere none.
    """
    found: set[int] = set()
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
            state, group, started = fields[0], int(fields[2]), int(fields[19])
            ours = group in sessions and started >= sessions[group] and state != "Z"
            if ours and Path(os.readlink(entry / "cwd")) == root:
                found.add(group)
        except (OSError, IndexError, ValueError):
            continue
    return found


def end_what_a_killed_run_left(root: Path) -> None:
    """End web, worker, clock and sink of a launcher that was killed. The caller holds the run lock."""
    note = root / ".local" / "children.json"
    try:
        sessions = {int(pid): int(start) for pid, start in json.loads(note.read_text()).items()}
    except (OSError, ValueError, AttributeError):
        return
    for deadline, number in ((8.0, signal.SIGTERM), (3.0, signal.SIGKILL)):
        until = time.monotonic() + deadline
        for group in processes_of(root, sessions):
            os.killpg(group, number)
        while processes_of(root, sessions) and time.monotonic() < until:
            time.sleep(0.1)
    note.unlink(missing_ok=True)


def main() -> None:
    """All of it, in the order in which the sentences help most."""
    root = Path(__file__).resolve().parents[2]
    if sys.version_info < OLDEST:
        raise Trouble("SAMMEN needs Python 3.11 or newer. This is Python {}.{}.".format(*sys.version_info))
    writable_folder(root)
    if sys.argv[1:] == ["run"]:
        port = wanted_port()
        lock = only_run(root)
        end_what_a_killed_run_left(root)
        refuse_a_taken_port(port)
        os.close(lock)


if __name__ == "__main__":
    main()
