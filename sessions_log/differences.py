"""Two versions of one log, beside each other in words: what somebody else saved, and what she was about to save."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sessions_log.models import AttendanceState, CarriedBy
from sessions_log.queries.log import TEXTS, Household, LogFields, Roster

MINE, THEIRS = "mine", "theirs"


@dataclass(frozen=True)
class Difference:
    """One thing on which two versions differ. `suggested`: theirs when she had not touched it, else mine."""

    key: str
    label: str
    theirs: str
    mine: str
    suggested: str


def differences(stored: LogFields, mine: LogFields, base: LogFields | None, roster: Roster) -> list[Difference]:
    """What differs between the stored log and hers. What only she has changed since `base` is no difference."""
    found = []
    for key, label, part in parts(roster):
        theirs, hers = part(stored), part(mine)
        before = part(base) if base is not None else None
        if theirs == hers or (base is not None and theirs == before):
            continue
        found.append(
            Difference(
                key=key,
                label=label,
                theirs=in_words(key, theirs, roster),
                mine=in_words(key, hers, roster),
                suggested=THEIRS if base is not None and hers == before else MINE,
            )
        )
    return found


def parts(roster: Roster) -> list[tuple[str, str, Any]]:
    """Everything that can differ: its key, its label, and how it is read from a version."""
    labels = {
        "did": _("What did we do?"),
        "went_well": _("What went well?"),
        "change_next": _("What do we change next time?"),
        "carried_by": _("Who carried it?"),
    }
    return [
        *((f"family:{each.family.pk}", each.family.name, attendance_of(each)) for each in roster.households),
        ("helpers", _("Coordinators and volunteers"), lambda log: log.helpers),
        ("guests", _("Guests"), lambda log: sorted(log.guests)),
        *((name, labels[name], lambda log, name=name: getattr(log, name)) for name in TEXTS),
    ]


def attendance_of(household: Household) -> Any:
    people = [person.pk for person in household.people]
    return lambda log: {pk: log.attendance[pk] for pk in people if pk in log.attendance}


def in_words(key: str, value: Any, roster: Roster) -> str:
    nothing = _("nothing noted")
    if key.startswith("family:"):
        names = {person.pk: person.first_name for person in roster.people()}
        return ", ".join(f"{names[pk]}: {AttendanceState(state).label}" for pk, state in value.items()) or nothing
    if key == "helpers":
        return ", ".join(helper.name for helper in roster.helpers if helper.key in value) or nothing
    if key == "guests":
        named = ", ".join(name for name, _note in value)
        return (
            ngettext("%(n)s guest: %(names)s", "%(n)s guests: %(names)s", len(value))
            % {
                "n": len(value),
                "names": named,
            }
            if value
            else nothing
        )
    if key == "carried_by":
        return str(CarriedBy(value).label) if value else nothing
    return value or nothing


def settle(
    stored: LogFields, mine: LogFields, base: LogFields | None, roster: Roster, choices: Mapping[str, str]
) -> LogFields:
    """One log from two: what only one of them changed is kept, and her choice (`keep-<key>`) decides the rest."""
    decided = {
        difference.key: choices.get(f"keep-{difference.key}", difference.suggested)
        for difference in differences(stored, mine, base, roster)
    }
    attendance = dict(mine.attendance)
    for household in roster.households:
        if decided.get(f"family:{household.family.pk}") == THEIRS:
            for person in household.people:
                attendance.pop(person.pk, None)
                if person.pk in stored.attendance:
                    attendance[person.pk] = stored.attendance[person.pk]
    taken = {name: getattr(stored, name) for name in ("helpers", "guests", *TEXTS) if decided.get(name) == THEIRS}
    return replace(mine, attendance=attendance, **taken)
