"""Every component on one page, with invented people, for those who make pages."""

from datetime import datetime
from types import SimpleNamespace
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from web.drawings import Seat
from web.forms import PageForm, Segments, TallSegments, described
from web.icons import ICONS
from web.partials import render


class GalleryForm(PageForm):
    """One field of each kind."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Kind of gathering"),
        widget=Segments,
        choices=[
            ("kick_off", gettext_lazy("Kick-off")),
            ("gathering", gettext_lazy("Gathering")),
            ("closing", gettext_lazy("Closing")),
        ],
    )
    activity = forms.CharField(label=gettext_lazy("Activity"), help_text=gettext_lazy("What you do together."))
    day = forms.DateField(label=gettext_lazy("Date"))
    start = forms.TimeField(label=gettext_lazy("From"))
    place = forms.ChoiceField(label=gettext_lazy("Place"), choices=[("", "–"), ("1", "Bjørkehuset, Skolegata 4")])
    way = forms.CharField(label=gettext_lazy("How to get there"), widget=forms.Textarea, required=False)
    helpers = forms.MultipleChoiceField(
        label=gettext_lazy("Who helps?"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        choices=[
            ("1", described("Ingrid Solheim", gettext_lazy("You. Meets the families at the door."))),
            ("2", described("Bjørn Dahl", gettext_lazy("Volunteer."))),
        ],
    )
    answer = forms.ChoiceField(
        label=gettext_lazy("Are you coming?"),
        widget=TallSegments,
        choices=[("yes", gettext_lazy("Yes, we are coming")), ("no", gettext_lazy("No, not this time"))],
    )
    who = forms.ChoiceField(
        label=gettext_lazy("Who carried it?"),
        widget=forms.RadioSelect,
        choices=[("us", gettext_lazy("The coordinator")), ("them", gettext_lazy("The families"))],
    )
    debrief = forms.BooleanField(
        label=gettext_lazy("I need a debrief"),
        help_text=gettext_lazy("Kari is told that you would like a talk. Nothing else."),
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
        "roster": ["Berg", "Haddad", "Kovalenko"],
        "options": [("all", _("All")), ("some", _("Some")), ("none", _("None"))],
        "facts": [("Clock", _("When"), "16.30"), ("LocationPin", _("Where"), "Bjørkehuset, Skolegata 4")],
    }
    return render(request, "web/gallery.html", context)
