"""What is logged of a gathering, and who could be on the log."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps

from accounts.models import User
from families.models import Family, Person
from groups.models import GroupCoordinator
from planning.models import Volunteer
from sessions_log.models import AttendanceState, Gathering, Summary
from sessions_log.queries.gatherings import Guest, answers

TEXTS = ("did", "went_well", "change_next", "carried_by")
ALL, SOME, NONE = "all", "some", "none"


@dataclass(frozen=True)
class LogFields:
    """The log as one value: a state each, never a toggle. `attendance`: person → state; a person without a state is not
    logged. `helpers`: keys of those present («user:3», «volunteer:5»). `guests`: (first name, who that is)."""

    attendance: dict[int, str] = field(default_factory=dict)
    helpers: frozenset[str] = frozenset()
    guests: tuple[tuple[str, str], ...] = ()
    did: str = ""
    went_well: str = ""
    change_next: str = ""
    carried_by: str = ""

    @property
    def is_summarised(self) -> bool:
        return any(getattr(self, name) for name in TEXTS)

    def as_json(self) -> dict[str, Any]:
        """What a form carries along, to tell later what it began with."""
        return {
            "attendance": {str(pk): state for pk, state in self.attendance.items()},
            "helpers": sorted(self.helpers),
            "guests": [list(guest) for guest in self.guests],
            **{name: getattr(self, name) for name in TEXTS},
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "LogFields":
        """Raises KeyError, TypeError, ValueError or AttributeError when it is not what `as_json` gave."""
        return cls(
            attendance={int(pk): str(state) for pk, state in data["attendance"].items()},
            helpers=frozenset(str(key) for key in data["helpers"]),
            guests=tuple((str(name), str(note)) for name, note in data["guests"]),
            **{name: str(data[name]) for name in TEXTS},
        )


@dataclass(frozen=True)
class Helper:
    """Somebody who may be noted as present. Only those with a certificate are here."""

    key: str
    name: str
    certificate_id: int
    planned: bool
    user: User | None = None
    volunteer: Volunteer | None = None


@dataclass(frozen=True)
class Roster:
    """The families that could come, and the helpers."""

    guests: list[Guest]
    helpers: list[Helper]

    @property
    def families(self) -> list[Family]:
        return [guest.family for guest in self.guests]

    def people(self) -> Iterable[Person]:
        return (person for guest in self.guests for person in guest.people)


def roster(gathering: Gathering, user: User) -> Roster:
    """Who could be on the log, of the groups she sees. Families by name; planned helpers first."""
    planned = list(gathering.helpers.select_related("user", "volunteer"))
    helpers = [
        Helper(key_of(row.user_id, row.volunteer_id), str(row), row.certificate_id, True, row.user, row.volunteer)
        for row in planned
    ]
    known = {helper.key for helper in helpers}
    follow = GroupCoordinator.objects.current().filter(group__gatherings=gathering).select_related("user")
    certified = Volunteer.objects.filter(
        certificate__isnull=False, certificate__ended_on__isnull=True, ended_on__isnull=True
    )
    others = [
        Helper(key_of(row.user_id, None), str(row.user), row.certificate_id, False, user=row.user) for row in follow
    ] + [Helper(key_of(None, row.pk), row.name, row.certificate_id or 0, False, volunteer=row) for row in certified]
    unplanned = {helper.key: helper for helper in others if helper.key not in known}
    return Roster(answers(gathering, user).guests, [*helpers, *unplanned.values()])


def key_of(user_id: int | None, volunteer_id: int | None) -> str:
    return f"user:{user_id}" if user_id else f"volunteer:{volunteer_id}"


def logged_fields(gathering: Gathering, people: Iterable[Person]) -> LogFields:
    """What is stored now, about these people. Four queries."""
    summary = Summary.objects.filter(gathering=gathering).first()
    known = {person.pk for person in people}
    return LogFields(
        attendance={pk: state for pk, state in gathering.attendances.values_list("person", "state") if pk in known},
        helpers=frozenset(
            key_of(user, volunteer)
            for user, volunteer in gathering.helpers.filter(present=True).values_list("user", "volunteer")
        ),
        guests=tuple(gathering.guests.values_list("name", "note")),
        **({name: getattr(summary, name) for name in TEXTS} if summary else {}),
    )


def away(guest: Guest) -> str:
    """The state of a household that did not come: it told us, if its answer was no."""
    return AttendanceState.TOLD_US if guest.state == "no" else AttendanceState.ABSENT


def level(guest: Guest, attendance: dict[int, str]) -> str:
    """The household's own choice that gives exactly these states: all, none, some; "" when nothing is logged."""
    states = [attendance.get(person.pk, "") for person in guest.people]
    if not any(states):
        return ""
    if all(state == AttendanceState.PRESENT for state in states):
        return ALL
    return NONE if all(state == away(guest) for state in states) else SOME


def earlier_summaries(gathering: Gathering) -> list[Any]:
    """What the summary said before it was mended: up to five versions, newest first."""
    summary = Summary.objects.filter(gathering=gathering).first()
    if summary is None:
        return []
    versions = apps.get_model("sessions_log", "SummaryEvent")._default_manager.filter(pgh_obj_id=summary.pk)
    return list(versions.select_related("written_by").order_by("-pgh_created_at", "-pgh_id")[1:6])
