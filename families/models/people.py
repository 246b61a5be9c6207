"""The people of a family. Messages go to adults that the household chose, never to a child."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from audit.history import tracked
from families.languages import LETTER_LANGUAGES
from families.models.families import Family
from municipalities.models import Owned

if TYPE_CHECKING:
    from accounts.models import User


class PersonKind(models.TextChoices):
    """Set, not computed from age."""

    ADULT = "adult", _("adult")
    CHILD = "child", _("child")


class Channel(models.TextChoices):
    SMS = "sms", _("text message")
    EMAIL = "email", _("e-mail")
    CALL = "call", _("phone call")


class PersonQuerySet(models.QuerySet["Person"]):
    """People of families."""

    def visible_to(self, user: "User") -> Self:
        """People of the families she may see."""
        return self.filter(family__in=Family.objects.visible_to(user))

    def recipients(self) -> Self:
        """Adults that the household chose to get messages."""
        return self.filter(kind="adult", receives=True, left_on__isnull=True)


@tracked
class Person(Owned):
    """An adult or a child of a family. The database refuses phone, e-mail and messages on a child.

    A child has a first name (may be missing) and a year of birth (may be about right). `position` keeps the order
    in which the family named its people. Phones are E.164.
    """

    family = models.ForeignKey(Family, on_delete=models.CASCADE, related_name="people")
    kind = models.CharField(_("kind"), max_length=5, choices=PersonKind.choices)
    name = models.CharField(_("name"), max_length=150, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    birth_year = models.PositiveSmallIntegerField(_("year of birth"), null=True, blank=True)
    birth_year_about = models.BooleanField(_("about"), default=False)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    receives = models.BooleanField(_("gets the messages"), default=False)
    channel = models.CharField(_("by"), max_length=5, choices=Channel.choices, default=Channel.SMS)
    second_channel = models.CharField(
        _("when that fails, by"), max_length=5, choices=Channel.choices, blank=True, default=""
    )
    language = models.CharField(
        _("language of messages"), max_length=8, choices=list(LETTER_LANGUAGES.items()), default="nb"
    )
    interpreter_language = models.CharField(_("interpreter for"), max_length=8, blank=True)
    left_on = models.DateField(null=True, blank=True)

    objects = PersonQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="adult") | Q(phone="", email="", receives=False),
                name="a_child_gets_no_messages",
            ),
            models.CheckConstraint(
                condition=Q(receives=False)
                | (Q(channel="sms") & ~Q(phone=""))
                | (Q(channel="email") & ~Q(email=""))
                | (Q(channel="call") & ~Q(phone="")),
                name="a_recipient_can_be_reached",
            ),
            models.CheckConstraint(
                condition=Q(second_channel="")
                | (Q(second_channel="sms") & ~Q(phone=""))
                | (Q(second_channel="email") & ~Q(email=""))
                | (Q(second_channel="call") & ~Q(phone="")),
                name="a_second_channel_reaches_somebody",
            ),
            models.CheckConstraint(
                condition=Q(birth_year__isnull=True) | Q(birth_year__gte=1900, birth_year__lte=2100),
                name="year_of_birth_is_a_year",
            ),
        ]

    def __str__(self) -> str:
        return self.name or str(PersonKind(self.kind).label)

    @property
    def first_name(self) -> str:
        """What we call them: the first word of the name as written."""
        return self.name.split()[0] if self.name.strip() else ""

    @property
    def address_of_channel(self) -> str:
        """Where a message of the chosen channel goes; empty for a call."""
        return {Channel.SMS: self.phone, Channel.EMAIL: self.email}.get(Channel(self.channel), "")
