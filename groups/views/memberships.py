"""Families coming into a group and leaving it."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import requires
from accounts.permissions import Permission
from accounts.requests import Request
from audit.services import note_read
from families.forms.endings import EndingForm
from families.models import Family, Participation
from families.queries import ages, spoken, waiting_list
from groups.forms import AddFamiliesForm, EndMembershipForm
from groups.models import Membership
from groups.queries import kept_apart_from
from groups.services.groups import AlreadyInAGroup, NoOwnWish, add_family, end_membership, withdraw_wish
from groups.views.groups import seen
from web.forms import add_errors
from web.partials import render


@requires(Permission.GROUP_EDIT)
def add_families(request: Request, number: str, pk: int) -> HttpResponse:
    """Put families of the waiting list into the group by hand. Without their own wish they cannot be ticked."""
    group = seen(request, pk)
    if group.ended_on is not None:
        messages.info(request, _("The group has ended: no family is added to it."))
        return redirect("groups:group", number=number, pk=pk)
    waiting: list[Any] = list(waiting_list(request.user).filter(round=group.round_id))  # with has_wish
    note_read(request, "family", [row.family_id for row in waiting])
    today = timezone.localdate()
    apart = kept_apart_from(group)
    ready = {row.pk: (row, facts(row.family, apart[row.family_id], today)) for row in waiting if row.has_wish}
    form = AddFamiliesForm(
        request.POST or None, choices=[(pk, row.family.name, text) for pk, (row, text) in ready.items()]
    )
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                for chosen in form.cleaned_data["families"]:
                    add_family(participation=ready[int(chosen)][0], group=group, since=today, by=request.user)
        except AlreadyInAGroup:
            add_errors(form, {"families": _("One of these families is in a group already. Nothing was changed.")})
        except NoOwnWish:
            add_errors(form, {"families": _("One of these families has taken back its wish. Nothing was changed.")})
        else:
            return redirect("groups:group", number=number, pk=pk)
    context = {"form": form, "group": group, "without_wish": [row for row in waiting if not row.has_wish]}
    return render(request, "groups/add_families.html", context)


def facts(family: Family, apart: list[str], today: date) -> str:
    """What tells whether a family fits: languages, ages, and with whom it should not be. Not why."""
    kept = [_("Should not be in one group with %(family)s") % {"family": name} for name in apart]
    return " · ".join(filter(None, [spoken(family.languages), ages(list(family.people.all()), today), *kept]))


@requires(Permission.GROUP_EDIT)
def leave(request: Request, number: str, pk: int, membership: int) -> HttpResponse:
    """A family leaves the group; it can come back to another round."""
    group = seen(request, pk)
    row = get_object_or_404(Membership.objects.select_related("family"), pk=membership, group=group, to__isnull=True)
    note_read(request, "family", [row.family_id])
    form = EndMembershipForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        end_membership(membership=row, reason=form.cleaned_data["reason"], by=request.user, now=timezone.now())
        messages.success(request, _("The family has left the group. It gets no more invitations."))
        return redirect("groups:group", number=number, pk=pk)
    return render(request, "groups/leave.html", {"form": form, "group": group, "family": row.family})


@requires(Permission.FAMILY_EDIT)
def withdraw(request: Request, number: str, pk: int) -> HttpResponse:
    """The family no longer wants to take part: one page, then everything ends at once."""
    family = get_object_or_404(Family.objects.visible_to(request.user), pk=pk)
    note_read(request, "family", [family.pk])
    participation = get_object_or_404(Participation.objects.open(), family=family)
    form = EndingForm(request.POST or None, initial={"ending": Participation.Ending.DECLINED})
    if request.method == "POST" and form.is_valid():
        withdraw_wish(participation=participation, **form.cleaned_data, by=request.user, now=timezone.now())
        messages.success(request, _("Noted. The family gets no more invitations."))
        return redirect("families:waiting", number=number)
    return render(request, "groups/withdraw.html", {"form": form, "family": family})
