"""Traces: what a family is found by. The database keeps them itself, whoever writes the family."""

from django.db import models

from families.models.families import Family
from municipalities.models import Owned


class TraceKind(models.TextChoices):
    """WORD and BONES are searched; the others are shared by families that may be one."""

    WORD = "word"
    BONES = "bones"
    PHONE = "phone"
    EMAIL = "email"
    NAME = "name"
    CHILD = "child"
    CHILDREN = "children"
    HOME = "home"


CONTACT = (TraceKind.PHONE, TraceKind.EMAIL, TraceKind.HOME)
SHARED = (*CONTACT, TraceKind.NAME, TraceKind.CHILD, TraceKind.CHILDREN)


class Trace(Owned):
    """One key that finds a family. Written by triggers (migration 0010) from `name_sound()`, never by the program.

    `place` says whose: 0 the family's name, 1 an adult, 2 a child. Keys are compared letter by letter (collation "C"),
    because only plain comparisons may use an index behind row-level security. The triggers also take traces away with
    their family, so there is no foreign key in the database.
    """

    family = models.ForeignKey(Family, on_delete=models.DO_NOTHING, db_constraint=False, related_name="traces")
    kind = models.CharField(max_length=8, choices=TraceKind.choices)
    key = models.TextField(db_collation="C")
    place = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["municipality", "kind", "key"], name="trace_by_key")]

    def __str__(self) -> str:
        return f"{self.kind} {self.family_id}"
