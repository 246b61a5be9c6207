"""The process that holds PostgreSQL and Valkey of one folder: python -m sammen.local.keeper ROOT.

Whoever uses them holds a shared lock on `.local/lock/users`; the system lets go of it however that process ends. When
the keeper gets the same lock for itself, nobody is left: it stops the servers and goes. A killed keeper takes its
servers along (children.end_with_parent).
"""

import fcntl
import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType

from sammen.local import children, postgres, valkey
from sammen.local.places import home, run_folder
from sammen.local.preflight import Trouble

Servers = tuple[tuple[postgres.Server, subprocess.Popen[bytes]], tuple[valkey.Server, subprocess.Popen[bytes]]]
LOOKS_EACH = 0.2
LONGEST_START = 90  # seconds: PostgreSQL may have a crash to mend


def make_folders(root: Path) -> None:
    """The homes of data and sockets; Trouble when the short one in the temp dir is somebody else's."""
    passable = 0o711 if os.geteuid() == 0 else 0o700
    for folder in (home(root), run_folder(root)):
        folder.mkdir(mode=passable, exist_ok=True)
        seen = folder.lstat()
        if not stat.S_ISDIR(seen.st_mode) or seen.st_uid != os.geteuid():
            raise Trouble(f"{folder} belongs to somebody else: remove it, then start again.")
        folder.chmod(passable)


class Keeper:
    def __init__(self, root: Path) -> None:
        self.root = root
        self.users = os.open(root / ".local" / "lock" / "users", os.O_RDWR)
        self.told_to_stop = False
        self.database = postgres.Server(root)
        self.broker = valkey.Server(root)
        self.log = (root / ".local" / "log" / "services.log").open("wb")

    def stop_soon(self, number: int, frame: FrameType | None) -> None:
        self.told_to_stop = True

    def start(self) -> Servers:
        self.broker.prepare()
        second = self.broker.start(self.log)
        self.database.prepare()
        first = self.database.start(self.log)
        ready = children.wait_for(
            lambda: (
                (first.poll() is None and second.poll() is None) and self.database.set_up() and self.broker.answers()
            ),
            LONGEST_START,
        )
        if not ready:
            children.stop(first, signal.SIGINT)
            children.stop(second)
            raise Trouble("PostgreSQL and Valkey did not start; .local/log/services.log tells why.")
        return (self.database, first), (self.broker, second)

    def alone(self) -> bool:
        """Whether nobody uses the servers any more; when so, newcomers wait until we are gone."""
        try:
            fcntl.flock(self.users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def keep(self, servers: Servers) -> Servers:
        """Stay until nobody is left. A server that died is started again: its data is on disk."""
        (database, first), (broker, second) = servers
        while not (self.told_to_stop or self.alone()):
            time.sleep(LOOKS_EACH)
            if first.poll() is not None:
                time.sleep(1)
                database.sweep()
                first = database.start(self.log)
            if second.poll() is not None:
                time.sleep(1)
                second = broker.start(self.log)
        return (database, first), (broker, second)


def main() -> None:
    root = Path(sys.argv[1])
    own = os.open(root / ".local" / "lock" / "keeper", os.O_RDWR)
    fcntl.flock(own, fcntl.LOCK_EX)
    make_folders(root)
    keeper = Keeper(root)
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(number, keeper.stop_soon)
    ready = root / ".local" / "lock" / "ready"
    servers = keeper.start()
    ready.write_text(str(os.getpid()))
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    (_, first), (_, second) = keeper.keep(servers)
    ready.unlink(missing_ok=True)
    children.stop(first, signal.SIGINT, patience=30)
    children.stop(second)
    # In this order: who gets the users' lock next must find that no keeper is there.
    os.close(own)
    os.close(keeper.users)


if __name__ == "__main__":
    main()
