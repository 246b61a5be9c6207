"""Whether the service lives, and whether it can do its work."""

from collections.abc import Callable
from typing import Any

from celery import current_app
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import public
from outbox.queries import last_pulse, oldest_due

LATE = 900.0  # seconds that a due message, or the clock, may be late


@public
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok", content_type="text/plain")


@public
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """Database, broker, migrations, age of the oldest due message and of the clock's last beat (seconds).

    200 when work is done, 503 when something that a person must see to is wrong. It tells no names and no addresses.
    """
    now = timezone.now()
    database, pending = tried(unapplied)
    queue, oldest = tried(lambda: oldest_due(now)) if database else (False, None)
    beat, pulse = tried(lambda: last_pulse(now)) if database else (False, None)
    broker, _answer = tried(ping_broker)
    state = {
        "database": database,
        "broker": broker,
        "migrations": database and not pending,
        "oldest_due_message": oldest,
        "last_beat": pulse,
    }
    late = (oldest or 0) > LATE or (pulse is not None and pulse > LATE)
    ready = database and broker and queue and beat and not pending and not late
    return JsonResponse({"ready": ready, **state}, status=200 if ready else 503)


def tried(question: Callable[[], Any]) -> tuple[bool, Any]:
    """Whether it could be asked, and what was answered."""
    try:
        return True, question()
    except Exception:  # any reason counts as not ready; it is not told to the outside
        return False, None


def unapplied() -> int:
    """How many migrations wait."""
    executor = MigrationExecutor(connections["default"])
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def ping_broker() -> None:
    with current_app.connection_for_write(connect_timeout=1) as connection:
        connection.ensure_connection(max_retries=0, timeout=1)
