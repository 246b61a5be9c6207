"""A mail server and an SMS gateway that write down what they accepted, and can be told to misbehave."""

import email
import json
import socket
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import policy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from aiosmtpd.controller import Controller

HOST = "127.0.0.1"


@dataclass(frozen=True)
class Accepted:
    """`key`: the Message-ID or the idempotency key. `to`: the address. `at`: seconds since the epoch."""

    channel: str
    key: str
    to: str
    at: float


@dataclass
class Provider:
    """What was accepted, and how to behave: `mail_says` and `sms_says` are answers ("" or 202: all is well),
    `slow` seconds before each answer, `refused` an address that is turned away for good."""

    accepted: list[Accepted] = field(default_factory=list)
    mail_says: str = ""
    sms_says: int = 202
    slow: float = 0.0
    refused: str = ""
    lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, channel: str, key: str, to: str) -> None:
        with self.lock:
            self.accepted.append(Accepted(channel, key, to, time.time()))

    def times(self) -> Counter[tuple[str, str]]:
        """How often each promise was accepted, by what makes it recognisable."""
        return Counter((each.key, each.to) for each in list(self.accepted))

    def last(self) -> dict[str, float]:
        """When each address got its message; the first time counts."""
        found: dict[str, float] = {}
        for each in list(self.accepted):
            found.setdefault(each.to, each.at)
        return found


def mail_server(kept: Provider, port: int) -> Controller:
    class Mail:
        async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
            if kept.refused and address == kept.refused:
                return "550 no such person"
            if kept.mail_says:
                return kept.mail_says
            envelope.rcpt_tos.append(address)
            return "250 OK"

        async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
            if kept.slow:
                time.sleep(kept.slow)  # the whole server is slow
            parsed = email.message_from_bytes(envelope.content, policy=policy.default)
            kept.take("email", str(parsed["message-id"]), envelope.rcpt_tos[0])
            return "250 OK"

    return Controller(Mail(), hostname=HOST, port=port)


def gateway(kept: Provider, port: int) -> ThreadingHTTPServer:
    class Gateway(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            given = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            if kept.slow:
                time.sleep(kept.slow)
            status = 400 if kept.refused and given["to"] == kept.refused else kept.sms_says
            if status < 300:
                kept.take("sms", str(given["id"]), str(given["to"]))
            told = json.dumps({"id": given["id"]}).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(told)))
            self.end_headers()
            self.wfile.write(told)

        def log_message(self, format: str, *args: Any) -> None:
            """Nothing."""

    server = ThreadingHTTPServer((HOST, port), Gateway)
    server.daemon_threads = True
    return server


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


@dataclass
class Servers:
    """Both servers on fixed ports, so that they can go away and come back."""

    kept: Provider
    mail_port: int = field(default_factory=free_port)
    sms_port: int = field(default_factory=free_port)
    mail: Controller | None = None
    sms: ThreadingHTTPServer | None = None
    silent: list[socket.socket] = field(default_factory=list)

    @property
    def environment(self) -> dict[str, str]:
        return {
            "EMAIL_URL": f"smtp://{HOST}:{self.mail_port}",
            "SMS_URLS": f"http://{HOST}:{self.sms_port}/sms",
        }

    def up(self) -> None:
        for listener in self.silent:
            listener.close()
        self.silent.clear()
        self.mail = mail_server(self.kept, self.mail_port)
        self.mail.start()
        self.sms = gateway(self.kept, self.sms_port)
        threading.Thread(target=self.sms.serve_forever, daemon=True).start()

    def down(self) -> None:
        """Nobody listens any more."""
        if self.mail is not None:
            self.mail.stop()
            self.mail = None
        if self.sms is not None:
            self.sms.shutdown()
            self.sms.server_close()
            self.sms = None

    def half_open(self) -> None:
        """Connections are taken and nothing is ever said."""
        self.down()
        for port in (self.mail_port, self.sms_port):
            listener = socket.socket()
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind((HOST, port))
            listener.listen(64)
            self.silent.append(listener)


@contextmanager
def providers() -> Iterator[Servers]:
    servers = Servers(Provider())
    servers.up()
    try:
        yield servers
    finally:
        servers.down()
        for listener in servers.silent:
            listener.close()
