"""The practical sheet of a gathering, for a hand or a printer, and arranging what it says."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from accounts.access import requires
from accounts.permissions import Permission
from accounts.requests import Request
from audit.services import note_read
from sessions_log.forms.arrange import ArrangeForm
from sessions_log.models import Gathering
from sessions_log.queries.sheet import Sheet, sheet_of
from sessions_log.services.sheets import arrange as arrange_gathering
from web.partials import render


def sheet_for(request: Request, pk: int) -> Sheet:
    """The sheet of a gathering of hers, as staff or as a volunteer who helps at it; the look is noted."""
    staff = request.user.may(Permission.GATHERING_VIEW)
    rows = Gathering.objects.visible_to(request.user) if staff else Gathering.objects.helped_by(request.user)
    found = sheet_of(get_object_or_404(rows.prefetch_related("groups"), pk=pk), request.user)
    note_read(request, "family", [line.guest.family.pk for line in found.coming])
    return found


@requires(Permission.HELPING_VIEW)
def sheet(request: Request, number: str, pk: int) -> HttpResponse:
    """When and where, who comes, who does what, who drives whom, what to shop for."""
    staff = request.user.may(Permission.GATHERING_VIEW)
    return render(request, "sessions_log/sheet.html", {"sheet": sheet_for(request, pk), "staff": staff})


@requires(Permission.GATHERING_EDIT)
def arrange(request: Request, number: str, pk: int) -> HttpResponse:
    """Say who drives whom and who brings or leads what; all in one form."""
    found = sheet_for(request, pk)
    if found.gathering.cancelled_at:
        raise Http404
    form = ArrangeForm(request.POST if request.method == "POST" else None, sheet=found)
    if request.method == "POST" and form.is_valid():
        arrange_gathering(gathering=found.gathering, **form.arranged(), by=request.user)
        messages.success(request, _("Saved."))
        return redirect("sessions_log:sheet", number=number, pk=pk)
    return render(request, "sessions_log/arrange.html", {"form": form, "sheet": found})
