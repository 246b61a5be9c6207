"""Change history: database triggers keep every version of a row, deletes too."""

from typing import TypeVar

import pghistory
from django.db import models

M = TypeVar("M", bound=models.Model)


def tracked(model: type[M]) -> type[M]:
    """Keep every version of the model's rows in its event table (values; who and where by context)."""
    # New trackers for each model: pghistory writes the model's fields into them.
    keep = pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
    kept: type[M] = keep(model)
    return kept
