"""The conversation with a family: a guide on one page, and what it leaves behind."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Permission
from audit.history import tracked
from families.models.families import Family
from families.models.participations import Participation
from municipalities.models import Owned

if TYPE_CHECKING:
    from accounts.models import User


class ConversationQuerySet(models.QuerySet["Conversation"]):
    """Conversations, by who may read them."""

    def visible_to(self, user: "User") -> Self:
        """Only those who follow the family read the notes; a leader does not."""
        if not user.may(Permission.CONVERSATION_NOTE):
            return self.none()
        return self.filter(participation__family__in=Family.objects.followed_by(user))


@tracked
class Conversation(Owned):
    """What a family told us in a round, for its coordinators only. Nothing about health (the form guards it)."""

    participation = models.OneToOneField(Participation, on_delete=models.CASCADE, related_name="conversation")
    held_on = models.DateField(_("when"))
    held_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    who_they_are = models.TextField(_("who they are"), max_length=1000, blank=True)
    worries = models.TextField(_("what they wonder about or worry about"), max_length=1000, blank=True)
    next_step = models.CharField(_("next step"), max_length=200, blank=True)
    next_step_on = models.DateField(_("by"), null=True, blank=True)

    objects = ConversationQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.participation}, {self.held_on}"


class BackgroundAnswer(models.TextChoices):
    """The family's own word for it. No answer is no row; nothing is read from a name or a language."""

    NEW_IN_NORWAY = "new_in_norway", _("new in Norway")
    MOVED_HERE = "moved_here", _("moved here from elsewhere in Norway")
    GREW_UP_HERE = "grew_up_here", _("grew up here")


class Background(Owned):
    """The family's own, optional answer. A special category: no history is kept, so deleting it is the end."""

    family = models.OneToOneField(Family, on_delete=models.CASCADE, related_name="background")
    answer = models.CharField(_("background"), max_length=15, choices=BackgroundAnswer.choices)
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return str(BackgroundAnswer(self.answer).label)
