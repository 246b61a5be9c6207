"""The group's own goal: written once it has met, changed when the group changes its mind."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import requires
from accounts.permissions import Permission
from accounts.requests import Request
from groups.models import Group
from sessions_log.forms.goals import GoalForm
from sessions_log.models import GroupGoal
from sessions_log.queries.goals import earlier_goals
from sessions_log.services.goals import NotMetYet, RoundIsClosed, has_met, note_goal
from web.partials import render


@requires(Permission.GROUP_EDIT)
def goal(request: Request, number: str, pk: int) -> HttpResponse:
    """Write or change it; what it was before stands below."""
    group, now = get_object_or_404(Group.objects.visible_to(request.user), pk=pk), timezone.now()
    row = GroupGoal.objects.filter(group=group).first()
    form = GoalForm(request.POST or None, initial={"words": row.words if row else ""})
    if request.method == "POST" and form.is_valid():
        try:
            note_goal(group=group, **form.cleaned_data, by=request.user, now=now)
        except NotMetYet:
            return not_yet(request, group)
        except RoundIsClosed:
            messages.info(request, _("The round is closed: the goal stays as it is."))
            return redirect("groups:group", number=number, pk=pk)
        messages.success(request, _("Noted. It is shown again at the end of the round."))
        return redirect("groups:group", number=number, pk=pk)
    if row is None and not has_met(group, now):
        return not_yet(request, group)
    context = {"form": form, "group": group, "earlier": earlier_goals(group) if row else []}
    return render(request, "sessions_log/goal.html", context)


def not_yet(request: Request, group: Group) -> HttpResponse:
    messages.info(request, _("The group says at its kick-off, or later, what it wants."))
    return redirect("groups:group", number=request.municipality.number, pk=group.pk)
