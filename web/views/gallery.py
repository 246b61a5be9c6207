"""Every component on one page, with invented people, for those who make pages."""

from datetime import datetime
from types import SimpleNamespace
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from web.drawings import Seat
from web.forms import PageForm, Segments, TallSegments, described
from web.icons import ICONS
from web.partials import render


class GalleryForm(PageForm):
    """One field of each kind."""

    kind = forms.ChoiceField(
        label=_("Kind of gathering"),
        widget=Segments,
        choices=[
            ("kick_off", _("Kick-off")),
            ("gathering", _("Gathering")),
            ("closing", _("Closing")),
        ],
    )
    activity = forms.CharField(label=_("Activity"), help_text=_("What you do together."))
    day = forms.DateField(label=_("Date"))
    start = forms.TimeField(label=_("From"))
    place = forms.ChoiceField(label=_("Place"), choices=[("", "–"), ("1", "Bjørkehuset, Skolegata 4")])
    way = forms.CharField(label=_("How to get there"), widget=forms.Textarea, required=False)
    helpers = forms.MultipleChoiceField(
        label=_("Who helps?"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        choices=[
            ("1", described("Ingrid Solheim", _("You. Meets the families at the door."))),
            ("2", described("Bjørn Dahl", _("Volunteer."))),
        ],
    )
    answer = forms.ChoiceField(
        label=_("Are you coming?"),
        widget=TallSegments,
        choices=[("yes", _("Yes, we are coming")), ("no", _("No, not this time"))],
    )
    who = forms.ChoiceField(
        label=_("Who carried it?"),
        widget=forms.RadioSelect,
        choices=[("us", _("The coordinator")), ("them", _("The families"))],
    )
    debrief = forms.BooleanField(
        label=_("I need a debrief"),
        help_text=_("Kari is told that you would like a talk. Nothing else."),
        required=False,
    )


SEATS = [
    Seat("yes", "Haddad", "5"),
    Seat("yes", "Tesfay", "3"),
    Seat("yes", "Berg", "4"),
    Seat("wait", "Kovalenko", "–"),
    Seat("some", "Okafor", "2 / 5"),
    Seat("no", "Nilsen", "0"),
]


def gallery(request: HttpRequest) -> HttpResponse:
    """Shows the components; a POST shows the form with its errors (nothing is kept)."""
    form = GalleryForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        messages.success(request, _("Saved."))
    oslo = ZoneInfo("Europe/Oslo")
    steps = [
        (_("Planning"), "done"),
        (_("Recruitment"), "done"),
        (_("Kick-off"), "done"),
        (_("Gatherings"), "current"),
        (_("Closing"), ""),
    ]
    context = {
        "form": form,
        "seats": SEATS,
        "counts": [(3, _("families are coming")), (1, _("family has not answered"))],
        "tables": [5, 6, 7, 8],
        "steps": [SimpleNamespace(title=title, state=state, note="") for title, state in steps],
        "icons": sorted(ICONS),
        "start": datetime(2026, 11, 26, 16, 30, tzinfo=oslo),
        "end": datetime(2026, 11, 26, 18, 30, tzinfo=oslo),
        "letter": "Hei Silje!\n\nAlle seks familiene tar med et brød de kan.\nhttps://sammen.example.org/b7Kq2",
        "roster": ["Berg", "Haddad", "Kovalenko"],
        "options": [("all", _("All")), ("some", _("Some")), ("none", _("None"))],
        "facts": [("Clock", _("When"), "16.30"), ("LocationPin", _("Where"), "Bjørkehuset, Skolegata 4")],
    }
    return render(request, "web/gallery.html", context)
