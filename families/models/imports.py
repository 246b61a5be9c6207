"""What the importer remembers: keyed hashes of rows, and an upload until it is done with."""

from django.conf import settings
from django.db import models

from municipalities.models import Owned
from planning.models import Round


class ImportedRow(Owned):
    """A row that was imported once, as a keyed hash: no content, and it stays after a merge or anonymisation."""

    key = models.CharField(max_length=64)
    imported_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["municipality", "key"], name="a_row_is_imported_once")]

    def __str__(self) -> str:
        return f"{self.imported_at}"


class Upload(Owned):
    """An uploaded workbook. Gone after the import or 24 hours; only who uploaded it sees it.

    `decisions`: the answer by row («Sheet!12»); `meanings`: what somebody said a column holds, by place («Sheet!3»).
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="+")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)
    name = models.CharField(max_length=120)
    content = models.BinaryField()
    decisions = models.JSONField(default=dict)
    meanings = models.JSONField(default=dict)

    def __str__(self) -> str:
        return self.name
