"""Receipts that the local SMS gateway owes: signed as a provider's, a moment after each message."""

import json
import queue
import threading
import time
import urllib.request
from datetime import UTC, datetime

from outbox.signatures import signed

AFTER = 2.0  # seconds: as soon as most networks tell
TRIES = 5  # 404 while our own note of the message is on its way, or the web server still on its own


class Receipts:
    """Posts them one after another, in a thread of its own; one that nobody takes is dropped."""

    def __init__(self, address: str, secret: str) -> None:
        self.address = address
        self.secret = secret
        self.owed: queue.PriorityQueue[tuple[float, int, str, str]] = queue.PriorityQueue()
        self.stopping = threading.Event()
        self.thread = threading.Thread(target=self.work, daemon=True)
        self.thread.start()

    def owe(self, number: str, state: str, tried: int = 0) -> None:
        self.owed.put((time.monotonic() + AFTER * 2**tried, tried, number, state))

    def work(self) -> None:
        while not self.stopping.wait(0.2):
            while not self.owed.empty() and self.owed.queue[0][0] <= time.monotonic():
                _due, tried, number, state = self.owed.get()
                if not self.post(number, state) and tried + 1 < TRIES:
                    self.owe(number, state, tried + 1)

    def post(self, number: str, state: str) -> bool:
        """Whether it was taken."""
        body = json.dumps({"id": number, "state": state}).encode()
        headers = {"Content-Type": "application/json", **signed(self.secret, body, datetime.now(UTC))}
        call = urllib.request.Request(self.address, data=body, headers=headers)  # noqa: S310 - our own loopback address
        try:
            with urllib.request.urlopen(call, timeout=5):  # noqa: S310 - the same
                return True
        except OSError:
            return False

    def stop(self) -> None:
        self.stopping.set()
        self.thread.join()
