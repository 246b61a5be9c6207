"""Commands by hand: `python manage.py …` works with or without an activated environment."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent


def use_own_environment() -> None:
    """Start again with the project's own Python, so that nobody has to activate anything."""
    python = ROOT / ".venv" / "bin" / "python"
    if python.exists() and Path(sys.prefix) != ROOT / ".venv" and not os.environ.get("VIRTUAL_ENV"):
        os.execv(str(python), [str(python), *sys.argv])  # noqa: S606


def main() -> None:
    """Run one command, with the embedded PostgreSQL and Valkey up while it runs."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sammen.settings")
    from django.core.management import execute_from_command_line  # noqa: PLC0415

    from sammen.local.services import NO_SERVICES, running  # noqa: PLC0415

    if len(sys.argv) > 1 and sys.argv[1] in NO_SERVICES:
        execute_from_command_line(sys.argv)
        return
    with running(ROOT):
        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    if sys.version_info < (3, 11):  # noqa: UP036 - said before anything newer is imported
        sys.exit("SAMMEN needs Python 3.11 or newer. This is Python {}.{}.".format(*sys.version_info))
    use_own_environment()
    main()
