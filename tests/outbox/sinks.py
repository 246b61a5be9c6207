"""A mail server and an SMS gateway on loopback that keep what they get, and can be told to refuse."""

import email
import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import policy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from aiosmtpd.controller import Controller


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Sink:
    """What arrived, and what the servers answer.

    `mails`: (to, subject, text, Message-ID); `texts`: the gateway's JSON.
    """

    mails: list[tuple[str, str, str, str]] = field(default_factory=list, repr=False)
    texts: list[dict[str, str]] = field(default_factory=list, repr=False)
    refuse_mail: str = ""
    sms_status: int = 202
    host: str = "127.0.0.1"
    port: int = 0
    sms_url: str = ""

    @property
    def email_url(self) -> str:
        return f"smtp://{self.host}:{self.port}"


@contextmanager
def listening() -> Iterator[Sink]:
    """Both servers, until the block ends."""
    kept = Sink()

    class Mail:
        async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
            if kept.refuse_mail:
                return kept.refuse_mail
            envelope.rcpt_tos.append(address)
            return "250 OK"

        async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
            parsed = email.message_from_bytes(envelope.content, policy=policy.default)
            body = parsed.get_body(("plain",))
            words = body.get_content().replace("\r\n", "\n").strip() if body else ""
            kept.mails.append((envelope.rcpt_tos[0], str(parsed["subject"]), words, str(parsed["message-id"])))
            return "250 OK"

    class Gateway(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            content = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            if kept.sms_status < 300:
                kept.texts.append(content)
            answer = json.dumps({"id": f"sms-{len(kept.texts)}"}).encode()
            self.send_response(kept.sms_status)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, format: str, *args: Any) -> None:
            """Silence."""

    kept.port = free_port()
    controller = Controller(Mail(), hostname=kept.host, port=kept.port)
    controller.start()
    gateway = ThreadingHTTPServer(("127.0.0.1", 0), Gateway)
    thread = threading.Thread(target=gateway.serve_forever, daemon=True)
    thread.start()
    kept.sms_url = f"http://127.0.0.1:{gateway.server_address[1]}/sms"
    try:
        yield kept
    finally:
        controller.stop()
        gateway.shutdown()
        gateway.server_close()
        thread.join()
