"""Who takes part in a round, and what they have promised."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.access import requires
from accounts.permissions import Permission
from accounts.requests import Request
from planning.forms.partners import RoundPartnerForm
from planning.models import Round, RoundPartner
from planning.views.resources import Line, Noun, Way, form_page, here, joined, list_page

ROUND_PARTNER = Noun(
    name="round_partner",
    title=gettext_lazy("Who takes part"),
    lead=gettext_lazy("Municipal units and others who take part in the round, and what they have promised."),
    add=gettext_lazy("Add somebody who takes part"),
    change=gettext_lazy("Change what was promised"),
    empty=gettext_lazy("Nobody has promised anything yet"),
    empty_text=gettext_lazy("Add the units and partners who take part, with what each of them has promised."),
    taken=gettext_lazy("This partner takes part already."),
)


@requires(Permission.PLANNING_VIEW)
def round_partners(request: Request, number: str, pk: int) -> HttpResponse:
    """The municipality's own units first, then the others."""
    in_round = get_object_or_404(Round.objects.visible_to(request.user), pk=pk)

    def line(row: RoundPartner) -> Line:
        partner = row.partner
        return Line(
            partner.name,
            here(request, "edit_round_partner", row.pk),
            [joined(partner.get_kind_display(), partner.contact_person), row.commitment],
            [(_("no longer takes part"), "neutral")] if row.ended_on else [],
            partner.phone,
        )

    rows = RoundPartner.objects.visible_to(request.user).filter(round=in_round).select_related("partner")
    new = here(request, "new_round_partner", pk)
    way = Way(here(request, "resources"), in_round.name, new)
    return list_page(request, ROUND_PARTNER, rows.in_use_first(), line, way=way)


def to_round(request: Request, in_round: Round) -> Way:
    return Way(here(request, "round_partners", in_round.pk), _("Who takes part"))


@requires(Permission.PLANNING_EDIT)
def new_round_partner(request: Request, number: str, pk: int) -> HttpResponse:
    """A partner comes into the round."""
    in_round = get_object_or_404(Round.objects.visible_to(request.user), pk=pk)
    form = RoundPartnerForm(request.POST or None, in_round=in_round)
    way = to_round(request, in_round)
    if not form.fields["partner"].queryset.exists():  # type: ignore[attr-defined]
        way.extra["lead"] = _("Every partner of the municipality is in the round. Add a new partner first.")
    return form_page(request, ROUND_PARTNER, form, way=way)


@requires(Permission.PLANNING_EDIT)
def edit_round_partner(request: Request, number: str, pk: int) -> HttpResponse:
    """Change what was promised, or note that they no longer take part."""
    rows = RoundPartner.objects.visible_to(request.user).select_related("round", "partner")
    row = get_object_or_404(rows, pk=pk)
    form = RoundPartnerForm(request.POST or None, instance=row, in_round=row.round)
    way = to_round(request, row.round)
    before = RoundPartner.objects.filter(round=row.round.started_from_id or 0, partner=row.partner_id)
    for earlier in before.exclude(commitment="").select_related("round"):
        words = {"round": earlier.round.name, "commitment": earlier.commitment}
        way.extra["lead"] = _("In %(round)s they promised: %(commitment)s") % words
    return form_page(request, ROUND_PARTNER, form, way=way)
