"""Resources: one page that leads to all of them."""

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.access import requires
from accounts.permissions import Permission
from accounts.requests import Request
from planning.queries.resources import counts, running_rounds
from planning.views.resources import here
from web.partials import render


@requires(Permission.PLANNING_VIEW)
def resources(request: Request, number: str) -> HttpResponse:
    """What there is to work with, with plain counts; then what belongs to each running round."""
    found = counts(request.user, timezone.localdate())

    def said(name: str, one: str, many: str, none: str) -> str:
        return (one if found[name] == 1 else many) % {"n": found[name]} if found[name] else none

    none = _("none yet")
    pages = [
        ("ideas", "Heart", _("Activity ideas"), said("ideas", _("one idea"), _("%(n)s ideas"), none)),
        ("venues", "LocationPin", _("Places to meet"), said("venues", _("one place"), _("%(n)s places"), none)),
        ("volunteers", "PersonGroup", _("Volunteers"), said("volunteers", _("one person"), _("%(n)s people"), none)),
        ("partners", "Handshake", _("Partners"), said("partners", _("one partner"), _("%(n)s partners"), none)),
        (
            "arrangements",
            "Bus",
            _("Transport and interpreters"),
            said("arrangements", _("one arrangement"), _("%(n)s arrangements"), none),
        ),
        ("media_contacts", "Chat", _("Media"), said("media_contacts", _("one contact"), _("%(n)s contacts"), none)),
        (
            "materials",
            "Files",
            _("Material from SOS-barnebyer"),
            said("materials", _("one text"), _("%(n)s texts"), none),
        ),
        (
            "school_holidays",
            "Calendar",
            _("School calendar"),
            said("school_holidays", _("one holiday to come"), _("%(n)s holidays to come"), _("no holiday to come")),
        ),
    ]
    rounds = [
        (
            row,
            ngettext("%(n)s takes part", "%(n)s take part", row.taking_part) % {"n": row.taking_part}  # type: ignore[attr-defined]
            if row.taking_part  # type: ignore[attr-defined]
            else _("nobody yet"),
            ngettext("%(n)s line", "%(n)s lines", row.lines) % {"n": row.lines}  # type: ignore[attr-defined]
            if row.lines  # type: ignore[attr-defined]
            else none,
        )
        for row in running_rounds(request.user)
    ]
    pages_with_address = [(here(request, name), *rest) for name, *rest in pages]
    return render(request, "planning/resources.html", {"pages": pages_with_address, "rounds": rounds})
