"""Activity ideas, the municipality's own and the national library's, and how it went."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from audit.history import tracked
from municipalities.models import Owned, Shared
from municipalities.sorting import NbKey
from planning.models.resources import OfRoundQuerySet, ResourceQuerySet
from planning.models.rounds import Round
from planning.rules.translated import in_language


class Season(models.TextChoices):
    WINTER = "winter", _("winter")
    SPRING = "spring", _("spring")
    SUMMER = "summer", _("summer")
    AUTUMN = "autumn", _("autumn")


class Where(models.TextChoices):
    INDOORS = "indoors", _("indoors")
    OUTDOORS = "outdoors", _("outdoors")
    BOTH = "both", _("indoors or outdoors")


class LanguageNeeded(models.TextChoices):
    NONE = "none", _("none")
    LITTLE = "little", _("a little")
    SOME = "some", _("quite a bit")


@tracked
class ActivityIdea(Shared):
    """A half-made plan: what to do, what it costs and needs. No season means the whole year; cost 0 means free.

    `key` names a national idea in data/ideas.json; `in_other` holds its words in other written languages.
    """

    key = models.CharField(max_length=40, blank=True, editable=False)
    title = models.CharField(_("title"), max_length=80)
    what = models.TextField(_("what you do"), max_length=1200)
    cost = models.PositiveIntegerField(_("kroner per family"), default=0)
    seasons = ArrayField(
        models.CharField(max_length=6, choices=Season.choices), verbose_name=_("seasons"), default=list, blank=True
    )
    where = models.CharField(_("where"), max_length=8, choices=Where.choices)
    language_needed = models.CharField(_("language needed"), max_length=6, choices=LanguageNeeded.choices)
    age_from = models.PositiveSmallIntegerField(_("from age"), default=0)
    age_to = models.PositiveSmallIntegerField(_("to age"), null=True, blank=True)
    wheelchair = models.BooleanField(_("works with a wheelchair"), default=False)
    realistic = models.TextField(_("what makes it realistic"), max_length=600, blank=True)
    lead_days = models.PositiveSmallIntegerField(_("days ahead"), default=0)
    book = models.CharField(_("whom to book"), max_length=200, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"), null=True, blank=True)
    in_other = models.JSONField(default=dict, blank=True, editable=False)
    ended_on = models.DateField(null=True, blank=True)

    objects = ResourceQuerySet["ActivityIdea"].as_manager()

    class Meta:
        ordering = [NbKey("title"), "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(age_to__isnull=True) | Q(age_to__gte=F("age_from")), name="an_idea_fits_some_age"
            ),
            models.UniqueConstraint(
                fields=["key"], condition=Q(municipality__isnull=True), name="a_national_idea_is_there_once"
            ),
        ]

    def __str__(self) -> str:
        return self.words["title"]

    @property
    def words(self) -> dict[str, str]:
        """Title, what, realistic and book in the reader's written language where there is one."""
        return in_language(self, ("title", "what", "realistic", "book"))


class Again(models.TextChoices):
    YES = "yes", _("yes")
    CHANGED = "changed", _("with changes")
    NO = "no", _("no")


@tracked
class IdeaNote(Owned):
    """How an idea went in a round, for whoever tries it next. About the activity, never about a family."""

    idea = models.ForeignKey(ActivityIdea, on_delete=models.PROTECT, related_name="notes")
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="+")
    again = models.CharField(_("do it again?"), max_length=8, choices=Again.choices)
    text = models.TextField(_("how it went"), max_length=600)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField(auto_now_add=True)

    objects = OfRoundQuerySet["IdeaNote"].as_manager()

    class Meta:
        ordering = ["-noted_at", "-pk"]

    def __str__(self) -> str:
        return self.text
