"""A family that signs itself up, until it has confirmed that the phone or address is its own."""

from django.db import models
from django.db.models import Q

from municipalities.models import Owned

MOST_TRIES = 5
MOST_CODES = 3


class PendingReferral(Owned):
    """What was typed on the public form, until the one-time code is given; deleted after 24 hours without it.

    `answers` are the form's cleaned values. `code_hash` is a keyed hash of the latest code, `tries` how often it was
    guessed at, `codes` how many were sent. `confirmed_at`: it waits for a round to be registered in.
    """

    answers = models.JSONField()
    language = models.CharField(max_length=8)
    channel = models.CharField(max_length=5)
    address = models.CharField(max_length=254)
    code_hash = models.CharField(max_length=64, blank=True)
    code_ends_at = models.DateTimeField(null=True, blank=True)
    codes = models.PositiveSmallIntegerField(default=0)
    tries = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(tries__lte=MOST_TRIES), name="a_code_is_tried_five_times"),
            models.CheckConstraint(condition=Q(codes__lte=MOST_CODES), name="three_codes_are_sent"),
        ]

    def __str__(self) -> str:
        return f"{self.created_at}"


class Tally(models.Model):
    """How often something was done from one place since `began_at`: `key` is a keyed hash of what and where.

    Belongs to no municipality, so that nobody gets round a limit by trying the next one. Nothing can be read from it.
    """

    key = models.CharField(max_length=64, primary_key=True)
    began_at = models.DateTimeField()
    count = models.PositiveIntegerField()

    class Meta:
        indexes = [models.Index(fields=["began_at"])]

    def __str__(self) -> str:
        return str(self.count)
