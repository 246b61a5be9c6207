"""What is logged of a gathering, and who could be on the log."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, JSONField, OuterRef, QuerySet
from django.db.models.expressions import RawSQL

from accounts.models import User
from families.models import Family, Person
from groups.models import GroupCoordinator
from planning.models import Volunteer
from sessions_log.models import (
    AttendanceState,
    Debrief,
    Gathering,
    Reply,
)
from sessions_log.queries.gatherings import households_of

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
class Household:
    """A family of the gathering's groups, with its people; `said_no`: its last answer was that it does not come."""

    family: Family
    people: list[Person]
    said_no: bool


@dataclass(frozen=True)
class Roster:
    """The households that could come, and the helpers."""

    households: list[Household]
    helpers: list[Helper]

    @property
    def families(self) -> list[Family]:
        return [household.family for household in self.households]

    def people(self) -> Iterable[Person]:
        return (person for household in self.households for person in household.people)


def roster(gathering: Gathering, user: User) -> Roster:
    """Who could be on the log, of the groups she sees. Families by name; planned helpers first. Four queries."""
    no = Reply.objects.filter(gathering=gathering, family=OuterRef("family"), is_current=True, coming=False)
    households = [
        Household(family, people, people[0].said_no)
        for family, people, _follows in households_of(gathering, user, said_no=Exists(no))
    ]
    return Roster(households, helpers_of(gathering))


def helpers_of(gathering: Gathering) -> list[Helper]:
    """Those who had planned to help, then everybody else who may. Three queries."""
    planned = gathering.helpers.select_related("user", "volunteer")
    follow = GroupCoordinator.objects.current().filter(group__gatherings=gathering).select_related("user")
    certified = Volunteer.objects.filter(
        certificate__isnull=False, certificate__ended_on__isnull=True, ended_on__isnull=True
    )
    rows = [
        *(
            Helper(key_of(row.user_id, row.volunteer_id), str(row), row.certificate_id, True, row.user, row.volunteer)
            for row in planned
        ),
        *(Helper(key_of(row.user_id, None), str(row.user), row.certificate_id, False, user=row.user) for row in follow),
        *(Helper(key_of(None, row.pk), row.name, row.certificate_id or 0, False, volunteer=row) for row in certified),
    ]
    first: dict[str, Helper] = {}
    for helper in rows:
        first.setdefault(helper.key, helper)
    return list(first.values())


def key_of(user_id: int | None, volunteer_id: int | None) -> str:
    return f"user:{user_id}" if user_id else f"volunteer:{volunteer_id}"


# What is logged of a gathering, as JSON. Written as SQL: building these with the ORM took longer than asking them.
LOGGED = {
    "log_attendance": """coalesce((select jsonb_agg(jsonb_build_object('person', a.person_id, 'state', a.state))
        from sessions_log_attendance a where a.gathering_id = sessions_log_gathering.id), '[]')""",
    "log_helpers": """coalesce((select jsonb_agg(jsonb_build_object('user', h.user_id, 'volunteer', h.volunteer_id))
        from sessions_log_gatheringhelper h where h.gathering_id = sessions_log_gathering.id and h.present), '[]')""",
    "log_guests": """coalesce((select jsonb_agg(jsonb_build_object('name', g.name, 'note', g.note) order by g.id)
        from sessions_log_gatheringguest g where g.gathering_id = sessions_log_gathering.id), '[]')""",
    # The latest version is the summary itself; up to five before it.
    "earlier_summaries": """coalesce((select jsonb_agg(to_jsonb(v) order by v.pgh_id desc) from (
        select e.pgh_id, e.did, e.went_well, e.change_next, u.name as by
        from sessions_log_summaryevent e join sessions_log_summary s on s.id = e.pgh_obj_id
        join accounts_user u on u.id = e.written_by_id
        where s.gathering_id = sessions_log_gathering.id order by e.pgh_id desc offset 1 limit 5) v), '[]')""",
}


def with_log(gatherings: QuerySet[Gathering], user: User) -> Any:
    """These gatherings with everything that is logged of them, in one query: `.log_attendance`, `.log_helpers`,
    `.log_guests`, `.earlier_summaries`, and whether this person has asked for a debrief."""
    asked = Debrief.objects.filter(gathering=OuterRef("pk"), asked_by=user)
    return gatherings.select_related("municipality", "round__project_leader", "summary").annotate(
        asked_for_debrief=Exists(asked),
        **{name: RawSQL(question, [], JSONField()) for name, question in LOGGED.items()},  # noqa: S611 - fixed texts
    )


def logged_fields(gathering: Any, people: Iterable[Person]) -> LogFields:
    """What is stored about these people, of a gathering from `with_log`. No query."""
    known = {person.pk for person in people}
    summary = getattr(gathering, "summary", None)
    return LogFields(
        attendance={row["person"]: row["state"] for row in gathering.log_attendance if row["person"] in known},
        helpers=frozenset(key_of(row["user"], row["volunteer"]) for row in gathering.log_helpers),
        guests=tuple((row["name"], row["note"]) for row in gathering.log_guests),
        **({name: getattr(summary, name) for name in TEXTS} if summary else {}),
    )


def away(household: Household) -> str:
    """The state of a household that did not come: it told us, if its answer was no."""
    return AttendanceState.TOLD_US if household.said_no else AttendanceState.ABSENT


def level(household: Household, attendance: dict[int, str]) -> str:
    """The household's own choice that gives exactly these states: all, none, some; "" when nothing is logged."""
    states = [attendance.get(person.pk, "") for person in household.people]
    if not any(states):
        return ""
    if all(state == AttendanceState.PRESENT for state in states):
        return ALL
    return NONE if all(state == away(household) for state in states) else SOME
