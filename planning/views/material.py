"""What SOS-barnebyer offers, in the order of the steps."""

from django.http import HttpResponse

from accounts.access import requires
from accounts.permissions import Permission
from accounts.requests import Request
from planning.models import Material, NeededFor
from web.partials import render


@requires(Permission.PLANNING_VIEW)
def materials(request: Request, number: str) -> HttpResponse:
    """Everything, step by step. Links are followed only when somebody presses them."""
    rows = list(Material.objects.visible_to(request.user).in_use())
    parts = [(label, [row for row in rows if row.needed_for == value]) for value, label in NeededFor.choices]
    return render(request, "planning/materials.html", {"parts": [part for part in parts if part[1]]})
