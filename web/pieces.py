"""Small pieces that a page repeats, drawn by a function each: an include costs ten times as much as its HTML."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from web.icons import drawing
from web.phones import dialled, shown

NOTHING = SafeString("")
CHECKED = SafeString(" checked")

MARKS = {
    "yes": SafeString('<circle cx="12" cy="12" r="7" fill="currentColor"/>'),
    "some": SafeString(
        '<circle cx="12" cy="12" r="6.5" stroke="currentColor" stroke-width="1.75"/>'
        '<path d="M12 5.5a6.5 6.5 0 0 0 0 13z" fill="currentColor"/>'
    ),
    "told": SafeString('<circle cx="12" cy="12" r="6.5" stroke="currentColor" stroke-width="1.75"/>'),
    "no": SafeString('<g class="no"><circle cx="12" cy="12" r="6.5"/><path d="M8 16l8-8"/></g>'),
    "wait": SafeString('<circle class="wait" cx="12" cy="12" r="6.5"/>'),
}
# A seat that shows, by style sheet alone, which of the row's three radios is chosen.
SEAT = SafeString(
    '<svg class="seat" viewBox="0 0 24 24" aria-hidden="true"><circle class="wait" cx="12" cy="12" r="9"/>'
    '<g class="no"><circle cx="12" cy="12" r="9"/><path d="M7 17l10-10"/></g>'
    '<g class="s"><circle class="ring" cx="12" cy="12" r="9"/><path class="half" d="M12 3a9 9 0 0 0 0 18z"/></g></svg>'
)


def mark(state: str, words: str = "") -> SafeString:
    """A cell of the attendance: yes | some | told | no | wait, and the same in words."""
    return format_html(
        '<svg class="mark" viewBox="0 0 24 24" fill="none" aria-hidden="true">{}</svg>'
        '<span class="ds-sr-only">{}</span>',
        MARKS.get(state, MARKS["wait"]),
        words,
    )


def tag(words: str, color: str = "", *, outline: Any = False) -> SafeString:
    """A word or two in a coloured box; `color`: neutral | info | success | warning | danger."""
    look = SafeString(' data-variant="outline"') if outline else NOTHING
    return format_html('<span class="ds-tag" data-color="{}"{}>{}</span>', color or "neutral", look, words)


def call(name: str, phone: str, *, show_number: Any = False) -> SafeString:
    """A button that dials; only the number as it stands, when no phone could dial it."""
    number = dialled(phone)
    if not number:
        return format_html('<bdi class="num">{}</bdi>', phone)
    words = format_html('<bdi class="num">{}</bdi>', shown(phone)) if show_number else _("Call")
    return format_html(
        '<a class="ds-button" data-variant="secondary" href="tel:{}">{}{}<span class="ds-sr-only"> {}</span></a>',
        number,
        drawing("Phone"),
        words,
        name,
    )


def todo_row(url: str, icon: str, title: str, text: str = "", tag: str = "", *, now: bool = False) -> SafeString:
    """A line of what somebody does next; `now`: it waits already."""
    return format_html(
        '<li><a href="{}"{}>{}<span><b>{}{}</b>{}</span>{}</a></li>',
        url,
        SafeString(' class="now"') if now else NOTHING,
        drawing(icon),
        title,
        format_html(' <span class="ds-tag" data-color="warning">{}</span>', tag) if tag else NOTHING,
        format_html("<small>{}</small>", text) if text else NOTHING,
        drawing("ChevronRight"),
    )


@dataclass(frozen=True)
class OneOf:
    """A row of radios about one person: the title, the fields' name, and the value that is chosen."""

    title: str
    name: str
    value: str


RADIO = '<label class="ds-button" data-variant="tertiary"{}><input type="radio" name="{}" value="{}"{}>{}</label>'


def radio(name: str, value: str, chosen: str, label: Any, look: str = "") -> SafeString:
    return format_html(RADIO, SafeString(look), name, value, CHECKED if value == chosen else NOTHING, label)


def radios(person: OneOf, options: Sequence[tuple[str, str]]) -> Iterator[tuple[Any, ...]]:
    for value, label in options:
        yield NOTHING, person.name, value, CHECKED if value == person.value else NOTHING, label


def roster_row(
    key: Any,
    name: str,
    note: Any = "",
    value: str = "",
    people: Iterable[OneOf] = (),
    options: Sequence[tuple[str, str]] = (),
) -> SafeString:
    """A family on the log: its name for all, «some», «none», and (shown under «some») a row of radios a person, with
    the `options` (value, label)."""
    field = f"family-{key}"
    small = format_html("<small>{}</small>", note) if note else NOTHING
    all_of_it = format_html("{}{}<span>{}{}</span>", drawing("Checkmark"), SEAT, name, small)
    family = format_html(
        '<fieldset class="ds-fieldset seg fam"><legend class="ds-sr-only">{}</legend>'
        '<div class="ds-toggle-group">{}{}{}</div></fieldset>',
        name,
        radio(field, "all", value, all_of_it),
        radio(field, "some", value, _("Some")),
        radio(field, "none", value, _("None"), ' data-color="neutral"'),
    )
    persons = format_html_join(
        "",
        '<div class="person"><fieldset class="ds-fieldset seg"><legend>{}</legend>'
        '<div class="ds-toggle-group">{}</div></fieldset></div>',
        ((person.title, format_html_join("", RADIO, radios(person, options))) for person in people),
    )
    return format_html('{}<div class="people">{}</div>', family, persons) if persons else family
