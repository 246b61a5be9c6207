"""Others in the municipality who do something for the same families, and their part in a round."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from audit.history import tracked
from municipalities.sorting import NbKey
from planning.models.resources import OfRoundQuerySet, Resource, ResourceQuerySet
from planning.models.rounds import Round


class PartnerKind(models.TextChoices):
    MUNICIPAL = "municipal", _("municipal unit")
    VOLUNTARY = "voluntary", _("voluntary organisation")
    CLUB = "club", _("club or association")
    BUSINESS = "business", _("business")
    SCHOOL = "school", _("school or kindergarten")
    MEDIA = "media", _("media")
    OTHER = "other", _("other")


@tracked
class Partner(Resource):
    """An actor: who to call, what they offer, and whether families can be found through them."""

    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=12, choices=PartnerKind.choices)
    contact_person = models.CharField(_("contact person"), max_length=120, blank=True)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    offers = models.TextField(_("what they offer"), max_length=600, blank=True)
    recruits = models.BooleanField(_("families can be found through them"), default=False)

    objects = ResourceQuerySet["Partner"].as_manager()

    class Meta:
        ordering = [NbKey("name"), "pk"]

    def __str__(self) -> str:
        return self.name


@tracked
class RoundPartner(Resource):
    """A partner takes part in a round, and what it has promised. A municipal unit that takes part is one of these."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="partners")
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="rounds")
    commitment = models.TextField(_("what they have promised"), max_length=400, blank=True)

    objects = OfRoundQuerySet["RoundPartner"].as_manager()

    class Meta:
        ordering = [
            models.Case(models.When(partner__kind=PartnerKind.MUNICIPAL, then=0), default=1),  # own units first
            "partner__kind",
            NbKey("partner__name"),
            "pk",
        ]
        constraints = [models.UniqueConstraint(fields=["round", "partner"], name="a_partner_is_in_a_round_once")]

    def __str__(self) -> str:
        return str(self.partner)
