"""Text messages that families send."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from families.models import Family, Person
from municipalities.models import Owned
from outbox.models import Message
from outbox.rules.answers import Meaning

if TYPE_CHECKING:
    from accounts.models import User


class IncomingTextQuerySet(models.QuerySet["IncomingText"]):
    """Texts, by who may read them and where they stand."""

    def visible_to(self, user: "User") -> Self:
        """Those of families she may see; of a protected family only when she follows it."""
        theirs = Family.objects.filter(
            Q(pk__in=Family.objects.followed_by(user)) | Q(pk__in=Family.objects.visible_to(user), protection="none")
        )
        return self.filter(person__family__in=theirs)

    def waiting(self) -> Self:
        """Nobody has taken care of it yet, oldest first."""
        return self.filter(settled_at__isnull=True).order_by("received_at", "pk")


class IncomingText(Owned):
    """A text message from an adult of a family. The number is not kept: the person has it.

    `provider_id` is the gateway's: the same text told twice is one. `message` is the last one we had sent to that
    number, when it went within a week. A clear yes or no to it is `settled_at` at once; all else waits for a person.
    """

    class Outcome(models.TextChoices):
        REPLY = "reply", _("noted as their answer")
        CALLED = "called", _("called")
        DONE = "done", _("done")

    provider_id = models.CharField(max_length=120)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="incoming_texts")
    message = models.ForeignKey(Message, null=True, blank=True, on_delete=models.SET_NULL, related_name="answers")
    text = models.CharField(max_length=1000, blank=True)
    meaning = models.CharField(max_length=7, choices=[(each.value, each.value) for each in Meaning])
    received_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    outcome = models.CharField(max_length=6, choices=Outcome.choices, blank=True)

    objects = IncomingTextQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "provider_id"], name="a_text_is_taken_once"),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, outcome="") | (Q(settled_at__isnull=False) & ~Q(outcome="")),
                name="what_is_settled_has_an_outcome",
            ),
        ]
        indexes = [
            models.Index(
                fields=["municipality", "received_at"], condition=Q(settled_at__isnull=True), name="text_waits"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.meaning}"


class UnknownSender(models.Model):
    """How many texts of a day came from numbers that nobody of ours has. They are dropped: neither number nor words
    are kept. Belongs to no municipality."""

    day = models.DateField(primary_key=True)
    texts = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.day}: {self.texts}"
