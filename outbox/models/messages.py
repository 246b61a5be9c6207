"""Messages that we promised to send."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from municipalities.models import Owned


class Message(Owned):
    """One message to one recipient: the row first, then the network. Channels are attempts of it.

    `key` makes it once (`kind:gathering:generation:recipient`). `recipient` and `about` name rows of higher rooms as
    text ("person:17", "gathering:4"). A planned message has no text until it is claimed (`is_rendered`); then it is
    frozen, so that the log shows what was said: `subject` and `body` as a mail, `sms` as a text message, `calendar` as
    the file that a mail brings along (RFC 5545). `claimed_at` is the lease: a `sending` row older than that is rescued.

    `provider_id` names the attempt that was sent, and no other: a receipt about an earlier one finds nothing.

    `channel` and `address` are those of the attempt under way; `tried` tells of those before it, oldest first
    (`{"channel", "error", "at"}`). A message by call waits for a person: the worker leaves it alone; `sent` says that
    she left word, `delivered` that she talked with them. After `useful_until` it is of no use any more, and fails.
    `stopped_by`: who took it back by hand; nothing that happens by itself brings it out again.

    `link_hash` finds the message by its personal link (outbox.links); "" where its kind has none. `link_ended_at`:
    somebody closed the link.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("planned")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        DELIVERED = "delivered", _("delivered")
        FAILED = "failed", _("failed")
        CANCELLED = "cancelled", _("stopped")

    class Channel(models.TextChoices):
        SMS = "sms", _("text message")
        EMAIL = "email", _("e-mail")
        CALL = "call", _("phone call")

    key = models.CharField(max_length=120)
    kind = models.CharField(max_length=40)
    channel = models.CharField(max_length=5, choices=Channel.choices)
    address = models.CharField(max_length=254)
    tried = models.JSONField(default=list, blank=True)
    recipient = models.CharField(max_length=40)
    recipient_name = models.CharField(max_length=150, blank=True)
    about = models.CharField(max_length=40)
    language = models.CharField(max_length=8)
    subject = models.CharField(max_length=250, blank=True)
    body = models.TextField(blank=True)
    sms = models.TextField(blank=True)
    calendar = models.TextField(blank=True)
    is_rendered = models.BooleanField(default=True)
    passes_quiet_hours = models.BooleanField(default=False)
    due_at = models.DateTimeField()
    useful_until = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    crashes = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)
    provider_id = models.CharField(max_length=120, blank=True)
    link_hash = models.CharField(max_length=64, blank=True, default="", db_default="")
    link_ended_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    stopped_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["due_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "key"], name="one_message_per_key"),
            models.CheckConstraint(
                condition=Q(state__in=["queued", "sending", "sent", "delivered", "failed", "cancelled"]),
                name="message_state_is_known",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["sent", "delivered"]) | Q(sent_at__isnull=False), name="what_is_sent_has_a_time"
            ),
            models.CheckConstraint(
                condition=~Q(state="delivered") | Q(delivered_at__isnull=False), name="what_is_delivered_has_a_time"
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at", "id"],
                condition=Q(state__in=["queued", "sending"]) & ~Q(channel="call"),
                name="message_pending",
            ),
            models.Index(fields=["provider_id"], condition=~Q(provider_id=""), name="message_provider_id"),
            models.Index(fields=["municipality", "about"], name="message_about"),
            models.Index(
                fields=["useful_until"], condition=Q(state="queued", channel="call"), name="message_calls_to_make"
            ),
            models.Index(
                fields=["address", "claimed_at"],
                condition=Q(channel="sms", claimed_at__isnull=False),
                name="message_by_number",
            ),
            models.Index(
                fields=["municipality", "due_at"],
                condition=Q(state="queued", channel="call"),
                name="message_to_call",
            ),
            models.Index(fields=["municipality", "due_at"], condition=Q(state="failed"), name="message_failed"),
            models.Index(fields=["link_hash"], condition=~Q(link_hash=""), name="message_by_link"),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def words(self) -> str:
        """What is said on its channel."""
        return self.sms if self.channel == self.Channel.SMS else self.body

    @property
    def is_under_way(self) -> bool:
        return self.state in {self.State.QUEUED, self.State.SENDING}


class Pulse(models.Model):
    """When a part of the machinery last gave a sign of life. Belongs to no municipality."""

    name = models.CharField(max_length=20, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name}: {self.at}"
