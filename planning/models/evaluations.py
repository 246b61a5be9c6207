"""The evaluation of a round: what the leader and the coordinators say together before the next one."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from audit.history import tracked
from municipalities.models import Owned
from planning.models.rounds import Round
from planning.rules.evaluation import Ready


class EvaluationQuerySet(models.QuerySet["Evaluation"]):
    """Evaluations, by how far they are."""

    def written(self) -> Self:
        """Those that say what a round cannot be closed without (domain rule 9)."""
        return self.exclude(worked="").exclude(did_not="").exclude(differently="").exclude(ready="")


@tracked
class Evaluation(Owned):
    """One a round. `version` rises with each save: who saves on top of a newer one is shown both."""

    round = models.OneToOneField(Round, on_delete=models.CASCADE, related_name="evaluation")
    worked = models.TextField(max_length=2000, blank=True)
    did_not = models.TextField(max_length=2000, blank=True)
    differently = models.TextField(max_length=2000, blank=True)
    unexpected = models.TextField(max_length=2000, blank=True)
    administration = models.TextField(max_length=2000, blank=True)
    economy = models.TextField(max_length=2000, blank=True)
    places = models.TextField(max_length=2000, blank=True)
    recruitment = models.TextField(max_length=2000, blank=True)
    media = models.TextField(max_length=2000, blank=True)
    other = models.TextField(max_length=2000, blank=True)
    ready = models.CharField(_("ready for another round"), max_length=8, choices=Ready.choices, blank=True)
    version = models.PositiveIntegerField(default=1)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    objects = EvaluationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ready__in=["", *Ready.values]), name="an_evaluation_knows_what_is_next"),
            models.CheckConstraint(condition=Q(version__gte=1), name="an_evaluation_was_saved"),
        ]

    def __str__(self) -> str:
        return str(self.round)

    @property
    def is_written(self) -> bool:
        return all((self.worked, self.did_not, self.differently, self.ready))
