"""The local gateway tells what became of a text message, signed as a provider would."""

import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from outbox.signatures import NotSigned, check_signature
from sammen.local import receipts
from sammen.local.receipts import Receipts

SECRET = "hemmelig"


class Site:
    """Refuses the first receipt, as when our own note of the message is still on its way; then takes them."""

    def __init__(self) -> None:
        self.got: list[tuple[bytes, dict[str, str]]] = []
        self.enough = threading.Event()
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                site.got.append((body, dict(self.headers)))
                self.send_response(404 if len(site.got) == 1 else 204)
                self.send_header("Content-Length", "0")
                self.end_headers()
                if len(site.got) == 2:
                    site.enough.set()

            def log_message(self, format: str, *args: Any) -> None:
                """Silence."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}/sms/kvittering/"


@pytest.fixture
def site() -> Iterator[Site]:
    one = Site()
    yield one
    one.server.shutdown()
    one.server.server_close()
    one.thread.join()


def test_a_receipt_is_signed_and_given_again_until_it_is_taken(
    site: Site, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    monkeypatch.setattr(receipts, "AFTER", 0.01)
    owed = Receipts(site.address, SECRET)
    owed.owe("9901:invitation:1", "delivered")
    assert site.enough.wait(20)
    owed.stop()
    [first, (body, headers)] = site.got
    assert json.loads(body) == json.loads(first[0]) == {"id": "9901:invitation:1", "state": "delivered"}
    settings.SMS_WEBHOOK_SECRETS = [SECRET]
    check_signature(headers, body, datetime.now(UTC))
    with pytest.raises(NotSigned):
        check_signature(headers, body + b" ", datetime.now(UTC))
