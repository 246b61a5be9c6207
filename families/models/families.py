"""The family: a household in one municipality. Two municipalities means two families, never linked."""

from typing import TYPE_CHECKING, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, When
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Permission
from audit.history import tracked
from families.rules.names import Word, words_of
from municipalities.models import Owned
from municipalities.sorting import NbKey
from web.phones import NotAPhoneNumber, read_phone


class Protection(models.TextChoices):
    """Strictly protected families (kode 6) are never registered, so there is no value for them."""

    NONE = "none", _("no")
    CONFIDENTIAL = "confidential", _("confidential address (kode 7)")


class Travel(models.TextChoices):
    """How a family gets about."""

    FOOT = "foot", _("on foot")
    BIKE = "bike", _("by bicycle")
    BUS = "bus", _("by bus, train or tram")
    CAR = "car", _("by car")


MOST_SEARCHED = 6
LAST_LETTER = "\U0010ffff"

if TYPE_CHECKING:
    from accounts.models import User


class FamilyQuerySet(models.QuerySet["Family"]):
    """Families, by who may see them and where they stand."""

    def visible_to(self, user: "User") -> Self:
        """A leader sees the municipality's families; a coordinator those in recruitment in her rounds and those of her
        groups; nobody else sees any."""
        if user.may(Permission.FAMILY_VIEW_ALL):
            return self.filter(merged_into__isnull=True)
        return self.followed_by(user)

    def followed_by(self, user: "User") -> Self:
        """Those she is a coordinator of today: in recruitment in her rounds, or in her groups."""
        if not user.may(Permission.FAMILY_VIEW):
            return self.none()
        participations = self.model._meta.get_field("participations").related_model._default_manager
        mine = participations.filter(family=OuterRef("pk"), round__coordinators__user=user, memberships__isnull=True)
        in_my_groups = participations.filter(
            family=OuterRef("pk"), memberships__group__in=user.followed_groups, memberships__to__isnull=True
        )
        return self.filter(Exists(mine) | Exists(in_my_groups), merged_into__isnull=True)

    def search(self, text: str, *, by: "User | None" = None) -> Self:
        """Families of which every word of the text begins a name, in any spelling or script, best first.

        Names are the family's, its adults' and its children's. With `by`, a phone number or an e-mail address finds
        too, where she may see it: never that of a protected family that she does not follow. No words, no narrowing.
        """
        traces = self.model._meta.get_field("traces").related_model._default_manager
        if (contact := contact_in(text)) and by is not None:
            open_to = Q(family__protection=Protection.NONE) | Q(family__in=self.model.objects.followed_by(by))
            return self.filter(pk__in=traces.filter(open_to, kind__in=("phone", "email"), key=contact).values("family"))
        found, ranks = self, []
        for word in words_of(text)[:MOST_SEARCHED]:
            fitting = traces.filter(begins_or_is(word))
            found = found.filter(pk__in=fitting.values("family"))
            # The word itself before one that begins so; the family's name before an adult's, that before a child's.
            place = Case(When(kind="word", key=word.sound, then=F("place")), default=F("place") + 3)
            own = fitting.filter(family=OuterRef("pk")).annotate(rank=place).order_by("rank").values("rank")[:1]
            ranks.append(Subquery(own, output_field=models.IntegerField()))
        if not ranks:
            return found.none() if text.strip() else found
        return found.annotate(search_rank=sum(ranks[1:], ranks[0])).order_by("search_rank", NbKey("name"), "pk")


def begins_or_is(word: Word) -> Q:
    """Traces of names that begin like the word, or are it in a script that leaves vowels out (or the other way)."""
    begins = Q(kind="word", key__gte=word.sound, key__lt=word.sound + LAST_LETTER)
    return begins | Q(kind="bones", key=f"{'l' if word.bare else 'x'}{word.bones}")


def contact_in(text: str) -> str:
    """The phone number or e-mail address that the text is, as traces keep it; "" for a name."""
    if "@" in text:
        return text.strip().lower()
    try:
        return read_phone(text)
    except NotAPhoneNumber:
        return ""


@tracked
class Family(Owned):
    """A household. `name` is what people call it; the adults' own names stand on the people.

    Food and access needs are kept as needs, never as a diagnosis. A family with a confidential address shows neither
    address nor phone to anyone but its coordinators, and gets no automatic message. `times` are keys of `rules.times`.
    """

    name = models.CharField(_("family name, as spoken"), max_length=150)
    address = models.CharField(_("address"), max_length=150, blank=True)
    postcode = models.CharField(_("postcode"), max_length=10, blank=True)
    place = models.CharField(_("place"), max_length=80, blank=True)
    languages = ArrayField(
        models.CharField(max_length=8), verbose_name=_("languages at home"), default=list, blank=True
    )
    food_needs = models.CharField(_("food needs"), max_length=200, blank=True)
    access_needs = models.CharField(_("access needs"), max_length=200, blank=True)
    needs_transport = models.BooleanField(_("needs a lift"), default=False)
    no_photo = models.BooleanField(_("no photos"), default=True)
    area = models.CharField(_("part of the municipality"), max_length=80, blank=True)
    travels = models.CharField(_("how they get about"), max_length=5, choices=Travel.choices, blank=True)
    times = ArrayField(
        models.CharField(max_length=7),
        verbose_name=_("when they can meet"),
        default=list,
        blank=True,
    )
    can_meet = models.CharField(_("more about when they can meet"), max_length=200, blank=True)
    likes = models.CharField(_("what they like to do"), max_length=300, blank=True)
    contributes = models.CharField(_("likes to contribute"), max_length=200, blank=True)
    protection = models.CharField(
        _("protected address"), max_length=20, choices=Protection.choices, default=Protection.NONE
    )
    created_at = models.DateTimeField(auto_now_add=True)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="merged_families", editable=False
    )

    objects = FamilyQuerySet.as_manager()

    class Meta:
        ordering = [NbKey("name"), "pk"]
        verbose_name = _("family")
        verbose_name_plural = _("families")
        indexes = [models.Index("municipality", NbKey("name"), name="family_by_name")]
        constraints = [
            models.CheckConstraint(
                condition=Q(protection__in=["none", "confidential"]), name="no_strictly_protected_family_is_kept"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_protected(self) -> bool:
        return self.protection != Protection.NONE
