"""What is logged of a gathering, and who could be on the log."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import JSONField, QuerySet
from django.db.models.expressions import RawSQL
from django.utils import timezone

from accounts.models import User
from families.models import Family, Person
from sessions_log.models import AttendanceState, Gathering
from sessions_log.queries.gatherings import answers

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
    user_id: int | None = None
    volunteer_id: int | None = None


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


def roster(gathering: Any, user: User) -> Roster:
    """Who could be on the log of a gathering from `with_log`, of the groups she sees. Families by name; planned helpers
    first. One query."""
    households = [
        Household(guest.family, guest.people, guest.state == "no") for guest in answers(gathering, user).guests
    ]
    first: dict[str, Helper] = {}
    for row in gathering.log["may_help"]:
        helper = Helper(key=key_of(row["user_id"], row["volunteer_id"]), **row)
        first.setdefault(helper.key, helper)
    return Roster(households, list(first.values()))


def key_of(user_id: int | None, volunteer_id: int | None) -> str:
    return f"user:{user_id}" if user_id else f"volunteer:{volunteer_id}"


# What the log of a gathering needs, as one JSON value: a query of its own for each part took longer than all of them.
# `me` is who asks: her id and the day.
LOG = {
    "attendance": """(select jsonb_agg(jsonb_build_object('person', a.person_id, 'state', a.state))
        from sessions_log_attendance a where a.gathering_id = sessions_log_gathering.id)""",
    "helpers": """(select jsonb_agg(jsonb_build_object('user', h.user_id, 'volunteer', h.volunteer_id))
        from sessions_log_gatheringhelper h where h.gathering_id = sessions_log_gathering.id and h.present)""",
    "guests": """(select jsonb_agg(jsonb_build_object('name', g.name, 'note', g.note) order by g.id)
        from sessions_log_gatheringguest g where g.gathering_id = sessions_log_gathering.id)""",
    "summary": """(select jsonb_agg(jsonb_build_object('did', s.did, 'went_well', s.went_well,
            'change_next', s.change_next, 'carried_by', s.carried_by))
        from sessions_log_summary s where s.gathering_id = sessions_log_gathering.id)""",
    # The latest version is the summary itself; up to five before it.
    "earlier_summaries": """(select jsonb_agg(to_jsonb(v) order by v.pgh_id desc) from (
        select e.pgh_id, e.did, e.went_well, e.change_next, u.name as by
        from sessions_log_summaryevent e join sessions_log_summary s on s.id = e.pgh_obj_id
        join accounts_user u on u.id = e.written_by_id
        where s.gathering_id = sessions_log_gathering.id order by e.pgh_id desc offset 1 limit 5) v)""",
    # Those who had planned to help, then everybody else who may: nobody without a certificate.
    "may_help": """(select jsonb_agg(to_jsonb(h) - 'turn' - 'at' order by h.turn, h.at) from (
        select 1 as turn, h.id as at, h.user_id, h.volunteer_id, coalesce(nullif(u.name, ''), u.email, v.name) as name,
            h.certificate_id, true as planned
        from sessions_log_gatheringhelper h left join accounts_user u on u.id = h.user_id
        left join planning_volunteer v on v.id = h.volunteer_id where h.gathering_id = sessions_log_gathering.id
        union all
        select 2, row_number() over (order by c.is_primary desc, c.since, c.id), c.user_id, null,
            coalesce(nullif(u.name, ''), u.email), c.certificate_id, false
        from sessions_log_gatheringgroup g join groups_groupcoordinator c on c.group_id = g.group_id
        join accounts_user u on u.id = c.user_id
        where g.gathering_id = sessions_log_gathering.id and c.since <= me.day and coalesce(c.until, me.day) >= me.day
        union all
        select 3, row_number() over (order by nb_key(v.name), v.id), null, v.id, v.name, v.certificate_id, false
        from planning_volunteer v join accounts_certificate c on c.id = v.certificate_id
        where c.ended_on is null and v.ended_on is null) h)""",
    "follow_ups": """(select jsonb_agg(jsonb_build_object('pk', f.id, 'text', f.text,
            'owner', coalesce(nullif(u.name, ''), u.email)) order by f.due_on, f.id)
        from sessions_log_followup f join accounts_user u on u.id = f.owner_id
        where f.gathering_id = sessions_log_gathering.id and f.done_at is null)""",
    "leader": """(select jsonb_agg(jsonb_build_object('id', u.id, 'name', u.name, 'email', u.email))
        from planning_round r join accounts_user u on u.id = r.project_leader_id
        where r.id = sessions_log_gathering.round_id)""",
    "asked_for_debrief": """(select jsonb_agg(d.id) from sessions_log_debrief d
        where d.gathering_id = sessions_log_gathering.id and d.asked_by_id = me.id)""",
    "draft": """(select jsonb_agg(d.fields) from sessions_log_draft d
        where d.municipality_id = sessions_log_gathering.municipality_id and d.user_id = me.id
            and d.form = 'log:' || sessions_log_gathering.id)""",
}
PARTS = ", ".join(f"'{name}', coalesce({question}, '[]')" for name, question in LOG.items())
LOG_AS_JSON = f"select jsonb_build_object({PARTS}) from (select %s::bigint as id, %s::date as day) me"  # noqa: S608


def with_log(gatherings: QuerySet[Gathering], user: User) -> Any:
    """These gatherings with what their log needs in one query: `.log` has a list for each name in LOG, among them her
    own draft and whether she has asked for a debrief."""
    log = RawSQL(LOG_AS_JSON, [user.pk, timezone.localdate()], JSONField())  # noqa: S611 - fixed texts
    return gatherings.annotate(log=log)


def leader_of(gathering: Any) -> User:
    """The round's leader, of a gathering from `with_log`: only what the page says of her. No query."""
    return User(**gathering.log["leader"][0])


def logged_fields(gathering: Any, people: Iterable[Person]) -> LogFields:
    """What is stored about these people, of a gathering from `with_log`. No query."""
    known = {person.pk for person in people}
    return LogFields(
        attendance={row["person"]: row["state"] for row in gathering.log["attendance"] if row["person"] in known},
        helpers=frozenset(key_of(row["user"], row["volunteer"]) for row in gathering.log["helpers"]),
        guests=tuple((row["name"], row["note"]) for row in gathering.log["guests"]),
        **(gathering.log["summary"][0] if gathering.log["summary"] else {}),
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
