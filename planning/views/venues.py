"""Places to meet."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.access import requires
from accounts.permissions import Permission
from accounts.requests import Request
from planning.filters import VenueFilter
from planning.forms.venues import VenueForm
from planning.models import Kitchen, UsedFor, Venue, VenueDoor
from planning.views.resources import Line, Noun, Way, form_page, here, joined, list_page, out_of_use
from web.partials import render

VENUE = Noun(
    name="venue",
    title=gettext_lazy("Places to meet"),
    lead=gettext_lazy("For groups and for joint events. A place fills in the plan of a gathering."),
    add=gettext_lazy("Add a place"),
    change=gettext_lazy("Change the place"),
    empty=gettext_lazy("No place yet"),
    empty_text=gettext_lazy("A fixed place to meet makes it easier to come. Add the first one."),
)


def room_for(row: Venue) -> str:
    if row.capacity is None:
        return ""
    return ngettext("room for %(n)s person", "room for %(n)s people", row.capacity) % {"n": row.capacity}


def used_for(row: Venue) -> str:
    return {
        UsedFor.GROUPS: _("for groups"),
        UsedFor.JOINT: _("for joint events"),
        UsedFor.BOTH: _("for groups and joint events"),
    }[UsedFor(row.used_for)]


@requires(Permission.PLANNING_VIEW)
def venues(request: Request, number: str) -> HttpResponse:
    """Every place, by name; those no longer in use last."""

    def line(row: Venue) -> Line:
        kitchen = row.get_kitchen_display() if row.kitchen else ""
        return Line(
            row.name,
            here(request, "venue", row.pk),
            [row.address, joined(used_for(row), room_for(row), kitchen, row.cost)],
            out_of_use(row),
        )

    rows = Venue.objects.visible_to(request.user).in_use_first()
    return list_page(request, VENUE, rows, line, filter_class=VenueFilter)


@requires(Permission.PLANNING_VIEW)
def venue(request: Request, number: str, pk: int) -> HttpResponse:
    """The way there, the door, and what the place has."""
    row = get_object_or_404(Venue.objects.visible_to(request.user), pk=pk)
    facts = [
        ("LocationPin", _("Address"), row.address),
        ("Bus", _("How to get there"), row.directions),
        ("PersonGroup", _("Used for"), joined(used_for(row), room_for(row))),
        ("TrayFood", _("Kitchen"), row.get_kitchen_display() if row.kitchen != Kitchen.UNKNOWN else ""),
        ("House", _("Accessibility"), row.accessibility),
        ("Wallet", _("Cost"), row.cost),
    ]
    door = VenueDoor.objects.filter(venue=row).defer("image").first()
    context = {"venue": row, "facts": [fact for fact in facts if fact[2]], "door": door}
    return render(request, "planning/venue.html", context)


@requires(Permission.PLANNING_EDIT)
def new_venue(request: Request, number: str) -> HttpResponse:
    """Add one."""
    way = Way(here(request, "venues"), str(VENUE.title))
    return form_page(request, VENUE, VenueForm(request.POST or None), way=way)


@requires(Permission.PLANNING_EDIT)
def edit_venue(request: Request, number: str, pk: int) -> HttpResponse:
    """Change one, or take it out of use. Gatherings planned there keep what was written into them."""
    row = get_object_or_404(Venue.objects.visible_to(request.user), pk=pk)
    form = VenueForm(request.POST or None, instance=row)
    return form_page(request, VENUE, form, way=Way(here(request, "venue", pk), row.name))
