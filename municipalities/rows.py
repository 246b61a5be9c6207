"""Rows of a fixed SQL text as instances of models: for what the busiest pages ask (docs/adr/0007)."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import JSONField, Model

Reader = tuple[type[Model], list[str], slice, list[tuple[int, Any]]]


@lru_cache
def prepared(question: str, models: tuple[tuple[str, type[Model]], ...]) -> tuple[str, list[Reader], int]:
    """The text with its columns filled in, how each instance is read from a row, and where the rest of the row begins.

    Columns by name, never `*`: a plan that PostgreSQL keeps must not change under a migration.
    """
    columns, readers, at = {}, [], 0
    for alias, model in models:
        fields = model._meta.concrete_fields
        columns[alias] = ", ".join(f'{alias}."{field.column}"' for field in fields)
        # A value of JSON comes as text: the ORM reads it where it makes the row, and so do we.
        read = [(at + n, field) for n, field in enumerate(fields) if isinstance(field, JSONField)]
        readers.append((model, [field.attname for field in fields], slice(at, at + len(fields)), read))
        at += len(fields)
    return question.format(**columns), readers, at


def rows(question: str, params: Mapping[str, Any], **models: type[Model]) -> list[tuple[Any, ...]]:
    """Each row as a tuple: an instance of each of the models, in their order, then what else is selected.

    With `f=Family` the text begins `select {f}` and has the table under the alias f. A row that comes again is the same
    instance; one that an outer join did not find is None. Row-level security holds as everywhere; who may see what
    inside the municipality is for the text to say.
    """
    text, readers, rest = prepared(question, tuple(models.items()))
    known: dict[tuple[type[Model], Any], Model | None] = {}
    found = []
    with connection.cursor() as cursor:
        cursor.execute(text, params)
        for row in cursor.fetchall():
            instances = []
            for model, names, part, read in readers:
                key = (model, row[part.start])  # the primary key is the first column
                if key not in known:
                    values = list(row[part])
                    for n, field in read:
                        values[n - part.start] = field.from_db_value(row[n], None, connection)
                    known[key] = None if key[1] is None else model.from_db(connection.alias, names, values)
                instances.append(known[key])
            found.append((*instances, *row[rest:]))
    return found
