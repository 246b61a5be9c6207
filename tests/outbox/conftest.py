from collections.abc import Iterator

import pytest

from tests.outbox.sinks import Sink, listening


@pytest.fixture
def sink(settings: object) -> Iterator[Sink]:
    """The servers that the settings of this test point at."""
    with listening() as kept:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = kept.host, kept.port
        settings.SMS_URLS = [kept.sms_url]
        yield kept
