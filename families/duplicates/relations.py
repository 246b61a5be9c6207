"""What happens to every row that points at a merged family, at its people and its way through a round.

Each relation is decided once, in its own room: higher rooms decide theirs in AppConfig.ready(). A test walks all models
and fails when a relation is not decided.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db.models import ForeignObjectRel, Model, Q

from families.duplicates.ledger import Ledger
from families.models import Family, Participation, Person


@dataclass
class Merging:
    """One merge under way: `pairs` are (kept, merged) people who are one, `folded` (kept, left) ways through one
    round."""

    kept: Family
    merged: Family
    pairs: list[tuple[Person, Person]]
    folded: list[tuple[Participation, Participation]] = field(default_factory=list)
    ledger: Ledger = field(default_factory=Ledger)

    def ones(self, target: type[Model]) -> list[tuple[Any, Any]]:
        """(kept, merged) of this model."""
        both: dict[type[Model], list[tuple[Any, Any]]] = {
            Family: [(self.kept, self.merged)],
            Person: self.pairs,
            Participation: self.folded,
        }
        return both[target]


# What to do with the rows of one relation: (merging, model, name of the foreign key, kept, merged).
Handler = Callable[[Merging, type[Model], str, Any, Any], None]
# "app.Model.field": in the order in which they were decided.
DECIDED: dict[str, Handler] = {}


def decide(relation: str, handler: Handler) -> None:
    DECIDED[relation] = handler


def stay(merging: Merging, model: type[Model], name: str, kept: Any, merged: Any) -> None:
    """The rows stay with the merged one: they tell of it alone."""


def move(*unless_same: str) -> Handler:
    """The rows go over. One stays when the kept has a row of its own with the same values (a rule of the database)."""

    def handler(merging: Merging, model: type[Model], name: str, kept: Any, merged: Any) -> None:
        rows = model._base_manager.filter(**{name: merged})
        taken = Q(pk__in=[])
        if unless_same:
            for values in model._base_manager.filter(**{name: kept}).values(*unless_same):
                taken |= Q(**{key if value is not None else f"{key}__isnull": value if value is not None else True
                              for key, value in values.items()})  # fmt: skip
        merging.ledger.move(rows.exclude(taken), name, kept)

    return handler


def of(target: type[Model]) -> list[tuple[str, type[Model], str]]:
    """Every relation to this model: its name, the model it stands in, the foreign key. History is not among them."""
    pointing = [
        (each.related_model, each.field.name)
        for each in target._meta.get_fields(include_hidden=True)
        if isinstance(each, ForeignObjectRel)
    ]
    return [
        (f"{model._meta.label}.{name}", model, name)
        for model, name in pointing
        if not isinstance(model, str) and not hasattr(model, "pgh_tracked_model")
    ]


def go_over(merging: Merging, target: type[Model]) -> None:
    """Do what is decided for every relation to this model, in the order of the decisions."""
    here = {relation: (model, name) for relation, model, name in of(target)}
    for relation, handler in DECIDED.items():
        if relation in here:
            model, name = here[relation]
            for kept, merged in merging.ones(target):
                handler(merging, model, name, kept, merged)


def undecided() -> list[str]:
    """Relations that nobody has decided."""
    apps.check_models_ready()
    targets = (Family, Person, Participation)
    return sorted({relation for target in targets for relation, _model, _name in of(target)} - set(DECIDED))
