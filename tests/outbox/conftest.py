from collections.abc import Iterator

import pytest
import time_machine

from outbox.letters import KINDS
from tests.outbox.promises import NOON
from tests.outbox.servers import Provider, answering
from tests.outbox.sinks import Sink, listening


@pytest.fixture
def at_noon() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def kinds_as_before() -> Iterator[None]:
    before = dict(KINDS)
    yield
    KINDS.clear()
    KINDS.update(before)


@pytest.fixture
def provider() -> Iterator[Provider]:
    with answering() as one:
        yield one


@pytest.fixture
def sink(settings: object) -> Iterator[Sink]:
    """The servers that the settings of this test point at."""
    with listening() as kept:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = kept.host, kept.port
        settings.SMS_URLS = [kept.sms_url]
        yield kept
