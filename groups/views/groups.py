"""Groups: the list, a new one, one group's page."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import requires
from accounts.permissions import Permission
from accounts.requests import Request
from accounts.services.certificates import CertificateMissing
from audit.services import note_read, record
from groups.forms import ChatForm, GroupForm
from groups.models import Group
from groups.queries import CARDS, groups_with_counts, members
from groups.services.groups import NORMAL_SIZE, NameTaken, make_group
from planning.models import Round
from web.forms import add_errors
from web.partials import render


@requires(Permission.GROUP_VIEW)
def groups(request: Request, number: str) -> HttpResponse:
    """The groups she follows; for a leader all of them."""
    rounds = Round.objects.running().visible_to(request.user)
    context = {"groups": list(groups_with_counts(request.user)), "rounds": list(rounds)}
    return render(request, "groups/groups.html", context)


@requires(Permission.GROUP_EDIT)
def new(request: Request, number: str) -> HttpResponse:
    """Make a group. A coordinator without a certificate is not among the choices."""
    form = GroupForm(request.POST or None, user=request.user, municipality=request.municipality)
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        in_round = data.pop("round")
        try:
            group = make_group(in_round=in_round, **data, since=timezone.localdate(), by=request.user)
        except NameTaken:
            add_errors(form, {"name": _("The round has a group of that name already.")})
        except CertificateMissing:
            add_errors(form, {"coordinator": _("No police certificate has been shown for this role.")})
        else:
            messages.success(request, _("The group is made. Now add its families."))
            return redirect("groups:add_families", number=number, pk=group.pk)
    return render(request, "groups/new.html", {"form": form})


def seen(request: Request, pk: int) -> Group:
    return get_object_or_404(Group.objects.visible_to(request.user).select_related("round", "meeting_place"), pk=pk)


@requires(Permission.GROUP_VIEW)
def group(request: Request, number: str, pk: int) -> HttpResponse:
    """A card a family: who they are, how to reach them, what to think of."""
    row = seen(request, pk)
    here = members(row)
    note_read(request, "family", [membership.family_id for membership in here])
    coordinators = list(row.coordinators.current().select_related("user"))
    context = {
        "group": row,
        "members": here,
        "coordinators": coordinators,
        "mine": any(held.user_id == request.user.pk for held in coordinators),
        "size_is_normal": len(here) in NORMAL_SIZE,
        "cards": [card(row) for card in CARDS],
        "today": timezone.localdate(),
    }
    return render(request, "groups/group.html", context)


@requires(Permission.GROUP_EDIT)
def edit(request: Request, number: str, pk: int) -> HttpResponse:
    """Name, meeting place and chat."""
    row = seen(request, pk)
    names = ("name", "meeting_place", "chat_kind", "chat_link")
    form = ChatForm(request.POST or None, initial={name: getattr(row, name) for name in names})
    if request.method == "POST" and form.is_valid():
        if Group.objects.filter(round=row.round_id, name=form.cleaned_data["name"]).exclude(pk=row.pk).exists():
            add_errors(form, {"name": _("The round has a group of that name already.")})
        else:
            for name in names:
                setattr(row, name, form.cleaned_data[name])
            row.save()
            record("change_group", by=request.user, municipality=request.municipality, group=row.pk)
            messages.success(request, _("Saved."))
            return redirect("groups:group", number=number, pk=pk)
    return render(request, "groups/edit.html", {"form": form, "group": row})
