"""What stands in a municipality's own words for the facts of a letter.

Stored by English names (`{day}`), shown and typed in the language of the screen (`{dag}`): whoever writes words in
Ukrainian reads Norwegian here. Words of another screen's language are understood too.
"""

import re

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from outbox.catalogue.sources import KINDS
from outbox.catalogue.writing import PLACEHOLDER

LABELS: dict[str, Promise] = {
    "name": pgettext_lazy("placeholder", "name"),
    "activity": pgettext_lazy("placeholder", "activity"),
    "day": pgettext_lazy("placeholder", "day"),
    "clock": pgettext_lazy("placeholder", "time"),
    "time": pgettext_lazy("placeholder", "start"),
    "place": pgettext_lazy("placeholder", "place"),
    "spot": pgettext_lazy("placeholder", "place_name"),
    "directions": pgettext_lazy("placeholder", "directions"),
    "bring": pgettext_lazy("placeholder", "bring"),
    "host": pgettext_lazy("placeholder", "coordinator"),
    "phone": pgettext_lazy("placeholder", "phone"),
    "municipality": pgettext_lazy("placeholder", "municipality"),
    "options": pgettext_lazy("placeholder", "choices"),
    "words": pgettext_lazy("placeholder", "message"),
    "code": pgettext_lazy("placeholder", "code"),
    "link": pgettext_lazy("placeholder", "link"),
}
PEOPLE = ("name", "host", "phone")
WHEN_AND_WHERE = ("day", "clock", "time", "place", "spot")
OF_GATHERING = (*PEOPLE, "activity", *WHEN_AND_WHERE, "directions", "bring")
ALLOWED: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(KINDS, PEOPLE),
    **dict.fromkeys(("invitation", "change", "reminder"), (*OF_GATHERING, "link")),
    "cancellation": OF_GATHERING,
    "welcome": (*PEOPLE, "municipality"),
    "thanks": (*PEOPLE, *WHEN_AND_WHERE),
    "vote": (*PEOPLE, "options"),
    "message": (*PEOPLE, "words"),
    "code": ("code",),
}
# What the mail and the text message must say, each by one of these. An invitation says what, when, where and how to get
# there (domain rule 5), and so does a change of them; a text message with the link says when and where, and the page
# the rest.
WHAT_WHEN_WHERE_HOW = (("activity",), ("day",), ("clock", "time"), ("place", "spot"), ("directions",))
WHEN_WHERE = (("day",), ("clock", "time"), ("place", "spot"))
REQUIRED: dict[str, tuple[tuple[str, ...], ...]] = {
    "invitation": WHAT_WHEN_WHERE_HOW,
    "change": WHAT_WHEN_WHERE_HOW,
    "reminder": WHEN_WHERE,
    "cancellation": (("activity",), ("day",)),
    "welcome": (("phone",),),
    "vote": (("options",), ("phone",)),
    "check_in": (("phone",),),
    "message": (("words",),),
    "code": (("code",),),
    "stopped": (("host",),),
}
MAY_BE_EMPTY = ("bring", "phone", "link")  # their line is left out then


def shown(text: str) -> str:
    """Stored words as the screen shows them."""
    return PLACEHOLDER.sub(lambda found: f"{{{LABELS[found[1]]}}}" if found[1] in LABELS else found[0], text)


def labels_in_all() -> dict[str, str]:
    """Every label of every screen's language, and the stored name it means."""
    known = {name: name for name in LABELS}
    for language in ("en", "nn", "nb"):
        with translation.override(language):
            known |= {str(label).casefold(): name for name, label in LABELS.items()}
    # What the screen says now goes before what another language means by the same word.
    return known | {str(label).casefold(): name for name, label in LABELS.items()}


def stored(text: str) -> tuple[str, list[str]]:
    """Typed words as they are stored, and the placeholders in them that mean nothing."""
    known, unknown = labels_in_all(), []

    def name_of(found: re.Match[str]) -> str:
        typed = found[1]
        if typed.casefold() not in known:
            unknown.append(str(typed))
        return f"{{{known.get(typed.casefold(), typed)}}}"

    return PLACEHOLDER.sub(name_of, text), unknown


def names_in(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text))


def required(kind: str, text: str, *, short: bool) -> tuple[tuple[str, ...], ...]:
    """What these words must say. `short`: a text message, which may leave the rest to the page it leads to."""
    musts = REQUIRED.get(kind, ())
    return WHEN_WHERE if short and musts is WHAT_WHEN_WHERE_HOW and "link" in names_in(text) else musts


def missing(kind: str, text: str, *, short: bool = False) -> list[str]:
    """What the words must say and do not: the first name of each."""
    said = names_in(text)
    return [names[0] for names in required(kind, text, short=short) if not said & set(names)]


def at_risk(kind: str, text: str, *, short: bool = False) -> list[str]:
    """What takes something that must be said along, when there is nothing to tell: it stands on each line of that."""
    found: set[str] = set()
    for names in required(kind, text, short=short):
        lines = [said for line in text.splitlines() if (said := names_in(line)) & set(names)]
        risks = [said & set(MAY_BE_EMPTY) - set(names) for said in lines]
        if all(risks):
            found = found.union(*risks)
    return sorted(found)
