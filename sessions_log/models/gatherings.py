"""Gatherings: what, when, where, how to get there, and who helps."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Deferrable, Exists, F, Func, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Certificate
from accounts.permissions import Permission
from audit.history import tracked
from groups.models import Group
from municipalities.models import Owned
from planning.models import Round, Venue, Volunteer

if TYPE_CHECKING:
    from accounts.models import User


class GatheringKind(models.TextChoices):
    KICK_OFF = "kick_off", _("kick-off")
    GATHERING = "gathering", _("gathering")
    CLOSING_PARTY = "closing_party", _("closing party")


DURING = Func("starts_at", "ends_at", function="tstzrange", output_field=DateTimeRangeField())


class Series(Owned):
    """A rhythm in which gatherings were planned. Each of them is a gathering of its own from then on."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="series")
    weeks = models.PositiveSmallIntegerField(_("weeks between"))
    until = models.DateField(_("last day"))
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(weeks__range=(1, 8)), name="a_series_has_a_rhythm")]

    def __str__(self) -> str:
        return f"{self.weeks}, {self.until}"


class GatheringQuerySet(models.QuerySet["Gathering"]):
    """Gatherings, by who may see them and where they stand. Moments are passed in."""

    def visible_to(self, user: "User") -> Self:
        """A gathering is seen by those who see one of its groups."""
        if user.may(Permission.GROUP_VIEW_ALL):
            return self
        if not user.may(Permission.GATHERING_VIEW):
            return self.none()
        mine = GatheringGroup.objects.filter(gathering=OuterRef("pk"), group__in=user.followed_groups)
        return self.filter(Exists(mine))

    def helped_by(self, user: "User") -> Self:
        """Those she helps at as a volunteer, cancelled ones not."""
        return self.live().filter(
            Exists(GatheringHelper.objects.filter(gathering=OuterRef("pk"), volunteer__user=user))
        )

    def live(self) -> Self:
        return self.filter(cancelled_at__isnull=True)

    def coming(self, now: datetime) -> Self:
        """Not cancelled and not over, next first."""
        return self.live().filter(ends_at__gte=now).order_by("starts_at", "pk")

    def held(self, now: datetime) -> Self:
        """Started and not cancelled, latest first. «Nobody came» is a held gathering."""
        return self.live().filter(starts_at__lte=now).order_by("-starts_at", "-pk")

    def without_summary(self, now: datetime) -> Self:
        """Over, not cancelled, and nothing written yet, oldest first."""
        return self.live().filter(ends_at__lte=now, summary__isnull=True).order_by("starts_at", "pk")


