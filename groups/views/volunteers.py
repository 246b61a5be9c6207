"""Volunteers coming to a group and leaving it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import requires
from accounts.permissions import Permission
from accounts.requests import Request
from accounts.services.certificates import CertificateMissing
from groups.forms import AddVolunteerForm
from groups.models import GroupVolunteer
from groups.services.volunteers import HasStopped, HelpsAlready, add_volunteer, end_volunteer
from groups.views.groups import seen
from planning.models import Volunteer
from web.forms import add_errors
from web.partials import render


@requires(Permission.GROUP_EDIT)
def add(request: Request, number: str, pk: int) -> HttpResponse:
    """Choose a volunteer. Who has not shown a certificate is named, and cannot be chosen."""
    group = seen(request, pk)
    form = AddVolunteerForm(request.POST or None, group=group)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["volunteer"]
        try:
            add_volunteer(volunteer=chosen, group=group, since=timezone.localdate(), by=request.user)
        except CertificateMissing:
            add_errors(form, {"volunteer": _("No police certificate has been shown for this role.")})
        except (HelpsAlready, HasStopped):
            add_errors(form, {"volunteer": _("Choose a volunteer whose police certificate has been shown.")})
        else:
            messages.success(request, _("%(name)s helps this group now.") % {"name": chosen})
            return redirect("groups:group", number=number, pk=pk)
    without = [row for row in Volunteer.objects.in_use().select_related("certificate") if not row.has_certificate]
    return render(request, "groups/add_volunteer.html", {"form": form, "group": group, "without_certificate": without})


@requires(Permission.GROUP_EDIT)
@require_POST
def end(request: Request, number: str, pk: int, helping: int) -> HttpResponse:
    """The volunteer no longer helps the group."""
    group = seen(request, pk)
    rows = GroupVolunteer.objects.current().select_related("volunteer")
    row = get_object_or_404(rows, pk=helping, group=group)
    end_volunteer(helping=row, on=timezone.localdate(), by=request.user)
    messages.success(request, _("%(name)s no longer helps this group.") % {"name": row.volunteer})
    return redirect("groups:group", number=number, pk=pk)
