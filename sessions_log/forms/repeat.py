"""The part of the plan that repeats it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from municipalities.models import SchoolHoliday
from outbox.rules.quiet_hours import public_holidays
from sessions_log.models import GatheringKind
from sessions_log.queries.bookings import Taken, overlap, taken
from sessions_log.rules.series import MOST, SeriesDay, TooMany, rhythm, series_days
from web.forms import PageForm, TallSegments, described

RHYTHMS = [
    ("", _("Just this once")),
    ("1", _("Every week")),
    ("2", _("Every second week")),
    ("4", _("Every fourth week")),
]
BOXES = {"skips_public", "skips_school", "skips_taken"}


@dataclass(frozen=True)
class PlannedDay:
    """A day of the series as the page shows it: held unless `left_out`; `clash` says what has the place or somebody."""

    day: date
    left_out: str
    clash: str


def span_on(day: date, start: time, end: time) -> tuple[datetime, datetime]:
    return timezone.make_aware(datetime.combine(day, start)), timezone.make_aware(datetime.combine(day, end))


class RepeatForm(PageForm):
    """How often, until when, and which days are left out. Beside the form of the plan, on the same page."""

    repeat = forms.ChoiceField(label=_("Does it repeat?"), choices=RHYTHMS, widget=TallSegments, required=False)
    until = forms.DateField(label=_("Until"), widget=forms.DateInput, required=False)
    skips_public = forms.BooleanField(label=_("Leave out public holidays"), required=False, initial=True)
    skips_school = forms.BooleanField(label=_("Leave out school holidays"), required=False, initial=True)
    skips_taken = forms.BooleanField(
        label=described(
            _("Leave out days that are taken"), _("When the place or a coordinator is at another gathering.")
        ),
        required=False,
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.days: list[PlannedDay] = []

    @property
    def repeats(self) -> bool:
        return self.is_bound and bool(self.cleaned_data.get("repeat"))

    @property
    def held(self) -> list[date]:
        return [day.day for day in self.days if not day.left_out]

    @property
    def weeks(self) -> int:
        return int(self.cleaned_data["repeat"])

    def take_plan(self, data: dict[str, Any]) -> None:
        """Work out the days, from what is understood of the plan's own fields; says what is wrong beside ours."""
        if not self.is_valid() or not self.repeats:
            return
        day, start, end, until = data.get("day"), data.get("start"), data.get("end"), self.cleaned_data.get("until")
        if data.get("kind", GatheringKind.GATHERING) != GatheringKind.GATHERING:
            self.add_error("repeat", _("A kick-off and a closing party are held once."))
        elif until is None:
            self.add_error("until", _("Until which day?"))
        elif day is None or start is None or end is None or start >= end:
            return  # said beside those fields
        elif until < day:
            self.add_error("until", _("The last day comes after the first."))
        else:
            self.work_out(day, start, end, until, data)

    def work_out(self, day: date, start: time, end: time, until: date, data: dict[str, Any]) -> None:
        people = {held.user for held in data.get("coordinators") or []}
        spans = [span_on(each, start, end) for each in rhythm(day, self.weeks, until)][: MOST + 1]
        by_venue, by_person = taken(self.user, spans=spans, venue=data.get("venue"), people=people)
        clashes = [*by_venue, *by_person]

        def clash(each: date) -> str:
            return "; ".join(row.words for row in on(each, clashes, start, end))

        free = self.reasons(day, until)
        skips = clash if self.cleaned_data["skips_taken"] else lambda _day: ""
        try:
            found: list[SeriesDay] = series_days(day, self.weeks, until, lambda each: free(each) or skips(each))
        except TooMany:
            self.add_error("until", _("That is more than %(n)s gatherings. Choose an earlier last day.") % {"n": MOST})
            return
        self.days = [PlannedDay(row.day, row.left_out, "" if row.left_out else clash(row.day)) for row in found]
        if not self.held:
            self.add_error("until", _("All of these days are left out."))
        elif any(row.clash for row in self.days):
            self.add_error(
                "repeat",
                _("On some of these days the place or a coordinator is taken. Leave them out, or change the plan."),
            )

    def reasons(self, first: date, last: date) -> Callable[[date], str]:
        """Why a day has no gathering whatever is free on it; "" when it may have one. One query when schools count."""
        public, school = self.cleaned_data["skips_public"], self.cleaned_data["skips_school"]
        holidays = list(SchoolHoliday.objects.filter(starts_on__lte=last, ends_on__gte=first)) if school else []

        def reason(day: date) -> str:
            if public and day in public_holidays(day.year):
                return gettext("public holiday")
            return next((row.name for row in holidays if row.starts_on <= day <= row.ends_on), "")

        return reason


def on(day: date, clashes: list[Taken], start: time, end: time) -> list[Taken]:
    """Those that share a moment with a gathering on this day."""
    span = span_on(day, start, end)
    return [row for row in clashes if overlap(span, row.starts_at, row.ends_at)]
