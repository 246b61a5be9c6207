"""Two logs that only grow: what was done, and who looked. They hold verbs and ids, never values."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from municipalities.models import Owned


class Event(Owned):
    """Something that somebody did: a verb (`refer_family`) and the ids it touched (`{"family": 3}`)."""

    at = models.DateTimeField(auto_now_add=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    verb = models.CharField(max_length=60)
    ids = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["municipality", "at"])]


class Read(Owned):
    """Rows about families that a page showed to somebody: one line a page and kind."""

    at = models.DateTimeField(auto_now_add=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    page = models.CharField(max_length=80)
    kind = models.CharField(max_length=30)
    ids = ArrayField(models.BigIntegerField())

    class Meta:
        indexes = [models.Index(fields=["municipality", "at"])]


class Refusal(models.Model):
    """A request that was refused: outside every municipality, since it may have had none."""

    at = models.DateTimeField(auto_now_add=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    page = models.CharField(max_length=80)
    permission = models.CharField(max_length=60)

    def __str__(self) -> str:
        return f"{self.page}: {self.permission}"
