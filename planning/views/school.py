"""The municipality's school calendar: days without school."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.access import requires
from accounts.permissions import Permission
from accounts.requests import Request
from municipalities.models import SchoolHoliday
from planning.forms.school import SchoolHolidayForm
from planning.views.resources import Line, Noun, Way, form_page, here, list_page
from web.dates import long_date

HOLIDAY = Noun(
    name="school_holiday",
    title=gettext_lazy("School calendar"),
    lead=gettext_lazy("Days without school: families may travel, and children are at home."),
    add=gettext_lazy("Add a holiday"),
    change=gettext_lazy("Change the holiday"),
    empty=gettext_lazy("No holiday yet"),
    empty_text=gettext_lazy("Copy the days of the municipality's school calendar: autumn, Christmas, winter, Easter."),
)


@requires(Permission.PLANNING_VIEW)
def school_holidays(request: Request, number: str) -> HttpResponse:
    """By date; those that are over say so."""
    today = timezone.localdate()

    def line(row: SchoolHoliday) -> Line:
        first, last = long_date(row.starts_on), long_date(row.ends_on)
        over = [(_("over"), "neutral")] if row.ends_on < today else []
        days = first if row.starts_on == row.ends_on else f"{first} – {last}"
        return Line(row.name, here(request, "edit_school_holiday", row.pk), [days], over)

    return list_page(request, HOLIDAY, SchoolHoliday.objects.order_by("-ends_on", "pk"), line)


def to_holidays(request: Request) -> Way:
    return Way(here(request, "school_holidays"), str(HOLIDAY.title))


@requires(Permission.PLANNING_EDIT)
def new_school_holiday(request: Request, number: str) -> HttpResponse:
    """Add one."""
    return form_page(request, HOLIDAY, SchoolHolidayForm(request.POST or None), way=to_holidays(request))


@requires(Permission.PLANNING_EDIT)
def edit_school_holiday(request: Request, number: str, pk: int) -> HttpResponse:
    """Change one, or take it out."""
    row = get_object_or_404(SchoolHoliday, pk=pk)
    form = SchoolHolidayForm(request.POST or None, instance=row)
    return form_page(request, HOLIDAY, form, way=to_holidays(request))
