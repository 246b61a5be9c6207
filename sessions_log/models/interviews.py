"""The exit interview with a family: what the round gave, and what comes after it."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Permission
from audit.history import tracked
from families.models import Participation
from groups.models import Group
from municipalities.models import Owned
from planning.models import Partner

if TYPE_CHECKING:
    from accounts.models import User


class Absence(models.TextChoices):
    """Why there was no interview. Plain, never health."""

    LEFT_EARLIER = "left_earlier", _("left the group before the end")
    DID_NOT_WANT = "did_not_want", _("did not want to")
    NOT_REACHED = "not_reached", _("could not be reached")
    MOVED = "moved", _("has moved away")
    OTHER = "other", _("something else")


class ReadyFor(models.TextChoices):
    CLUB = "club", _("a club or an association")
    VOLUNTEERING = "volunteering", _("helping as a volunteer")
    OPEN_PLACES = "open_places", _("open places and activities")
    NOT_NOW = "not_now", _("not now")


class ExitInterviewQuerySet(models.QuerySet["ExitInterview"]):
    """Exit interviews, by who may read them."""

    def visible_to(self, user: "User") -> Self:
        """Like the conversation: only who follows the group reads what was told; a leader does not."""
        if not user.may(Permission.CONVERSATION_NOTE):
            return self.none()
        return self.filter(group__in=user.followed_groups)


@tracked
class ExitInterview(Owned):
    """One family of a round at its end: held on a day, or the absence explained (domain rule 9). Never both.

    `group` is the one whose coordinators held it. What is told of an absence is a reason, no answers. A next step has
    an owner. Consents and OSSS-3 stand where they always do: `families.Consent`, `families.SupportAnswer`.
    """

    participation = models.OneToOneField(Participation, on_delete=models.CASCADE, related_name="exit_interview")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="exit_interviews")
    held_on = models.DateField(_("when"), null=True, blank=True)
    absence = models.CharField(_("why not"), max_length=12, choices=Absence.choices, blank=True)
    absence_words = models.CharField(_("in words"), max_length=200, blank=True)
    gave = models.TextField(_("what it gave"), max_length=1000, blank=True)
    ready_for = models.CharField(_("ready for"), max_length=12, choices=ReadyFor.choices, blank=True)
    partner = models.ForeignKey(
        Partner, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("with whom")
    )
    next_step = models.CharField(_("next step"), max_length=200, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    due_on = models.DateField(_("by"), null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    more = models.TextField(_("what more can be done"), max_length=1000, blank=True)
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    objects = ExitInterviewQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(held_on__isnull=False, absence="") | Q(held_on__isnull=True) & ~Q(absence=""),
                name="held_or_its_absence_explained",
            ),
            models.CheckConstraint(
                condition=~Q(absence="other") | ~Q(absence_words=""), name="another_absence_says_what"
            ),
            models.CheckConstraint(
                condition=Q(held_on__isnull=False) | Q(gave="", more="", ready_for="", next_step=""),
                name="an_absence_holds_no_answers",
            ),
            models.CheckConstraint(
                condition=Q(next_step="", owner__isnull=True, due_on__isnull=True, done_at__isnull=True)
                | ~Q(next_step="") & Q(owner__isnull=False),
                name="a_next_step_has_an_owner",
            ),
            models.CheckConstraint(
                condition=Q(partner__isnull=True) | ~Q(ready_for=""), name="a_partner_is_for_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participation}, {self.held_on or self.absence}"
