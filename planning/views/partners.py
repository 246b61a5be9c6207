"""Partners of the municipality."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from accounts.access import requires
from accounts.permissions import Permission
from accounts.requests import Request
from planning.filters import PartnerFilter
from planning.forms.partners import PartnerForm
from planning.models import Partner
from planning.views.resources import Line, Noun, Way, form_page, here, joined, list_page, out_of_use

PARTNER = Noun(
    name="partner",
    title=_("Partners"),
    lead=_("Who else does something for the same families, and whom to call."),
    add=_("Add a partner"),
    change=_("Change a partner"),
    empty=_("No partner yet"),
    empty_text=_("Begin with those who meet families already: the refugee service, a school, the volunteer centre."),
)


@requires(Permission.PLANNING_VIEW)
def partners(request: Request, number: str) -> HttpResponse:
    """Everybody there is, by name; those no longer in use last."""

    def line(row: Partner) -> Line:
        recruits = [(str(_("families can be found through them")), "success")] if row.recruits else []
        return Line(
            row.name,
            here(request, "edit_partner", row.pk),
            [joined(row.get_kind_display(), row.contact_person), row.offers],
            [*recruits, *out_of_use(row)],
            row.phone,
        )

    rows = Partner.objects.visible_to(request.user).in_use_first()
    return list_page(request, PARTNER, rows, line, filter_class=PartnerFilter)


def to_partners(request: Request) -> Way:
    return Way(here(request, "partners"), str(PARTNER.title))


@requires(Permission.PLANNING_EDIT)
def new_partner(request: Request, number: str) -> HttpResponse:
    """Add one."""
    return form_page(request, PARTNER, PartnerForm(request.POST or None), way=to_partners(request))


@requires(Permission.PLANNING_EDIT)
def edit_partner(request: Request, number: str, pk: int) -> HttpResponse:
    """Change one, or take it out of use."""
    row = get_object_or_404(Partner.objects.visible_to(request.user), pk=pk)
    return form_page(request, PARTNER, PartnerForm(request.POST or None, instance=row), way=to_partners(request))
