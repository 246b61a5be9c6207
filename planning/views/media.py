"""Contacts in the media, coverage, and how to talk with them so that nobody feels ashamed."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.access import requires
from accounts.permissions import Permission
from accounts.requests import Request
from planning.forms.media import CoverageForm, MediaContactForm
from planning.models import MediaContact, MediaCoverage, Round
from planning.views.resources import Line, Noun, Way, form_page, here, joined, list_page, out_of_use, to_resources
from web.dates import long_date
from web.partials import render

CONTACT = Noun(
    name="media_contact",
    title=gettext_lazy("Media"),
    lead=gettext_lazy("Whom to tell, before you recruit and when you celebrate."),
    add=gettext_lazy("Add a contact"),
    change=gettext_lazy("Change the contact"),
    empty=gettext_lazy("No contact yet"),
    empty_text=gettext_lazy("The local paper, the radio, the municipality's own page: whom do you call?"),
)
COVERAGE = Noun(
    name="coverage",
    title=gettext_lazy("What was told"),
    lead=gettext_lazy("What was written and broadcast about your rounds."),
    add=gettext_lazy("Add what was told"),
    change=gettext_lazy("Change what was told"),
    empty=gettext_lazy("Nothing yet"),
    empty_text=gettext_lazy("Add the article when it is out. It belongs in the report to SOS-barnebyer."),
)


@requires(Permission.PLANNING_VIEW)
def media_contacts(request: Request, number: str) -> HttpResponse:
    """Whom to call, by newspaper; above them the way to the advice."""

    def line(row: MediaContact) -> Line:
        url = here(request, "edit_media_contact", row.pk)
        return Line(row.name, url, [joined(row.outlet, row.email), row.note], out_of_use(row), row.phone)

    rows = MediaContact.objects.visible_to(request.user).in_use_first()
    way = to_resources(request, CONTACT)
    return list_page(request, CONTACT, rows, line, way=way, template="planning/media_contacts.html")


def to_contacts(request: Request) -> Way:
    return Way(here(request, "media_contacts"), str(CONTACT.title))


@requires(Permission.PLANNING_EDIT)
def new_media_contact(request: Request, number: str) -> HttpResponse:
    """Add one."""
    return form_page(request, CONTACT, MediaContactForm(request.POST or None), way=to_contacts(request))


@requires(Permission.PLANNING_EDIT)
def edit_media_contact(request: Request, number: str, pk: int) -> HttpResponse:
    """Change one, or take it out of use."""
    row = get_object_or_404(MediaContact.objects.visible_to(request.user), pk=pk)
    return form_page(request, CONTACT, MediaContactForm(request.POST or None, instance=row), way=to_contacts(request))


@requires(Permission.PLANNING_VIEW)
def coverage(request: Request, number: str) -> HttpResponse:
    """The latest first."""

    def line(row: MediaCoverage) -> Line:
        url = here(request, "edit_coverage", row.pk)
        return Line(row.title, url, [joined(row.outlet, long_date(row.published_on), row.round)], link=row.link)

    rows = MediaCoverage.objects.visible_to(request.user).select_related("round")
    way = Way(here(request, "media_contacts"), str(CONTACT.title), here(request, "new_coverage"))
    return list_page(request, COVERAGE, rows, line, way=way)


def to_coverage(request: Request) -> Way:
    return Way(here(request, "coverage"), str(COVERAGE.title))


@requires(Permission.PLANNING_EDIT)
def new_coverage(request: Request, number: str) -> HttpResponse:
    """Add what was told."""
    form = CoverageForm(request.POST or None, user=request.user, initial={"published_on": timezone.localdate()})
    return form_page(request, COVERAGE, form, way=to_coverage(request))


@requires(Permission.PLANNING_EDIT)
def edit_coverage(request: Request, number: str, pk: int) -> HttpResponse:
    """Mend it, or take it out."""
    row = get_object_or_404(MediaCoverage.objects.visible_to(request.user), pk=pk)
    form = CoverageForm(request.POST or None, instance=row, user=request.user)
    return form_page(request, COVERAGE, form, way=to_coverage(request))


@requires(Permission.PLANNING_VIEW)
def media_advice(request: Request, number: str) -> HttpResponse:
    """What to tell and what to leave alone, and whom to ask."""
    tell = [
        _("Tell what is done together: six families bake bread, and the neighbours smell it."),
        _("Say what the families give. They host, cook, teach and decide: they are not somebody who is helped."),
        _("Use one true sentence about why: many adults here have few people to call, and it can be anybody."),
        _("Let the picture show hands, tables and laughter. People stand in it because they asked to."),
        _("End with how to join, and that it is free: then the article recruits too."),
    ]
    leave = [
        _("Words such as lonely, weak, poor, isolated or integration about those who are pictured."),
        _("Where somebody comes from, why they came, and who referred them."),
        _("A day, a place and a face together before the gathering is over."),
        _("A family with a protected address: neither name, picture, voice nor back of the head."),
    ]
    before = [
        _("Each person who is pictured or quoted has said yes to just this, and can say no until it is printed."),
        _("Nobody is asked in front of the others. Those who say no have another place to sit."),
        _("The journalist has promised to read the quotations back before printing."),
        _("For a child both parents say yes, and the child too."),
    ]
    parts = [
        (_("What to tell"), tell, "Checkmark"),
        (_("What to leave out"), leave, "XMark"),
        (_("Before anybody comes"), before, "Eye"),
    ]
    rounds = list(Round.objects.visible_to(request.user).running())
    return render(request, "planning/media_advice.html", {"parts": parts, "rounds": rounds})
