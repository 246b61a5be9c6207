"""A group goes to a deputy for some days and back, or to another coordinator for good."""

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
from groups.forms import HandoverForm, NewCoordinatorForm
from groups.models import GroupCoordinator
from groups.services.coordinators import change_coordinator
from groups.services.handover import (
    DaysAreOver,
    FollowsAlready,
    GroupHasEnded,
    NotYoursToGive,
    SomebodyHasIt,
    hand_over,
    may_give,
    take_back,
)
from groups.views.groups import seen
from web.dates import day
from web.forms import add_errors
from web.partials import render


@requires(Permission.GROUP_EDIT)
def handover(request: Request, number: str, pk: int) -> HttpResponse:
    """Give the group to a deputy from one day to another; see and take back what was given."""
    group = seen(request, pk)
    today = timezone.localdate()
    form = HandoverForm(
        request.POST or None, municipality=request.municipality, group=group, initial={"since": today, "until": today}
    )
    if request.method == "POST" and form.is_valid():
        try:
            row = hand_over(group=group, **form.cleaned_data, by=request.user, today=today)
        except CertificateMissing:
            add_errors(form, {"deputy": _("No police certificate has been shown for this role.")})
        except NotYoursToGive:
            add_errors(form, {"": _("Only the leader and the group's own coordinator give it to a deputy.")})
        except DaysAreOver:
            add_errors(form, {"since": _("Choose days from today on.")})
        except GroupHasEnded:
            add_errors(form, {"": _("The group has ended.")})
        except FollowsAlready:
            add_errors(form, {"deputy": _("She or he follows the group in those days already.")})
        except SomebodyHasIt as taken:
            add_errors(form, {"since": words(taken.row)})
        else:
            messages.success(request, _("%(name)s has the group in those days.") % {"name": row.user})
            return redirect("groups:handover", number=number, pk=pk)
    context = {
        "form": form,
        "group": group,
        "may_give": may_give(request.user, group),
        "deputies": list(
            group.coordinators.filter(is_deputy=True, until__gte=today).select_related("user").order_by("since")
        ),
        "today": today,
    }
    return render(request, "groups/handover.html", context)


def words(row: GroupCoordinator | None) -> str:
    if row is None or row.until is None:
        return _("Another deputy has the group on one of these days.")
    return _("%(name)s has the group from %(since)s to %(until)s.") % {
        "name": row.user,
        "since": day(row.since),
        "until": day(row.until),
    }


@requires(Permission.GROUP_EDIT)
def new_coordinator(request: Request, number: str, pk: int) -> HttpResponse:
    """Somebody else follows the group from today on. Whoever gave it away may see it no longer: back to the list."""
    group = seen(request, pk)
    form = NewCoordinatorForm(request.POST or None, municipality=request.municipality, group=group)
    if request.method == "POST" and form.is_valid():
        try:
            row = change_coordinator(group=group, **form.cleaned_data, by=request.user, today=timezone.localdate())
        except CertificateMissing:
            add_errors(form, {"coordinator": _("No police certificate has been shown for this role.")})
        except NotYoursToGive:
            add_errors(form, {"": _("Only the leader and the group's own coordinator give it to somebody else.")})
        except GroupHasEnded:
            add_errors(form, {"": _("The group has ended.")})
        except FollowsAlready:
            add_errors(form, {"coordinator": _("She or he follows the group already.")})
        else:
            words = {"name": row.user, "group": group.name}
            messages.success(request, _("%(name)s follows %(group)s from today on.") % words)
            return redirect("groups:groups", number=number)
    context = {"form": form, "group": group, "may_give": may_give(request.user, group)}
    return render(request, "groups/new_coordinator.html", context)


@requires(Permission.GROUP_EDIT)
@require_POST
def handover_back(request: Request, number: str, pk: int, held: int) -> HttpResponse:
    """The deputy no longer has the group, from now on."""
    group = seen(request, pk)
    deputies = GroupCoordinator.objects.filter(group=group, is_deputy=True).select_related("user", "group")
    row = get_object_or_404(deputies, pk=held)
    try:
        take_back(held=row, by=request.user, today=timezone.localdate())
    except NotYoursToGive:
        messages.error(request, _("Only the leader and the group's own coordinator give it to a deputy."))
    else:
        messages.success(request, _("Taken back from %(name)s.") % {"name": row.user})
    return redirect("groups:handover", number=number, pk=pk)
