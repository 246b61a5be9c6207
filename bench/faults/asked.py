"""Having something done inside the application by a process of its own, and hearing what came of it."""

import json
import subprocess
import sys
from typing import Any

from bench.faults.machine import Machine
from bench.faults.provider import Servers
from bench.place import ROOT


def asked(machine: Machine, servers: Servers, module: str, call: str) -> Any:
    """What this call of a function answers, as JSON. Raises CalledProcessError when it breaks."""
    script = f"import json; from bench.faults import {module}; print('\\n' + json.dumps({module}.{call}))"
    words = [sys.executable, "manage.py", "shell", "--no-imports", "--command", script]
    environment = {**machine.environment, **servers.environment}
    done = subprocess.run(words, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout.splitlines()[-1])
