"""Transport and interpreters that can be ordered."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.access import requires
from accounts.permissions import Permission
from accounts.requests import Request
from planning.forms.arrangements import ArrangementForm
from planning.models import Arrangement
from planning.views.resources import Line, Noun, Way, form_page, here, joined, list_page, out_of_use
from planning.views.volunteers import languages

ARRANGEMENT = Noun(
    name="arrangement",
    title=_("Transport and interpreters"),
    lead=_("Who can be ordered, how, and how long before."),
    add=_("Add an arrangement"),
    change=_("Change the arrangement"),
    empty=_("Nothing is arranged yet"),
    empty_text=_("A minibus, a taxi agreement, the interpreter service: add those you can order."),
)


@requires(Permission.PLANNING_VIEW)
def arrangements(request: Request, number: str) -> HttpResponse:
    """Transport first, then interpreters."""

    def line(row: Arrangement) -> Line:
        days = row.lead_days
        ahead = "" if days is None else ngettext("%(n)s day ahead", "%(n)s days ahead", days) % {"n": days}
        return Line(
            row.name,
            here(request, "edit_arrangement", row.pk),
            [joined(row.get_kind_display(), languages(row.speaks), ahead, row.price), row.how_to_order],
            out_of_use(row),
            row.phone,
        )

    return list_page(request, ARRANGEMENT, Arrangement.objects.visible_to(request.user).in_use_first(), line)


def to_arrangements(request: Request) -> Way:
    return Way(here(request, "arrangements"), str(ARRANGEMENT.title))


@requires(Permission.PLANNING_EDIT)
def new_arrangement(request: Request, number: str) -> HttpResponse:
    """Add one."""
    return form_page(request, ARRANGEMENT, ArrangementForm(request.POST or None), way=to_arrangements(request))


@requires(Permission.PLANNING_EDIT)
def edit_arrangement(request: Request, number: str, pk: int) -> HttpResponse:
    """Change one, or take it out of use."""
    row = get_object_or_404(Arrangement.objects.visible_to(request.user), pk=pk)
    form = ArrangementForm(request.POST or None, instance=row)
    return form_page(request, ARRANGEMENT, form, way=to_arrangements(request))
