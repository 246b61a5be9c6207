"""Writing and taking back: every change of a merge, row by row, so that undoing it is exact."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db.models import Model, QuerySet

# [model, id, {column: [before, after]}], in the order in which they were made.
Change = tuple[str, int, dict[str, list[Any]]]


def plain(value: Any) -> Any:
    """The value as JSON keeps it, to the microsecond."""
    return value.isoformat() if isinstance(value, date | datetime) else value


class Ledger:
    """Changes rows and remembers what stood there. Nothing is made and nothing deleted."""

    def __init__(self) -> None:
        self.changes: list[Change] = []

    def set(self, row: Model, **values: Any) -> None:
        """Give a row these values (columns by attribute: `family_id`), where they differ."""
        before = {name: getattr(row, name) for name in values}
        changed = {name: value for name, value in values.items() if before[name] != value}
        if not changed:
            return
        for name, value in changed.items():
            setattr(row, name, value)
        fields = {row._meta.get_field(name.removesuffix("_id")).name for name in changed}
        row.save(update_fields=fields)
        told = {name: [plain(before[name]), plain(value)] for name, value in changed.items()}
        self.changes.append((row._meta.label, row.pk, told))

    def move(self, rows: QuerySet[Any], field: str, to: Model) -> None:
        """Point all these rows at another one, in one update."""
        was: dict[int, int] = dict(rows.values_list("pk", field))
        if not was:
            return
        rows.model._base_manager.filter(pk__in=was).update(**{field: to})
        self.changes += [(rows.model._meta.label, pk, {f"{field}_id": [old, to.pk]}) for pk, old in was.items()]


def take_back(changes: Iterable[Change]) -> None:
    """Put back what stood there, last change first. What somebody has changed since stays as it is."""
    for label, pk, values in reversed(list(changes)):
        model = apps.get_model(label)
        row = model._base_manager.filter(pk=pk).first()
        if row is None:
            continue
        back = {}
        for name, (before, after) in values.items():
            field = model._meta.get_field(name.removesuffix("_id"))
            if plain(getattr(row, name)) == after:
                back[field.name] = before
                setattr(row, name, before if field.is_relation or isinstance(before, list) else field.to_python(before))
        if back:
            row.save(update_fields=set(back))


def without_values(changes: Iterable[Change]) -> list[Change]:
    """The changes when they can no longer be taken back: which rows went over, and no value of a person's."""
    return [
        (label, pk, {name: both for name, both in values.items() if name.endswith("_id")})
        for label, pk, values in changes
        if any(name.endswith("_id") for name in values)
    ]
