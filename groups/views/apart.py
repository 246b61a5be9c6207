"""Families of a round that should not be in one group."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import requires
from accounts.permissions import Permission
from accounts.requests import Request
from audit.services import note_read
from families.models import NotTogether
from families.services.apart import NotedAlready, keep_apart, let_together
from groups.forms.compositions import ApartForm
from groups.views.compositions import seen
from groups.workbench import material_of
from groups.workbench_page import apart_of
from web.forms import add_errors
from web.partials import render


@requires(Permission.GROUP_COMPOSE)
def apart(request: Request, number: str, pk: int) -> HttpResponse:
    """Note two that should not share a group, or that they may after all. Only those at the table can be chosen."""
    in_round = seen(request, pk)
    material = material_of(in_round, request.user)
    note_read(request, "family", material.ids)
    if "end" in request.POST:
        mine = NotTogether.objects.standing().filter(pk__in=[pair.pk for pair in material.apart])
        asked = request.POST["end"]
        pair = get_object_or_404(mine, pk=asked if asked.isdecimal() else 0)
        let_together(pair=pair, by=request.user, now=timezone.now())
        messages.success(request, _("Noted: they may be in one group."))
        return redirect("groups:apart", number=number, pk=pk)
    form = ApartForm(request.POST or None, families=material.families)
    if request.method == "POST" and form.is_valid():
        first, second = form.chosen()
        try:
            keep_apart(first=first, second=second, reason=form.cleaned_data["reason"], by=request.user)
        except NotedAlready:
            add_errors(form, {"second": _("That is noted already for these two.")})
        else:
            messages.success(request, _("Noted. No proposal puts them in one group."))
            return redirect("groups:apart", number=number, pk=pk)
    names = {key: family.name for key, family in material.families.items()}
    context = {"form": form, "round": in_round, "pairs": apart_of(material, names, request.user)}
    return render(request, "groups/apart.html", context)
