"""The broker and the cache are away: forms are saved all the same, and what was promised goes when it can."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
import time_machine
from celery import current_app

from accounts.models import User
from groups.models import Group
from municipalities.tenancy import activate
from outbox.delivery import sweep
from outbox.models import Message
from sessions_log.models import Attendance, Invitation
from tests.conftest import Browser
from tests.factories import OSLO, gathering_of
from tests.outbox.sinks import Sink, free_port, listening

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=OSLO)


@pytest.fixture
def sink(settings: Any) -> Iterator[Sink]:
    with listening() as kept:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = kept.host, kept.port
        settings.SMS_URLS = [kept.sms_url]
        yield kept


@pytest.fixture
def nobody_answers(settings: Any) -> Iterator[None]:
    """Broker and cache at a port where nothing listens."""
    dead = f"redis://127.0.0.1:{free_port()}/0"
    before = current_app.conf.broker_url
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": dead}}
    current_app.conf.broker_url = dead
    current_app._pool = None
    current_app.amqp._producer_pool = None
    yield
    current_app.conf.broker_url = before
    current_app._pool = None
    current_app.amqp._producer_pool = None


@pytest.mark.usefixtures("nobody_answers")
def test_it_is_saved_now_and_sent_later(
    birch: Group,
    coordinator: User,
    browse: Callable[[User | None], Browser],
    sink: Sink,
    django_capture_on_commit_callbacks: Any,
) -> None:
    with time_machine.travel(NOON, tick=False):
        row = gathering_of(birch)
        browser = browse(coordinator)
        with django_capture_on_commit_callbacks(execute=True) as woken:
            answer = browser.post(f"/k/9901/samlinger/{row.pk}/inviter/", {"generation": "1"})
        assert answer.status_code == 302
        assert len(woken) == 1  # the worker was to be woken, and could not be
        assert Invitation.objects.count() == 6
        assert Message.objects.filter(kind="invitation", state="queued").count() == 6
        today = gathering_of(birch, NOON)
        family = birch.memberships.order_by("pk").first().family
        form = {"version": "0", "base": "", f"family-{family.pk}": "all"}
        assert browser.post(f"/k/9901/samlinger/{today.pk}/logg/", form).status_code == 302
        assert Attendance.objects.filter(state="present").count() == 3
        town = birch.municipality_id
        activate(None)
        sweep()  # what the clock does every ten seconds
        activate(town)
        assert Message.objects.filter(kind="invitation", state="sent").count() == 6
        assert len(sink.texts) == 6
