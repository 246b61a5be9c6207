"""Fixtures of the public form. None of them acts by itself."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine

from municipalities.models import Municipality
from tests.families.public_form import NOON
from tests.outbox.sinks import Sink, listening


@pytest.fixture
def clock() -> Iterator[Any]:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def opened(lillevik: Municipality) -> Municipality:
    lillevik.public_form_open = True
    lillevik.save()
    return lillevik


@pytest.fixture
def sink(settings: Any) -> Iterator[Sink]:
    with listening() as kept:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.SMS_URLS = kept.host, kept.port, [kept.sms_url]
        yield kept
