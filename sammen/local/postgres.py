"""The embedded PostgreSQL: its cluster, its roles, its server. Reached by a socket only, with passwords (scram)."""

import os
import shutil
import signal
import subprocess
from pathlib import Path
from typing import IO

from sammen.local import children
from sammen.local.binaries import database_user, programs
from sammen.local.places import home, password, run_folder
from sammen.local.preflight import Trouble

DATABASE, OWNER, APPLICATION = "sammen", "sammen_owner", "sammen_app"
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "200",
    "timezone": "UTC",
    "log_timezone": "UTC",
}
# The owner makes databases so that tests can have one; on a server it need not. Passwords come by \set on stdin:
# on a command line every user of the machine could read them.
SET_UP = r"""
select 'create role sammen_owner' where not exists (select from pg_roles where rolname = 'sammen_owner') \gexec
select 'create role sammen_app' where not exists (select from pg_roles where rolname = 'sammen_app') \gexec
alter role sammen_owner login createdb nosuperuser nocreaterole nobypassrls password :'owner_password';
alter role sammen_app login nosuperuser nocreatedb nocreaterole nobypassrls password :'application_password';
select 'create database sammen owner sammen_owner'
 where not exists (select from pg_database where datname = 'sammen') \gexec
revoke connect, temporary on database sammen from public;
grant connect on database sammen to sammen_app;
\connect sammen
grant usage on schema public to sammen_app;
"""


class Server:
    """One PostgreSQL of one folder."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.cluster = home(root) / "postgres"
        self.sockets = run_folder(root) / "pg"
        self.user = database_user(self.cluster)
        self.programs = programs(root, self.user)
        self.environment = {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}

    def prepare(self) -> None:
        """Make the cluster the first time; sweep away what a crash left."""
        self.sockets.mkdir(mode=0o700, exist_ok=True)
        self.give(self.sockets)
        if (self.cluster / "PG_VERSION").exists():
            if self.user is not None and self.cluster.stat().st_uid != self.user.pw_uid:
                # The folder outlived its machine (a container's volume): its user is another one here.
                for path in (self.cluster, *self.cluster.rglob("*")):
                    os.chown(path, self.user.pw_uid, self.user.pw_gid, follow_symlinks=False)
            self.sweep()
        else:
            self.make_cluster()

    def give(self, path: Path) -> None:
        if self.user is not None:
            os.chown(path, self.user.pw_uid, self.user.pw_gid)

    def make_cluster(self) -> None:
        """initdb beside the place, then rename: a cluster is there whole or not at all."""
        draft = self.cluster.with_name("postgres.new")
        shutil.rmtree(draft, ignore_errors=True)
        shutil.rmtree(self.cluster, ignore_errors=True)
        draft.mkdir(mode=0o700)
        self.give(draft)
        words = self.cluster.with_name("postgres.password")
        with open(os.open(words, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(password(self.root, "postgres"))
        self.give(words)
        # Letters behave the same whatever this machine's language is; names are sorted by nb_key().
        made = subprocess.run(
            [
                *(str(self.programs / "initdb"), "-D", str(draft), "-U", "postgres", f"--pwfile={words}"),
                *("--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--no-instructions"),
                *("--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
            ],
            cwd="/",
            env=self.environment,
            user=self.user and self.user.pw_uid,
            group=self.user and self.user.pw_gid,
            extra_groups=None if self.user is None else [],
            capture_output=True,
            check=False,
        )
        words.unlink()
        if made.returncode:
            raise Trouble(f"The database could not be made: {made.stderr.decode(errors='replace').strip()}")
        draft.rename(self.cluster)

    def sweep(self) -> None:
        """Remove the note of a server that is gone.

        PostgreSQL looks only whether some process has the noted pid; after a restart of the machine, or in a copied
        folder, that may be anybody's. A server still alive here (its keeper was killed, elsewhere than on Linux) ends.
        """
        note = self.cluster / "postmaster.pid"
        try:
            pid = int(note.read_text().split()[0])
        except (OSError, ValueError, IndexError):
            note.unlink(missing_ok=True)
            return
        proc = Path("/proc") / str(pid)
        try:
            os.kill(pid, 0)
            ours = not proc.parent.joinpath("self").exists() or os.path.samefile(proc / "cwd", self.cluster)
        except (ProcessLookupError, PermissionError, FileNotFoundError):
            ours = False
        if ours:
            os.kill(pid, signal.SIGINT)
            children.wait_for(lambda: not note.exists(), 30)
        else:
            note.unlink(missing_ok=True)
            for left in self.sockets.glob(".s.PGSQL.*"):
                left.unlink(missing_ok=True)

    def start(self, log: IO[bytes]) -> subprocess.Popen[bytes]:
        settings = {**SETTINGS, "unix_socket_directories": str(self.sockets)}
        return children.start(
            [
                *(str(self.programs / "postgres"), "-D", str(self.cluster)),
                *(part for name, value in settings.items() for part in ("-c", f"{name}={value}")),
            ],
            folder=Path("/"),
            log=log,
            environment=self.environment,
            user=self.user and self.user.pw_uid,
            group=self.user and self.user.pw_gid,
            dies_by=signal.SIGINT,  # "fast": open transactions are rolled back, the files are closed in order
        )

    def set_up(self) -> bool:
        """Roles and database, the same each time. False while the server is not ready."""
        told = [
            rf"\set owner_password '{password(self.root, OWNER)}'",
            rf"\set application_password '{password(self.root, APPLICATION)}'",
            SET_UP,
        ]
        ended = subprocess.run(
            [
                *(str(self.programs / "psql"), "-X", "-q", "-v", "ON_ERROR_STOP=1"),
                *("-h", str(self.sockets), "-U", "postgres", "-d", "postgres"),
            ],
            input="\n".join(told).encode(),
            env={
                **self.environment,
                "PGPASSWORD": password(self.root, "postgres"),
                "PGOPTIONS": "-c log_statement=none",
            },
            capture_output=True,
            check=False,
        )
        said = ended.stderr.decode(errors="replace").strip()
        if "password authentication failed" in said:
            raise Trouble(
                "The database in .local was made with another .local/secret: put that file back, "
                "or run make forget, which removes the local database."
            )
        if ended.returncode not in (0, 2):  # 2: no connection (yet)
            raise Trouble(f"The database could not be set up: {said}")
        return ended.returncode == 0
