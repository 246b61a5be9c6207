"""Promising a message, and taking a promise back."""

import logging
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from celery import current_app
from django.db import connection, transaction

from municipalities.models import Municipality
from outbox.clock import no_later
from outbox.letters import has_page
from outbox.links import hash_of, token_of
from outbox.models import Message
from outbox.texts import Text

if TYPE_CHECKING:
    from accounts.models import User

logger = logging.getLogger(__name__)
SWEEP = "outbox.sweep"


def nudge() -> None:
    """Wake the worker. When the broker is away the next sweep sends: nothing is lost, so nothing is raised."""
    try:
        current_app.send_task(SWEEP, retry=False, ignore_result=True)
    except Exception as error:  # whatever the broker says: the row is saved
        logger.warning("the worker was not woken: %s", error)


def nudge_after_commit() -> None:
    """Once a transaction, however many messages it promises."""
    if not any(entry[1] is nudge for entry in connection.run_on_commit):
        transaction.on_commit(nudge, robust=True)


@transaction.atomic
def enqueue(
    *,
    key: str,
    kind: str,
    channel: str,
    address: str,
    recipient: str,
    recipient_name: str,
    about: str,
    language: str,
    due_at: datetime,
    text: Text | None,
    municipality: Municipality,
    by: "User | None",
    passes_quiet_hours: bool = False,
    useful_until: datetime | None = None,
) -> Message:
    """Promise a message in the caller's transaction; the same key again gives the first one back,
    or brings it back when it had been stopped.

    `text` None plans it: it is rendered when it is claimed. `channel` and `address` are the first way; the kind's
    `reach` knows the others. By call it waits for a person. After `useful_until` it is failed rather than sent.
    """
    said: dict[str, Any] = {"is_rendered": False} if text is None else said_by(text)
    said["link_hash"] = hash_of(token_of(municipality.pk, key)) if has_page(kind) else ""
    message, made = Message.objects.get_or_create(
        municipality=municipality,
        key=key,
        defaults={
            "kind": kind,
            "channel": channel,
            "address": address,
            "recipient": recipient,
            "recipient_name": recipient_name,
            "about": about,
            "language": language,
            "due_at": no_later(due_at),
            "passes_quiet_hours": passes_quiet_hours,
            "useful_until": useful_until,
            "created_by": by,
            **said,
        },
    )
    if not made and message.state == Message.State.CANCELLED:
        # Stopped before it went, and wanted again.
        again: dict[str, Any] = {"state": Message.State.QUEUED, "error": "", "tried": [], "attempts": 0, "crashes": 0}
        again |= {"channel": channel, "address": address, "due_at": no_later(due_at), "useful_until": useful_until}
        again |= {"passes_quiet_hours": passes_quiet_hours, "stopped_by": None}
        Message.objects.filter(pk=message.pk).update(**again, language=language, **said)
        message.refresh_from_db()
        made = True
    if made:
        nudge_after_commit()
    return message


def said_by(text: Text) -> dict[str, str]:
    """The columns that a text fills."""
    return {"subject": text.subject[:250], "body": text.body, "sms": text.sms, "calendar": text.calendar}


@transaction.atomic
def cancel(*, about: str, kinds: Iterable[str], reason: str, recipients: Iterable[str] | None = None) -> int:
    """Stop what has not gone yet of these kinds; returns how many. One that is being sent goes."""
    waiting = Message.objects.filter(about=about, kind__in=list(kinds), state=Message.State.QUEUED)
    if recipients is not None:
        waiting = waiting.filter(recipient__in=list(recipients))
    return waiting.update(state=Message.State.CANCELLED, error=reason)
