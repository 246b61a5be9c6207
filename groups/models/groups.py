"""Groups: five or six families, their coordinators, and who belonged when."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Certificate
from accounts.permissions import Permission
from audit.history import tracked
from families.models import Family, OwnWish, Participation
from municipalities.models import Owned
from municipalities.sorting import NbKey
from planning.models import Round, Venue, Volunteer

if TYPE_CHECKING:
    from accounts.models import User


class ChatKind(models.TextChoices):
    NONE = "", _("none yet")
    MESSENGER = "messenger", "Messenger"
    WHATSAPP = "whatsapp", "WhatsApp"
    SIGNAL = "signal", "Signal"
    SMS = "sms", _("text messages")
    OTHER = "other", _("another")


class GroupQuerySet(models.QuerySet["Group"]):
    """Groups, by who may see them."""

    def visible_to(self, user: "User") -> Self:
        """A leader sees all groups of the municipality; a coordinator or deputy those she follows today."""
        if user.may(Permission.GROUP_VIEW_ALL):
            return self
        if not user.may(Permission.GROUP_VIEW):
            return self.none()
        return self.filter(pk__in=user.followed_groups)

    def active(self) -> Self:
        return self.filter(ended_on__isnull=True)


@tracked
class Group(Owned):
    """A group of a round. Its step is derived from what happened (`queries.step_of`), never set by hand."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="groups")
    name = models.CharField(_("name"), max_length=60)
    meeting_place = models.ForeignKey(
        Venue,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("fixed meeting place"),
    )
    chat_kind = models.CharField(_("the group's chat"), max_length=10, choices=ChatKind.choices, blank=True)
    chat_link = models.URLField(_("link to the chat"), blank=True)
    ended_on = models.DateField(null=True, blank=True)

    objects = GroupQuerySet.as_manager()

    class Meta:
        ordering = [NbKey("name"), "pk"]
        verbose_name = _("group")
        verbose_name_plural = _("groups")
        constraints = [models.UniqueConstraint(fields=["round", "name"], name="group_names_differ_in_a_round")]

    def __str__(self) -> str:
        return self.name


class GroupCoordinatorQuerySet(models.QuerySet["GroupCoordinator"]):
    """Who follows which group, when."""

    def current(self) -> Self:
        today = timezone.localdate()
        return self.filter(Q(until__isnull=True) | Q(until__gte=today), since__lte=today)


# `since` to `until`, both days included; open when `until` is NULL.
DAYS_FOLLOWED = Func(F("since"), F("until"), Value("[]"), function="daterange", output_field=DateRangeField())


@tracked
class GroupCoordinator(Owned):
    """Somebody follows a group from `since` to `until` (both days included; open when None).

    The certificate is part of the row: the database knows no coordinator of a group without one (domain rule 4).
    A deputy has the group for the days between two dates, one evening too, and it goes back by itself. Nobody follows
    a group twice on one day, and no two deputies have it on the same day: the database refuses both.
    """

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="coordinators")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="coordinating")
    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, related_name="+")
    is_primary = models.BooleanField(default=False)
    is_deputy = models.BooleanField(default=False)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    objects = GroupCoordinatorQuerySet.as_manager()

    class Meta:
        ordering = ["-is_primary", "since", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["group"],
                condition=Q(is_primary=True, until__isnull=True),
                name="one_primary_coordinator",
            ),
            models.UniqueConstraint(
                fields=["group", "user"],
                condition=Q(until__isnull=True),
                name="follows_a_group_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(is_deputy=False) | Q(is_primary=False, until__isnull=False, given_by__isnull=False),
                name="a_deputy_has_a_last_day_and_was_asked",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="follows_a_group_from_and_to"
            ),
            ExclusionConstraint(
                name="follows_a_group_once_a_day",
                expressions=[
                    ("group", RangeOperators.EQUAL),
                    ("user", RangeOperators.EQUAL),
                    (DAYS_FOLLOWED, RangeOperators.OVERLAPS),
                ],
            ),
            ExclusionConstraint(
                name="one_deputy_a_day",
                expressions=[("group", RangeOperators.EQUAL), (DAYS_FOLLOWED, RangeOperators.OVERLAPS)],
                condition=Q(is_deputy=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.group}"


@tracked
class Membership(Owned):
    """A family's time in a group. It rests on the family's own standing wish (domain rules 2 and 3).

    `family` repeats the participation's, so that the database can allow one open membership a family.
    """

    participation = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="memberships")
    family = models.ForeignKey(Family, on_delete=models.CASCADE, related_name="memberships")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="memberships")
    wish = models.ForeignKey(OwnWish, on_delete=models.PROTECT, related_name="+")
    since = models.DateField(_("from"))
    to = models.DateField(_("to"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=200, blank=True)

    class Meta:
        ordering = ["since", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["family"], condition=Q(to__isnull=True), name="one_open_membership_per_family"
            ),
            models.CheckConstraint(condition=Q(to__isnull=True) | Q(to__gte=F("since")), name="membership_ends_later"),
        ]

    def __str__(self) -> str:
        return f"{self.family}, {self.group}"


class GroupVolunteerQuerySet(models.QuerySet["GroupVolunteer"]):
    """Which volunteer helps which group, when."""

    def current(self) -> Self:
        return self.filter(until__isnull=True)


@tracked
class GroupVolunteer(Owned):
    """A volunteer helps a group from `since` to `until`.

    The certificate is part of the row: the database knows no volunteer of a group without one (domain rule 4).
    """

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="volunteers")
    volunteer = models.ForeignKey(Volunteer, on_delete=models.PROTECT, related_name="groups")
    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    objects = GroupVolunteerQuerySet.as_manager()

    class Meta:
        ordering = ["since", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "volunteer"], condition=Q(until__isnull=True), name="helps_a_group_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="helping_ends_later"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.volunteer}, {self.group}"
