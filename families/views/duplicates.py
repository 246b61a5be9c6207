"""Families that may be the same: the list, two side by side, and taking a merge back."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import requires
from accounts.permissions import Permission
from accounts.requests import Request
from audit.services import note_read
from families.duplicates.pairs import all_alike, compared_by_hand, in_words
from families.forms.merging import MergeForm
from families.models import Family, Merge
from families.queries import follows
from families.services.merging import CannotBeMerged, CannotBeUndone, merge_families, note_two, undo_merge
from web.forms import add_errors
from web.lists import PER_PAGE, Listing
from web.partials import render


@requires(Permission.FAMILY_MERGE)
def duplicates(request: Request, number: str) -> HttpResponse:
    """Every two families she may see that may be one, the most alike first."""
    found = Listing(Paginator(all_alike(request.user), PER_PAGE).get_page(request.GET.get("page")), request.GET)
    note_read(request, "family", [pk for pair in found.rows for pk in (pair.first.pk, pair.second.pk)])
    return render(request, "families/duplicates.html", {"listing": found, "rows": found.rows})


def both(request: Request, pk: int, other: int) -> tuple[Family, Family]:
    """The two families, with their people, if she may see both; the look is noted."""
    rows = {
        row.pk: row
        for row in Family.objects.visible_to(request.user)
        .filter(pk__in=(pk, other))
        .prefetch_related("people", "participations__round", "participations__memberships__group")
    }
    if len(rows) < 2:
        raise Http404
    note_read(request, "family", rows)
    return rows[pk], rows[other]


@requires(Permission.FAMILY_MERGE)
def compare(request: Request, number: str, pk: int, other: int) -> HttpResponse:
    """Two families side by side: they are two, or they are one and this is what stays."""
    kept, merged = both(request, pk, other)
    followed = all(follows(request.user, row) for row in (kept, merged) if row.is_protected)
    sent = request.POST if request.method == "POST" else None
    form = MergeForm(sent, kept=kept, merged=merged, contacts=followed)
    if request.POST.get("then") == "two":
        note_two(first=kept, second=merged, by=request.user)
        messages.success(request, _("Noted that they are two. They are not shown together again."))
        return redirect("families:duplicates", number=number)
    if request.method == "POST" and form.is_valid():
        try:
            merge_families(kept=kept, merged=merged, choices=form.choices(), by=request.user, now=timezone.now())
        except CannotBeMerged as refused:
            add_errors(form, {"": str(refused)})
        else:
            messages.success(request, _("They are one family now. You can undo it for 30 days."))
            return redirect("families:family", number=number, pk=kept.pk)
    context = {
        "form": form,
        "kept": kept,
        "merged": merged,
        "sees_contact": followed,
        "reasons": in_words(compared_by_hand(kept, merged, request.user)),
    }
    return render(request, "families/compare.html", context)


@requires(Permission.FAMILY_MERGE)
@require_POST
def undo(request: Request, number: str, pk: int) -> HttpResponse:
    """Two families again."""
    merge = get_object_or_404(Merge.objects.filter(kept__in=Family.objects.visible_to(request.user)), pk=pk)
    note_read(request, "family", [merge.kept_id])
    try:
        undo_merge(merge=merge, by=request.user, now=timezone.now())
    except CannotBeUndone as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("They are two families again, as they were."))
    return redirect("families:family", number=number, pk=merge.kept_id)