@tracked
class Gathering(Owned):
    """A kick-off, gathering or closing party of one or more groups.

    `generation` rises with each announced change of time or place: messages of an older generation never go.
    `log_version` rises with each saved log: who saves on top of a newer one is shown it first.
    Place and directions are copied from the venue, so that an old gathering tells where it was. The database books a
    venue once at a time.
    `lost_helper`: a volunteer who was to help and has stopped since; empty again once somebody has saved the plan.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="gatherings")
    kind = models.CharField(_("kind"), max_length=15, choices=GatheringKind.choices, default=GatheringKind.GATHERING)
    groups = models.ManyToManyField(Group, through="GatheringGroup", related_name="gatherings")
    activity = models.CharField(_("activity"), max_length=120, blank=True)
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    series = models.ForeignKey(Series, null=True, blank=True, on_delete=models.PROTECT, related_name="gatherings")
    venue = models.ForeignKey(Venue, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    place = models.CharField(_("place"), max_length=80, blank=True)
    address = models.CharField(_("address"), max_length=150, blank=True)
    directions = models.TextField(_("how to get there"), max_length=400, blank=True)
    bring = models.CharField(_("what to bring"), max_length=300, blank=True)
    shopping_note = models.CharField(_("to remember when shopping"), max_length=300, blank=True)
    asks_lift = models.BooleanField(_("ask who needs a lift"), default=True)
    asks_interpreter = models.BooleanField(_("ask who needs an interpreter"), default=True)
    lifts_confirmed = models.BooleanField(_("lifts are arranged"), default=False)
    lost_helper = models.ForeignKey(
        Volunteer, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    generation = models.PositiveIntegerField(default=1)
    log_version = models.PositiveIntegerField(default=0)
    logged_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    asked_for_summary_at = models.DateTimeField(null=True, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = GatheringQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "pk"]
        verbose_name = _("gathering")
        verbose_name_plural = _("gatherings")
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="gathering_ends_after_it_starts"),
            ExclusionConstraint(
                name="a_venue_is_booked_once",
                expressions=[("venue", RangeOperators.EQUAL), (DURING, RangeOperators.OVERLAPS)],
                condition=Q(cancelled_at__isnull=True, venue__isnull=False),
                deferrable=Deferrable.IMMEDIATE,
            ),
        ]
        indexes = [models.Index(fields=["municipality", "starts_at"])]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return self.activity or str(GatheringKind(self.kind).label).capitalize()

    @property
    def can_be_announced(self) -> bool:
        """An invitation says what, when, where and how to get there; it is not sent without those (domain rule 5)."""
        return bool(self.activity and self.place and self.directions)

    def can_be_logged(self, now: datetime) -> bool:
        """From the morning of its day on, unless it was cancelled."""
        return self.cancelled_at is None and timezone.localdate(self.starts_at) <= timezone.localdate(now)


@tracked
class GatheringGroup(Owned):
    """A group at a gathering. `live_kick_off` repeats two facts of the gathering, so that the database can hold that a
    group has at most one live kick-off."""

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="gathering_groups")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="gathering_groups")
    live_kick_off = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["gathering", "group"], name="a_group_is_at_a_gathering_once"),
            models.UniqueConstraint(fields=["group"], condition=Q(live_kick_off=True), name="one_live_kick_off"),
        ]

    def __str__(self) -> str:
        return f"{self.group}, {self.gathering}"


@tracked
class GatheringHelper(Owned):
    """A coordinator or volunteer at a gathering, with the certificate that allows it (domain rule 4).

    `present` is empty until it is logged. `during` is when a gathering takes place that is not cancelled: a trigger
    copies it, so that the database can hold that nobody with an account is at two of them at once in a municipality.
    """

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="helpers")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="helping"
    )
    volunteer = models.ForeignKey(Volunteer, null=True, blank=True, on_delete=models.PROTECT, related_name="helping")
    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, related_name="+")
    task = models.CharField(_("task"), max_length=120, blank=True)
    present = models.BooleanField(null=True, blank=True)
    during = DateTimeRangeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            ExclusionConstraint(
                name="nobody_is_at_two_gatherings",
                expressions=[
                    ("municipality", RangeOperators.EQUAL),
                    ("user", RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
                condition=Q(user__isnull=False, during__isnull=False),
                deferrable=Deferrable.IMMEDIATE,
            ),
            models.CheckConstraint(
                condition=Q(user__isnull=True, volunteer__isnull=False) | Q(user__isnull=False, volunteer__isnull=True),
                name="a_helper_is_one_person",
            ),
            models.UniqueConstraint(
                fields=["gathering", "user", "volunteer"],
                name="helps_at_a_gathering_once",
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return str(self.user or self.volunteer)

    @property
    def phone(self) -> str:
        who = self.user or self.volunteer
        return who.phone if who else ""


@tracked
class InterpreterBooking(Owned):
    """An interpreter for one language at a gathering: needed, ordered, confirmed. Never a child."""

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="interpreters")
    language = models.CharField(_("language"), max_length=8)
    ordered_on = models.DateField(_("ordered"), null=True, blank=True)
    confirmed_on = models.DateField(_("confirmed"), null=True, blank=True)

    class Meta:
        ordering = ["language"]
        constraints = [
            models.UniqueConstraint(fields=["gathering", "language"], name="one_booking_per_language"),
            models.CheckConstraint(
                condition=Q(confirmed_on__isnull=True) | Q(ordered_on__isnull=False),
                name="confirmed_was_ordered",
            ),
        ]

    def __str__(self) -> str:
        return self.language
