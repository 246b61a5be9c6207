"""What templates may say: icons, dates, phone numbers, the table, errors, sort links. `{% load web %}`."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django import forms, template
from django.utils import timezone
from django.utils.safestring import SafeString

from web import controls, dates, drawings, phones, pieces
from web.forms import Problem, problems
from web.icons import drawing
from web.lists import Listing

register = template.Library()

register.filter("long_date", dates.long_date)
register.filter("short_date", dates.short_date)
register.filter("day", dates.day)
register.filter("near_day", dates.near_day)
register.filter("clock", dates.clock)
register.filter("week", dates.week)
register.filter("phone", phones.shown)
register.filter("dialled", phones.dialled)

register.simple_tag(controls.field)
register.simple_tag(pieces.call)
register.simple_tag(pieces.mark)
register.simple_tag(pieces.roster_row)
register.simple_tag(pieces.tag)
register.simple_tag(pieces.todo_row)


@register.filter
def until(start: datetime, end: datetime) -> str:
    """`{{ gathering.start|until:gathering.end }}`: torsdag 26. november kl. 16.30–18.30"""
    return dates.when(start, end)


@register.filter
def clock_until(start: datetime, end: datetime) -> str:
    """`{{ gathering.start|clock_until:gathering.end }}`: kl. 16.30–18.30"""
    return dates.clock_span(start, end)


@register.inclusion_tag("components/when.html")
def when(start: datetime, end: datetime | None = None) -> dict[str, Any]:
    """`{% when gathering.start gathering.end %}`: the same as `until`, never broken within the day or the time."""
    span = dates.clock_span(start, end) if end and dates.as_date(start) == dates.as_date(end) else ""
    parts = [dates.day(start), span] if span else dates.when(start, end).split(" – ")
    return {"iso": start.isoformat(), "parts": parts}


@register.simple_tag
def today() -> date:
    """The day in Norway."""
    return timezone.localdate()


@register.simple_tag
def icon(name: str) -> SafeString:
    """`{% icon "Phone" %}`"""
    return drawing(name)


@register.inclusion_tag("components/table.html")
def table(states: Sequence[str], label: str = "", size: str = "") -> dict[str, Any]:
    """The small table: `{% table "yes yes no wait" %}` or a list of states. Without a label it is silent."""
    listed = states.split() if isinstance(states, str) else list(states)
    return {"seats": drawings.small(listed), "label": label, "size": size}


@register.inclusion_tag("components/round_table.html")
def round_table(seats: Sequence[drawings.Seat], total: Any = "", word: str = "", title: str = "") -> dict[str, Any]:
    """The large table with names: `{% round_table seats total=17 word="kommer" title="Bordet" %}`."""
    words = f"{title}: {drawings.in_words(seats)}" if title else drawings.in_words(seats)
    return {"seats": drawings.large(seats), "total": total, "word": word, "label": words}


@register.inclusion_tag("components/error_summary.html")
def error_summary(*filled: "forms.BaseForm | forms.BaseFormSet[Any]") -> dict[str, list[Problem]]:
    """What is to be put right in these forms and formsets, with links. Nothing when all is well."""
    return {"problems": problems(*filled)}


@register.simple_tag
def problems_of(*filled: "forms.BaseForm") -> list[Problem]:
    """The same list for a page that says it in its own words: `{% problems_of form as found %}`."""
    return problems(*filled)


@register.inclusion_tag("components/sort_header.html")
def sort_header(listing: Listing, key: str, title: str) -> dict[str, Any]:
    """A heading of a sorted table: `{% sort_header listing "name" _("Name") %}`."""
    return {
        "title": title,
        "order": listing.order_of(key),
        "query": listing.sorted_by(key),
        "target": listing.target,
    }


@register.filter
def initials(name: str) -> str:
    """Two letters for a person: Ingrid Solheim is IS."""
    parts = str(name).split()
    return "".join(part[0] for part in (parts[:1] + parts[1:][-1:])).upper()
