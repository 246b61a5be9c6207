"""Volunteers."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.access import requires
from accounts.permissions import Permission
from accounts.requests import Request
from planning.filters import VolunteerFilter
from planning.forms.volunteers import VolunteerForm
from planning.models import Volunteer
from planning.services.volunteers import keep_volunteer
from planning.views.resources import Line, Noun, Way, form_page, here, joined, list_page, out_of_use
from web.languages import SPOKEN_LANGUAGES

VOLUNTEER = Noun(
    name="volunteer",
    title=gettext_lazy("Volunteers"),
    lead=gettext_lazy("Adults who help at gatherings. Nobody helps a group before a police certificate is shown."),
    add=gettext_lazy("Add a volunteer"),
    change=gettext_lazy("Change a volunteer"),
    empty=gettext_lazy("No volunteer yet"),
    empty_text=gettext_lazy("A neighbour, a pensioner, somebody from an earlier round: who could help at a gathering?"),
)


def languages(codes: list[str]) -> str:
    return ", ".join(str(SPOKEN_LANGUAGES.get(code, code)) for code in codes)


@requires(Permission.PLANNING_VIEW)
def volunteers(request: Request, number: str) -> HttpResponse:
    """Everybody, by name, with the groups each helps; those who have stopped last."""

    def line(row: Volunteer) -> Line:
        groups = ", ".join(helping.group.name for helping in row.groups.all() if helping.until is None)
        missing = [] if row.has_certificate else [(_("no police certificate shown yet"), "warning")]
        return Line(
            row.name,
            here(request, "edit_volunteer", row.pk),
            [
                joined(languages(row.speaks), row.skills),
                row.networks,
                _("Helps %(groups)s") % {"groups": groups} if groups else "",
            ],
            out_of_use(row) or missing,
            row.phone,
        )

    rows = Volunteer.objects.visible_to(request.user).in_use_first()
    rows = rows.select_related("certificate").prefetch_related("groups__group")
    return list_page(request, VOLUNTEER, rows, line, filter_class=VolunteerFilter)


def to_volunteers(request: Request) -> Way:
    return Way(here(request, "volunteers"), str(VOLUNTEER.title))


@requires(Permission.PLANNING_EDIT)
def new_volunteer(request: Request, number: str) -> HttpResponse:
    """Add one."""
    form = VolunteerForm(request.POST or None, municipality=request.municipality)
    return form_page(request, VOLUNTEER, form, way=to_volunteers(request), keep=keep_volunteer)


@requires(Permission.PLANNING_EDIT)
def edit_volunteer(request: Request, number: str, pk: int) -> HttpResponse:
    """Change one, or note that she has stopped: then she helps no group any more."""
    row = get_object_or_404(Volunteer.objects.visible_to(request.user).select_related("certificate"), pk=pk)
    form = VolunteerForm(request.POST or None, instance=row, municipality=request.municipality)
    way = to_volunteers(request)
    way.extra["lead"] = (
        _("A police certificate has been shown.")
        if row.has_certificate
        else _("No police certificate has been shown yet: she or he cannot help a group before that.")
    )
    return form_page(request, VOLUNTEER, form, way=way, keep=keep_volunteer)
