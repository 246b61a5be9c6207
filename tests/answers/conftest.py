"""The gateway, as it tells of a text: signed, over HTTP."""

import json
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from outbox.signatures import signed
from tests.conftest import Browser
from tests.outbox.conftest import sink

__all__ = ["sink"]
SECRET = "a secret of the gateway"


@pytest.fixture
def tell(db: None, settings: Any) -> Callable[..., int]:
    """Tell of a text from a number; returns the status of the answer."""
    settings.SMS_WEBHOOK_SECRETS = [SECRET]

    def post(number: str, text: str, provider_id: str = "", secret: str = SECRET) -> int:
        body = json.dumps({"from": number, "text": text, "id": provider_id or uuid4().hex}).encode()
        headers = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in told(body, secret).items()}
        return Browser().post("/sms/svar/", body, content_type="application/json", **headers).status_code

    def told(body: bytes, secret: str) -> dict[str, str]:
        return signed(secret, body, timezone.now())

    return post
