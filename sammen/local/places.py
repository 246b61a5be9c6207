"""Where the local servers keep their things, and the secret that everything local is derived from."""

import hashlib
import hmac
import os
import re
import secrets
from pathlib import Path

# 107 bytes is the longest address of a socket on Linux, 103 on macOS; PostgreSQL adds ".s.PGSQL.5432".
LONGEST_SOCKET = 100


def folder_hash(root: Path) -> str:
    return hashlib.sha256(os.fsencode(root)).hexdigest()[:12]


def open_to_all(folder: Path) -> bool:
    """Whether every user of the machine may pass through it to what lies within."""
    return all(part.stat().st_mode & 0o001 for part in (folder, *folder.parents))


def home(root: Path) -> Path:
    """The folder of the database cluster and the sockets: `.local/`.

    PostgreSQL refuses to run as root and gets a user of its own; when the project lies where that user cannot go
    (/root, say), its home is outside. Doors of folders that are not ours are never opened for it.
    """
    if os.geteuid() != 0:
        return root / ".local"
    outside = Path("/var/lib") / f"sammen-{folder_hash(root)}"
    return outside if outside.is_dir() or not open_to_all(root) else root / ".local"


def run_folder(root: Path) -> Path:
    """The folder of the sockets, short and plain enough for a socket's address and for a URL."""
    folder = home(root) / "run"
    longest = str(folder / "pg" / ".s.PGSQL.5432")
    if len(os.fsencode(longest)) <= LONGEST_SOCKET and re.fullmatch(r"[\w/.-]+", longest, flags=re.ASCII):
        return folder
    # Not the machine's idea of a temp dir, which may differ from one terminal to the next.
    return Path("/tmp") / f"sammen-{os.geteuid()}-{folder_hash(root)}"  # noqa: S108 - its owner and mode are checked


def secret(root: Path) -> bytes:
    """This folder's secret, made the first time somebody asks."""
    path = root / ".local" / "secret"
    try:
        return path.read_bytes()
    except FileNotFoundError:
        made = secrets.token_hex(32).encode()
    try:
        path.parent.mkdir(mode=0o700, exist_ok=True)
        draft = path.with_name(f"secret.{os.getpid()}")
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(made)
        try:
            os.link(draft, path)  # whole or not at all, and the first of two wins
        except FileExistsError:
            return path.read_bytes()
        finally:
            draft.unlink()
    except PermissionError:
        return made  # a folder that cannot be written to runs no servers, so nobody will know the difference
    return made


def password(root: Path, name: str) -> str:
    return hmac.new(secret(root), name.encode(), hashlib.sha256).hexdigest()
