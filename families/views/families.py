"""The waiting list, and a family's page."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import requires
from accounts.models import User
from accounts.permissions import Permission
from accounts.requests import Request
from audit.services import note_read, record
from families.duplicates.merges import merges_to_undo
from families.duplicates.pairs import alike, others_alike
from families.filters import WaitingFilter
from families.forms.families import FamilyForm, PersonForm, WishForm
from families.models import Conversation, Family, Participation
from families.queries import dates_of, follows, waiting_list
from families.services.protection import change_protection
from families.services.wishes import AlreadyNoted, note_contacted, note_wish
from outbox.services import reach_anew
from web.forms import add_errors
from web.lists import listing
from web.partials import render


@requires(Permission.FAMILY_VIEW)
def waiting(request: Request, number: str) -> HttpResponse:
    """Families that wait, longest first, each with its next step."""
    found = listing(request, waiting_list(request.user), filter_class=WaitingFilter)
    rows = found.rows
    families = [row.family for row in rows]
    note_read(request, "family", [family.pk for family in families])
    same = alike(families, request.user)
    days = request.municipality.waiting_limit_days
    limit = timezone.localdate() - timedelta(days=days)
    for row in rows:
        row.overdue = row.waiting_since < limit
        row.same_as = [pair.other(row.family) for pair in same.get(row.family_id, [])[:1]]
    note_read(request, "family", [other.pk for row in rows for other in row.same_as])
    context = {"listing": found, "rows": rows, "today": timezone.localdate(), "limit": days}
    return render(request, "families/waiting.html", context, partial="rows")


def seen(request: Request, pk: int) -> Family:
    """The family, if she may see it; the look is noted."""
    family = get_object_or_404(Family.objects.visible_to(request.user), pk=pk)
    note_read(request, "family", [family.pk])
    return family


@requires(Permission.FAMILY_VIEW)
def family(request: Request, number: str, pk: int) -> HttpResponse:
    """Who they are, how to reach them, what they need, and where they stand. An old address of a merged family leads
    to the one it is a part of now."""
    if kept := Family.objects.visible_to(request.user).filter(merged_families=pk).first():
        return redirect("families:family", number=number, pk=kept.pk)
    row = seen(request, pk)
    mine = follows(request.user, row)
    participations: list[Any] = list(  # with dates
        row.participations.select_related("round", "conversation")
        .prefetch_related("wishes", "memberships__group")
        .order_by("-pk")
    )
    for each in participations:
        each.dates = dates_of(each)
    current = next((each for each in participations if each.ended_on is None), None)
    wishes = [wish for wish in current.wishes.all() if wish.withdrawn_at is None] if current else []
    context: dict[str, Any] = {
        "family": row,
        "people": list(row.people.filter(left_on__isnull=True)),
        "participations": participations,
        "current": current,
        "wish": wishes[0] if wishes else None,
        "referrals": list(row.referrals.select_related("referred_by")),
        "sees_contact": mine or not row.is_protected,
        "sees_words": mine,
        "sees_reasons": reads_reasons(request.user, row),
        "held": Conversation.objects.filter(participation=current).select_related("held_by").first()
        if current and mine and request.user.may(Permission.CONVERSATION_NOTE)
        else None,
        "today": timezone.localdate(),
        "alike": others_alike(row, request.user),
        "merges": merges_to_undo(row, request.user, timezone.now()),
    }
    note_read(request, "family", [other.pk for other in context["alike"]])
    return render(request, "families/family.html", context)


def reads_reasons(user: User, row: Family) -> bool:
    """Why a way through a round ended, in the family's own words: for those who follow or followed it, not for a leader
    who coordinates other families. One query, and that for her alone."""
    if not user.may(Permission.CONVERSATION_NOTE):
        return False
    return not user.may(Permission.FAMILY_VIEW_ALL) or Family.objects.followed_by(user).filter(pk=row.pk).exists()


@requires(Permission.FAMILY_EDIT)
def edit(request: Request, number: str, pk: int) -> HttpResponse:
    """Mend what we know of the household and its adults."""
    row = seen(request, pk)
    if row.is_protected and not follows(request.user, row):
        messages.info(request, _("Only the family's coordinators change a protected family."))
        return redirect("families:family", number=number, pk=pk)
    form = FamilyForm(request.POST or None, instance=row, initial={"protection": row.protection})
    adults = [
        PersonForm(request.POST or None, instance=person, prefix=f"person-{person.pk}")
        for person in row.people.filter(kind="adult", left_on__isnull=True).select_related("family")
    ]
    if request.method == "POST" and all([form.is_valid(), *(adult.is_valid() for adult in adults)]):
        form.save()
        for adult in adults:
            adult.save()
            if {"channel", "phone", "email"} & set(adult.changed_data):
                reach_anew(recipient=f"person:{adult.instance.pk}")
        if (wanted := form.cleaned_data["protection"]) != row.protection:
            change_protection(family=row, protection=wanted, by=request.user)
        record("change_family", by=request.user, municipality=request.municipality, family=row.pk)
        messages.success(request, _("Saved."))
        return redirect("families:family", number=number, pk=pk)
    return render(request, "families/edit.html", {"form": form, "adults": adults, "family": row})


def open_participation(row: Family) -> Participation:
    return get_object_or_404(Participation.objects.open(), family=row)


@requires(Permission.FAMILY_EDIT)
def wish(request: Request, number: str, pk: int) -> HttpResponse:
    """Note the family's own wish to take part."""
    row = seen(request, pk)
    form = WishForm(request.POST or None, family=row, initial={"said_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            note_wish(participation=open_participation(row), **form.cleaned_data, by=request.user)
        except AlreadyNoted:
            add_errors(form, {"": _("Their wish is noted already.")})
        else:
            messages.success(request, _("Noted. The family can now be put into a group."))
            return redirect("families:family", number=number, pk=pk)
    return render(request, "families/wish.html", {"form": form, "family": row})


@requires(Permission.FAMILY_EDIT)
@require_POST
def contacted(request: Request, number: str, pk: int) -> HttpResponse:
    """Note that somebody has talked with the family."""
    row = seen(request, pk)
    note_contacted(participation=open_participation(row), on=timezone.localdate(), by=request.user)
    messages.success(request, _("Noted that you have talked."))
    return redirect("families:family", number=number, pk=pk)
