"""Messages that staff write themselves."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Permission
from groups.models import Group
from municipalities.models import Owned

if TYPE_CHECKING:
    from accounts.models import User

OWN = "message"  # the kind of letter, as the catalogue names it
LONGEST = 600  # about four parts of a text message in the Latin alphabet


class OwnMessageQuerySet(models.QuerySet["OwnMessage"]):
    """Staff's own messages, by who may see them."""

    def visible_to(self, user: "User") -> Self:
        """What she wrote, what went to a group she follows; a leader sees all of them."""
        if not user.may(Permission.GATHERING_VIEW):
            return self.none()
        if user.may(Permission.GROUP_VIEW_ALL):
            return self
        return self.filter(Q(sent_by=user) | Q(group__in=user.followed_groups))


class OwnMessage(Owned):
    """What somebody of the staff wrote to a group, or to families she chose (`group` is then empty).

    Each recipient has a row in the outbox, with these words in a frame of the recipient's language. `form` is the
    form's own key: a form sent twice is one message.
    """

    words = models.TextField(_("message"), max_length=LONGEST)
    group = models.ForeignKey(Group, null=True, blank=True, on_delete=models.PROTECT, related_name="own_messages")
    form = models.UUIDField(editable=False)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()

    objects = OwnMessageQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "form"], name="a_form_is_one_message"),
            models.CheckConstraint(condition=~Q(words=""), name="a_message_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.sent_by}, {self.sent_at:%Y-%m-%d}"

    @property
    def about(self) -> str:
        """How a message in the outbox names what it carries."""
        return f"own:{self.pk}"
