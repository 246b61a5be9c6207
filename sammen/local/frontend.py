"""The step Front-end files: packages by npm from the lock file, then `static/build/` out of them."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from sammen.local.environment import fingerprint, quietly, step

OLDEST_NODE = 18


def system_npm() -> bool:
    """Whether this machine has npm and a Node.js that is new enough."""
    if not shutil.which("npm") or not shutil.which("node"):
        return False
    told = subprocess.run(["node", "--version"], capture_output=True, text=True, check=False)
    major = told.stdout.strip().removeprefix("v").partition(".")[0]
    return told.returncode == 0 and major.isdigit() and int(major) >= OLDEST_NODE


def install(root: Path) -> None:
    """npm ci. Where there is no Node.js, one comes from PyPI into the environment. No package's script is run."""
    logs = root / ".local" / "log"
    also = {}
    if not system_npm():
        python = root / ".venv" / "bin"
        if not (python / "npm").exists():
            quietly(
                [
                    sys.executable,
                    "-m",
                    "pip",
                    "install",
                    "--require-hashes",
                    "--no-input",
                    "-r",
                    "requirements-node.txt",
                ],
                logs / "node.log",
                "Node.js could not be installed.",
                PIP_DISABLE_PIP_VERSION_CHECK="1",
                PIP_ROOT_USER_ACTION="ignore",
            )
        also["PATH"] = f"{python}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    if not os.access(Path.home(), os.W_OK):
        also["npm_config_cache"] = str(root / ".local" / "npm")
    quietly(
        ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier"],
        logs / "npm.log",
        "The front-end packages could not be installed.",
        **also,
    )


def build(root: Path, packages: Path) -> None:
    """The packages when the lock has changed or they are gone; the built files in any case."""
    locked = fingerprint([root / "package-lock.json"])
    if not (root / "node_modules" / "@digdir").is_dir() or not packages.exists() or packages.read_text() != locked:
        install(root)
        packages.write_text(locked)
    quietly(
        [sys.executable, "manage.py", "build_assets"],
        root / ".local" / "log" / "assets.log",
        "The front-end files could not be built.",
    )


def prepare(root: Path) -> None:
    stamps = root / ".local" / "stamps"
    if not (root / "node_modules" / "@digdir").is_dir() or not (root / "static" / "build").is_dir():
        (stamps / "front-end").unlink(missing_ok=True)
    ours = [path for folder in ("static/css", "static/js") for path in (root / folder).rglob("*.*")]
    made_of = [root / "package-lock.json", *ours, *(root / "web").glob("assets*.py")]
    step("Front-end files", stamps / "front-end", fingerprint(made_of), lambda: build(root, stamps / "npm"))
