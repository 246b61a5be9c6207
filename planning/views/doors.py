"""The picture of a venue's door: shown, changed, taken away."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from accounts.access import requires
from accounts.permissions import Permission
from accounts.requests import Request
from planning.forms.venues import DoorForm
from planning.models import Venue, VenueDoor
from planning.services.venues import remove_door, set_door
from web.partials import render


@requires(Permission.PLANNING_VIEW)
def door(request: Request, number: str, pk: int) -> HttpResponse:
    """The picture itself, for those who may see the venue."""
    row = get_object_or_404(VenueDoor.objects.visible_to(request.user), venue=pk)
    return HttpResponse(bytes(row.image), content_type="image/jpeg")


@requires(Permission.PLANNING_EDIT)
def edit_door(request: Request, number: str, pk: int) -> HttpResponse:
    """A new picture, a better description, or none any more."""
    venue = get_object_or_404(Venue.objects.visible_to(request.user), pk=pk)
    old = VenueDoor.objects.filter(venue=venue).defer("image").first()
    form = DoorForm(
        request.POST or None,
        request.FILES or None,
        has_door=old is not None,
        initial={"alt": old.alt if old else ""},
    )
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data.get("remove"):
            remove_door(venue=venue, by=request.user)
            messages.success(request, _("The picture is gone."))
        else:
            picture, alt = form.cleaned_data["file"], form.cleaned_data["alt"]
            set_door(venue=venue, picture=picture, alt=alt, by=request.user)
            messages.success(request, _("Saved."))
        return redirect("planning:venue", number=number, pk=pk)
    return render(request, "planning/door.html", {"form": form, "venue": venue, "door": old})
