"""Run a program while PostgreSQL and Valkey are up: python -m sammen.local.during PROGRAM [WORDS …]."""

import subprocess
import sys
from pathlib import Path

from sammen.local.services import running

ROOT = Path(__file__).resolve().parents[2]


def main() -> int:
    with running(ROOT):
        try:
            return subprocess.run(sys.argv[1:], cwd=ROOT, check=False).returncode
        except KeyboardInterrupt:
            return 130


if __name__ == "__main__":
    sys.exit(main())
