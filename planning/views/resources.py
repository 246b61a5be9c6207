"""The list and the form that every kind of resource has, made from its words."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.db.models import Model, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django_filters import FilterSet

from accounts.requests import Request
from planning.forms.resources import ResourceForm
from planning.services.resources import AlreadyThere, keep_resource, take_out
from web.forms import add_errors
from web.lists import listing
from web.partials import render

Words = str | Promise


@dataclass(frozen=True)
class Noun:
    """One kind of thing: its name in addresses and in the log, and what its pages say."""

    name: str
    title: Words
    lead: Words
    add: Words
    change: Words
    empty: Words
    empty_text: Words
    taken: Words = ""


@dataclass(frozen=True)
class Line:
    """A row of a list: where it leads, lines of quiet text, tags as (words, colour), a number to call."""

    title: str
    url: str
    text: Sequence[str] = ()
    tags: Sequence[tuple[str, str]] = ()
    phone: str = ""
    link: str = ""


@dataclass(frozen=True)
class Way:
    """Where a page leads back to, and where its list adds."""

    back: str
    back_words: str
    new: str = ""
    extra: dict[str, Any] = field(default_factory=dict)


def here(request: Request, name: str, *arguments: Any) -> str:
    """An address of the room in the municipality of the page."""
    return reverse(f"planning:{name}", args=[request.municipality.number, *arguments])


def to_resources(request: Request, noun: Noun) -> Way:
    """Back to the page that leads to all resources; adds by the noun's own page."""
    return Way(here(request, "resources"), _("Resources"), here(request, f"new_{noun.name}"))


def joined(*pieces: object) -> str:
    """Those that are there, with a dot between."""
    return " · ".join(str(piece) for piece in pieces if piece)


def out_of_use(row: Any) -> list[tuple[str, str]]:
    """The tag of a row that is no longer in use."""
    return [(_("no longer in use"), "neutral")] if row.ended_on else []


def list_page(
    request: Request,
    noun: Noun,
    rows: QuerySet[Any],
    line: Callable[[Any], Line],
    *,
    way: Way | None = None,
    filter_class: type[FilterSet] | None = None,
    template: str = "planning/list.html",
) -> HttpResponse:
    """The list, 30 a page."""
    found = listing(request, rows, filter_class=filter_class)
    way = way or to_resources(request, noun)
    context = {"noun": noun, "way": way, "listing": found, "lines": [line(row) for row in found.rows], **way.extra}
    return render(request, template, context, partial="rows")


def form_page(
    request: Request,
    noun: Noun,
    form: ResourceForm,
    *,
    way: Way,
    keep: Callable[..., Model] = keep_resource,
    template: str = "planning/form.html",
) -> HttpResponse:
    """The form; once the row is kept, back to where it came from."""
    if request.method == "POST" and form.is_valid():
        row = form.save(commit=False)
        who: dict[str, Any] = {"name": noun.name, "municipality": request.municipality, "by": request.user}
        if form.goes_out:
            take_out(row=row, **who)
            messages.success(request, _("Taken out."))
            return redirect(way.back)
        try:
            keep(row=row, **who, on=timezone.localdate(), ended=form.ends)
        except AlreadyThere:
            add_errors(form, {"": str(noun.taken)})
        else:
            messages.success(request, _("Saved."))
            return redirect(way.back)
    context = {"noun": noun, "way": way, "form": form, "is_new": form.instance.pk is None, **way.extra}
    return render(request, template, context)
