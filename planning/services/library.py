"""The national library: rows that every municipality reads, written by the owner of the database alone."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from planning.models import ActivityIdea, Material

DATA = Path(__file__).resolve().parents[1] / "data"


def load_library(*, using: str, on: date) -> tuple[int, int]:
    """Make the library what data/ideas.json and data/material.json say; returns how many ideas and texts there are.

    What the files no longer hold goes out of use on that day: notes of municipalities lean on it. A second run
    changes nothing.
    """
    ideas: list[dict[str, Any]] = json.loads((DATA / "ideas.json").read_text())
    texts: list[dict[str, Any]] = json.loads((DATA / "material.json").read_text())
    with transaction.atomic(using=using):
        national = ActivityIdea.objects.using(using).filter(municipality=None)
        for words in ideas:
            keep(ActivityIdea, words, using)
        national.filter(ended_on=None).exclude(key__in=[words["key"] for words in ideas]).update(ended_on=on)
        for position, words in enumerate(texts):
            keep(Material, words | {"position": position}, using)
        gone = Material.objects.using(using).exclude(key__in=[words["key"] for words in texts])
        gone.filter(ended_on=None).update(ended_on=on)
    return len(ideas), len(texts)


def keep(model: type[ActivityIdea] | type[Material], words: Mapping[str, Any], using: str) -> None:
    """One row, checked as a form would check it. Raises ValidationError when the file holds what a row cannot."""
    values = {name: value for name, value in words.items() if name != "nn"} | {"in_other": {"nn": words["nn"]}}
    key = values.pop("key")
    row: ActivityIdea | Material
    row = model._default_manager.using(using).filter(key=key, municipality=None).first() or model(key=key)
    for name, value in values.items():
        setattr(row, name, value)
    row.ended_on = None
    row.clean_fields(exclude=["municipality"])
    row.save(using=using)
