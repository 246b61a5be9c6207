"""Points at which a worker is killed: brought into a real worker by `celery --include bench.faults.points`.

FAULT_PLAN names a folder: `plan.json` says at which point each key dies, once; `done/` remembers that it did, and when.
A message that is at its point ends the process with SIGKILL, as the machine's own killer would.
"""

import functools
import json
import os
import signal
import threading
import time
from collections.abc import Callable, Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any

from bench.faults.plan import POINTS
from outbox import claims, delivery, preparing
from outbox.channels.email import EmailSender
from outbox.channels.sms import SmsSender
from outbox.claims import Claim
from outbox.letters import LetterKind, register
from outbox.models import Message
from outbox.texts import Text

FOLDER = Path(os.environ.get("FAULT_PLAN", "/nonexistent"))
PLAN: dict[str, str] = json.loads((FOLDER / "plan.json").read_text()) if FOLDER.is_dir() else {}
LOCK = threading.Lock()
HELD: list[str] = []  # keys of the batch that this worker claimed last


def pass_by(point: str, messages: Iterable[Message]) -> None:
    """Die here if the plan says so for one of these, and it has not yet."""
    for message in messages:
        if PLAN.get(message.key) == point:
            mark = FOLDER / "done" / message.key.replace(":", "_")
            with LOCK:
                if mark.exists():
                    continue
                told = {"key": message.key, "point": point, "at": time.time(), "held": HELD}
                mark.write_text(json.dumps(told))
                os.kill(os.getpid(), signal.SIGKILL)
                time.sleep(60)  # the signal is on its way


def around(place: Any, name: str, before: str, after: str, messages: Callable[..., Iterable[Message]]) -> None:
    """Put a point before and one after a function; `messages` finds whom it is about in its arguments and answer."""
    plain = getattr(place, name)

    @functools.wraps(plain)
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        if before:
            pass_by(before, messages(None, *args))
        answer = plain(*args, **kwargs)
        if after:
            pass_by(after, messages(answer, *args))
        return answer

    setattr(place, name, wrapped)


def noting(plain: Callable[..., Claim]) -> Callable[..., Claim]:
    """The claim, which remembers what it took: a kill tells what the worker held."""

    @functools.wraps(plain)
    def wrapped(*args: Any, **kwargs: Any) -> Claim:
        HELD.clear()
        found = plain(*args, **kwargs)
        HELD.extend(message.key for message in found.ours)
        return found

    return wrapped


def poisoned(message: Message) -> Text:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError(message)


def hasten(lease: float) -> None:
    """A lease of so many seconds, so that a short test need not wait for a long one."""
    claims.LEASE = timedelta(seconds=lease)
    setattr(delivery, "RENEWED", lease / 4)  # noqa: B010 - it is no name of that module's own


def arm() -> None:
    """Set the points, and the kind of letter that kills whoever writes it."""
    if os.environ.get("FAULT_LEASE"):
        hasten(float(os.environ["FAULT_LEASE"]))
    around(claims, "write_down", "", POINTS[0], lambda _answer, rows, *_columns: rows)
    setattr(delivery, "claim", noting(claims.claim))  # noqa: B010 - it is no name of that module's own
    around(delivery, "claim", "", POINTS[1], lambda answer, *_args, **_options: answer.ours if answer else [])
    around(preparing, "prepare", POINTS[2], "", lambda _answer, message, *_args: [message])
    around(delivery, "prepared", "", POINTS[3], lambda answer, *_args: answer or [])
    for sender in (EmailSender, SmsSender):
        around(sender, "send", POINTS[4], POINTS[5], lambda _answer, _self, message: [message])
    around(delivery, "note", POINTS[6], POINTS[8], lambda _answer, _owner, finished, *_args: finished)
    around(delivery, "write_down", "", POINTS[7], lambda _answer, rows, *_columns: rows)
    register(LetterKind("poison", still_wanted=lambda message: poisoned(message).body))


if PLAN:
    arm()
