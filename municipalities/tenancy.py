"""Row-level security: PostgreSQL itself shows a municipality only its own rows.

The active municipality is a setting of the transaction (`app.municipality_id`). No setting means no rows.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection, migrations, transaction

if TYPE_CHECKING:
    from municipalities.models import Municipality

CURRENT = "(select nullif(current_setting('app.municipality_id', true), '')::bigint)"


def active_municipality() -> int | None:
    """The id that row-level security now uses, or None."""
    with connection.cursor() as cursor:
        cursor.execute(f"select {CURRENT}")
        row = cursor.fetchone()
    return row[0] if row else None


def activate(municipality_id: int | None) -> None:
    """Set the municipality for the rest of this transaction."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select set_config('app.municipality_id', %s, true)",
            [str(municipality_id) if municipality_id else ""],
        )


@contextmanager
def municipality(which: "Municipality | int") -> Iterator[None]:
    """A transaction in which just this municipality's rows exist; the setting before is put back."""
    pk = which if isinstance(which, int) else which.pk
    is_outermost = not connection.in_atomic_block
    with transaction.atomic():
        if is_outermost:  # nothing was set, and the setting ends with the transaction
            activate(pk)
            yield
            return
        before = active_municipality()
        activate(pk)
        try:
            yield
        finally:
            if not connection.needs_rollback:
                activate(before)


def app_role() -> str:
    """The database role of the application, as DATABASE_URL names it."""
    return str(settings.DATABASES["default"]["USER"])


def owner_role() -> str:
    """The database role that owns the tables."""
    owner = settings.DATABASES.get("owner") or settings.DATABASES["default"]
    return str(owner["USER"])


def row_level_security(table: str, *, shared: bool = False, column: str = "municipality_id") -> list[migrations.RunSQL]:
    """Operations that close a table: FORCE, one policy for the owner, one for everybody else.

    `shared` rows (municipality NULL: the national library) may be read by all, written by none but the owner. They
    have a policy of their own for reading: a common one would let a municipality delete them, or make them its own.
    """
    own = f"({column} = {CURRENT})"
    read_shared = f"create policy shared_rows on {table} for select using ({column} is null);" if shared else ""
    close_shared = f"drop policy shared_rows on {table};" if shared else ""
    return [
        migrations.RunSQL(
            f"""
            alter table {table} enable row level security;
            alter table {table} force row level security;
            create policy owner_all on {table} to "{owner_role()}" using (true) with check (true);
            create policy own_municipality on {table} using {own} with check {own};
            {read_shared}
            """,
            f"""
            {close_shared}
            drop policy own_municipality on {table};
            drop policy owner_all on {table};
            alter table {table} no force row level security;
            alter table {table} disable row level security;
            """,
        )
    ]


def append_only(table: str) -> list[migrations.RunSQL]:
    """Operations after which the application may add and read rows of the table, never change or delete."""
    return [
        migrations.RunSQL(
            f'revoke update, delete, truncate on {table} from "{app_role()}"',
            f'grant update, delete on {table} to "{app_role()}"',
        )
    ]
