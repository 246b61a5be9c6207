"""A mail server and an SMS gateway that keep what they get: python -m sammen.local.sink ROOT PORT [RECEIPTS].

They listen on loopback, at PORT+1 and PORT+2 or else where there is room, and say where in `.local/sink.json`.
SMS: POST /sms with JSON or a form of to, text, from, id; the answer is 202 with {"id": …}. A moment later a signed
receipt is posted to the address RECEIPTS, when one is given: delivered, or failed for a number that ends in 99.
"""

import asyncio
import contextlib
import email
import json
import os
import signal
import socket
import sys
import threading
import uuid
from email import policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from aiosmtpd.controller import Controller

from sammen.local.inbox import Writer
from sammen.local.places import password
from sammen.local.receipts import Receipts

HOST = "127.0.0.1"
LONGEST_SMS = 100_000  # bytes of a request


class Mail:
    """Keeps each message that the mail server is given, one line for each recipient."""

    def __init__(self, inbox: Writer) -> None:
        self.inbox = inbox

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        message = email.message_from_bytes(envelope.content, _class=EmailMessage, policy=policy.default)
        for recipient in envelope.rcpt_tos:
            self.inbox.write(
                channel="email",
                to=recipient,
                **{"from": envelope.mail_from},
                subject=str(message["subject"] or ""),
                text=body(message, "plain"),
                html=body(message, "html"),
                id=str(message["message-id"] or ""),
                headers={name: str(value) for name, value in message.items()},
            )
        return "250 OK"


def body(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    return str(part.get_content()) if part is not None else ""


class Gateway(BaseHTTPRequestHandler):
    """One request of the SMS gateway."""

    inbox: Writer
    receipts: "Receipts | None" = None
    protocol_version = "HTTP/1.1"
    timeout = 30

    def do_POST(self) -> None:
        length = self.headers.get("Content-Length", "")
        if not length.isdigit() or int(length) > LONGEST_SMS:
            self.close_connection = True
            self.answer(413, {"error": "too long, or no length given"})
            return
        given = self.read(self.rfile.read(int(length)))
        if self.path.partition("?")[0] != "/sms":
            self.answer(404, {"error": "messages go to /sms"})
        elif given is None or not given.get("to") or "text" not in given:
            self.answer(400, {"error": "to and text are needed"})
        else:
            number = given.get("id") or uuid.uuid4().hex
            self.inbox.write(
                channel="sms",
                to=given["to"],
                **{"from": given.get("from", "")},
                subject="",
                text=given["text"],
                html="",
                id=number,
                headers={},
            )
            self.answer(202, {"id": number})
            if self.receipts is not None:
                self.receipts.owe(number, "failed" if given["to"].endswith("99") else "delivered")

    def read(self, content: bytes) -> dict[str, str] | None:
        """The fields of JSON or of a form; None when it is neither."""
        try:
            if self.headers.get_content_type() == "application/json":
                fields = json.loads(content)
                return {str(name): str(value) for name, value in fields.items()}
            return dict(parse_qsl(content.decode(), keep_blank_values=True))
        except (ValueError, AttributeError):
            return None

    def answer(self, status: int, content: dict[str, str]) -> None:
        told = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(told)))
        self.end_headers()
        self.wfile.write(told)

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: numbers of people do not belong in a log."""


def room_at(port: int) -> int:
    """This port when nobody has it, else 0: the system chooses."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except (OSError, OverflowError):
            return 0
    return port


class Sink:
    """Both servers, each in a thread of its own."""

    def __init__(self, root: Path, port: int, receipts: Receipts | None = None) -> None:
        inbox = Writer(root)
        self.receipts = receipts
        self.mail = Controller(Mail(inbox), hostname=HOST, port=room_at(port + 1), decode_data=False)
        self.texts = ThreadingHTTPServer(
            (HOST, room_at(port + 2)), type("Here", (Gateway,), {"inbox": inbox, "receipts": receipts})
        )
        self.inbox = inbox

    def start(self) -> dict[str, int]:
        """Listen; the ports by name."""
        self.mail.start()
        self.thread = threading.Thread(target=self.texts.serve_forever, daemon=True)
        self.thread.start()
        assert isinstance(self.mail.server, asyncio.Server)  # noqa: S101 - for the type checker
        return {"smtp": self.mail.server.sockets[0].getsockname()[1], "sms": self.texts.server_address[1]}

    def stop(self) -> None:
        if self.receipts is not None:
            self.receipts.stop()
        self.mail.stop()
        self.texts.shutdown()
        self.texts.server_close()
        self.thread.join()
        self.inbox.output.close()


def main() -> None:
    root, port = Path(sys.argv[1]), int(sys.argv[2])
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM, signal.SIGINT})  # threads too: main alone waits for them
    secret = os.environ.get("SMS_WEBHOOK_SECRETS", "").split(",")[0] or password(root, "SECRET_KEY")
    sink = Sink(root, port, Receipts(sys.argv[3], secret) if len(sys.argv) > 3 else None)
    note = root / ".local" / "sink.json"
    draft = note.with_suffix(".new")
    draft.write_text(json.dumps({**sink.start(), "pid": os.getpid()}))
    draft.replace(note)
    signal.sigwait({signal.SIGTERM, signal.SIGINT})
    with contextlib.suppress(FileNotFoundError):
        note.unlink()
    sink.stop()


if __name__ == "__main__":
    main()
