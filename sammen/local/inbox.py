"""What the local sink received: one JSON object a line in `.local/inbox/messages.jsonl`, newest last.

Keys: at (ISO, UTC), channel ("email" or "sms"), to, from, subject, text, html, id, headers.
"""

import json
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

MOST_READ = 4_000_000  # bytes of the file's end
MOST_KEPT = 32_000_000


def file(root: Path) -> Path:
    return root / ".local" / "inbox" / "messages.jsonl"


class Writer:
    """The one writer. A line is appended in one write, so a reader never sees another than the last one half."""

    def __init__(self, root: Path) -> None:
        path = file(root)
        path.parent.mkdir(mode=0o700, exist_ok=True)
        if path.exists() and path.stat().st_size > MOST_KEPT:
            path.replace(path.with_suffix(".old"))
        self.output = path.open("ab", buffering=0)
        self.lock = threading.Lock()

    def write(self, **message: Any) -> None:
        line = json.dumps({"at": datetime.now(UTC).isoformat(timespec="milliseconds"), **message}, ensure_ascii=False)
        with self.lock:
            self.output.write(line.encode("utf-8", errors="replace") + b"\n")


def latest(root: Path, limit: int) -> list[dict[str, Any]]:
    """The newest messages, newest first; an empty list when none came yet."""
    path = file(root)
    if not path.exists():
        return []
    with path.open("rb") as source:
        start = max(0, source.seek(0, 2) - MOST_READ)
        source.seek(start)
        lines = source.read().split(b"\n")
    whole = lines[1 if start else 0 : -1]  # the last piece is empty, or a line being written
    return [json.loads(line) for line in reversed(whole[-limit:] if limit > 0 else [])]
