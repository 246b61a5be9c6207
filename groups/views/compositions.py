"""The workbench: families that want to take part and groups side by side, a proposal, and the decision."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import requires
from accounts.permissions import Permission
from accounts.requests import Request
from accounts.services.certificates import CertificateMissing
from audit.services import note_read
from groups.forms.compositions import ConfirmForm, SettingsForm
from groups.models import Composition
from groups.services import compositions as services
from groups.services.groups import AlreadyInAGroup, NameTaken, NoOwnWish
from groups.workbench import Material, material_of, settings_of
from groups.workbench_page import Page, page_of
from planning.models import Round
from web.forms import add_errors
from web.partials import render


def seen(request: Request, pk: int) -> Round:
    return get_object_or_404(Round.objects.running().visible_to(request.user), pk=pk)


def draft_of(request: Request, in_round: Round) -> Composition:
    """Her draft; one that is not kept yet when she has none: looking writes nothing."""
    found = Composition.objects.open().filter(round=in_round, made_by=request.user).select_related("round").first()
    return found or Composition(municipality=request.municipality, round=in_round, made_by=request.user)


def settings_form(request: Request, composition: Composition, material: Material, *, sent: bool) -> SettingsForm:
    settings = settings_of(composition, material)
    areas = {str(group.pk): (group.name, settings["areas"].get(str(group.pk), "")) for group in material.groups}
    return SettingsForm(
        request.POST if sent else None,
        areas=areas,
        languages=material.foreign_languages,
        initial={**settings, "time_limit": composition.time_limit},
    )


def show(request: Request, composition: Composition, material: Material, **extra: Any) -> HttpResponse:
    """The page, or the piece of it that htmx asked for. Everybody on it is noted as read."""
    note_read(request, "family", material.ids)
    page: Page = page_of(composition, material, request.user, timezone.now())
    context = {
        "round": composition.round,
        "composition": composition,
        "page": page,
        "form": settings_form(request, composition, material, sent=False),
        "decided": list(
            Composition.objects.visible_to(request.user)
            .filter(round=composition.round, decided_at__isnull=False)
            .select_related("decided_by")
        ),
        **extra,
    }
    return render(request, "groups/compose.html", context, partial=("bench", "progress"))


@requires(Permission.GROUP_COMPOSE)
def compose(request: Request, number: str, pk: int) -> HttpResponse:
    """Move families, let the worker propose, and look at how they fit. Each button says what it does."""
    in_round = seen(request, pk)
    if request.method != "POST":
        return show(request, draft_of(request, in_round), material_of(in_round, request.user))
    composition = services.open_composition(in_round=in_round, by=request.user)
    moved = 0
    if "settings" in request.POST:
        material = material_of(in_round, request.user)
        form = settings_form(request, composition, material, sent=True)
        if not form.is_valid():
            return show(request, composition, material, form=form)
        data = dict(form.cleaned_data)
        limit = data.pop("time_limit")
        services.change_settings(composition=composition, settings=data, time_limit=limit, by=request.user)
    else:
        moved = act(request, composition)
    if request.htmx:
        material = material_of(in_round, request.user)
        return show(request, composition, material, moved=moved)
    return redirect("groups:compose", number=number, pk=pk)


def act(request: Request, composition: Composition) -> int:
    """Do what the button says; the id of a family that was moved by it, else 0."""
    said = request.POST
    try:
        if "move" in said:
            moves = [part.split(":") for part in said["move"].split(",") if part.count(":") == 1]
            for family, to in moves:
                services.move_family(composition=composition, family=as_number(family), to=to, by=request.user)
            return as_number(moves[0][0]) if moves else 0
        if "use" in said:
            services.use_proposal(composition=composition, number=as_number(said["use"]), by=request.user)
        elif "propose" in said:
            services.ask_for_proposals(composition=composition, by=request.user, now=timezone.now())
            composition.refresh_from_db()
        elif "stop" in said:
            services.stop_proposing(composition=composition, by=request.user)
            composition.refresh_from_db()
        elif "clear" in said:
            services.clear_draft(composition=composition, by=request.user)
    except services.NotAtTheTable:
        messages.warning(request, _("The list has changed since you opened the page. Look again, please."))
    return 0


def as_number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 12 else -1


@requires(Permission.GROUP_COMPOSE)
def confirm(request: Request, number: str, pk: int) -> HttpResponse:
    """A person decides: names and coordinators of the new groups, and why."""
    in_round = seen(request, pk)
    composition = draft_of(request, in_round)
    material = material_of(in_round, request.user)
    note_read(request, "family", material.ids)
    page = page_of(composition, material, request.user, timezone.now())
    new = services.to_be_made(composition, material)
    form = ConfirmForm(request.POST or None, new=new, municipality=request.municipality, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            count = services.confirm_composition(
                composition=composition,
                new_groups=form.new_groups(),
                decision=form.cleaned_data["decision"],
                today=timezone.localdate(),
                now=timezone.now(),
                by=request.user,
            )
        except services.NothingToDecide:
            add_errors(form, {"": _("No family has been moved to a group yet.")})
        except services.NeedsAReason:
            add_errors(form, {"decision": _("A rule that should hold is broken. Write why it is right all the same.")})
        except NameTaken:
            add_errors(form, {"": _("The round has a group of that name already.")})
        except CertificateMissing:
            add_errors(form, {"": _("No police certificate has been shown for this role.")})
        except (AlreadyInAGroup, NoOwnWish):
            add_errors(form, {"": _("A family has got a group or taken back its wish meanwhile. Nothing was changed.")})
        else:
            messages.success(request, _("The groups are made. %(n)d families have a place.") % {"n": count})
            return redirect("groups:groups", number=number)
    return render(request, "groups/confirm_composition.html", {"form": form, "round": in_round, "page": page})
