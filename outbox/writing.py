"""Writing down what became of many messages at once."""

from collections.abc import Sequence

from django.db import connection

from outbox.models import Message

KINDS_OF_COLUMNS = {
    "state": "text",
    "claimed_at": "timestamptz",
    "attempts": "smallint",
    "crashes": "smallint",
    "due_at": "timestamptz",
    "error": "text",
    "subject": "text",
    "body": "text",
    "sms": "text",
    "calendar": "text",
    "is_rendered": "boolean",
    "sent_at": "timestamptz",
    "provider_id": "text",
    "channel": "text",
    "address": "text",
}


def write_down(rows: Sequence[Message], *columns: str) -> None:
    """Save these columns of all rows in one statement. Django's `bulk_update` builds an expression for each value,
    which took longer than sending.

    A row whose receipt has come meanwhile is left alone: delivered never goes back.
    """
    if not rows:
        return
    settings = ", ".join(f"{column} = v.{column}" for column in columns)
    arrays = ", ".join(f"%s::{KINDS_OF_COLUMNS[column]}[]" for column in columns)
    values = [[row.pk for row in rows], *([getattr(row, column) for row in rows] for column in columns)]
    with connection.cursor() as cursor:
        cursor.execute(
            f"update outbox_message m set {settings} "  # noqa: S608 - names of our own columns
            f"from unnest(%s::bigint[], {arrays}) as v (id, {', '.join(columns)}) "
            "where m.id = v.id and m.state <> 'delivered'",
            values,
        )
