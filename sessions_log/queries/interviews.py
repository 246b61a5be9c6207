"""Which families of a round have had their exit interview, and what the page of one needs."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import QuerySet

from accounts.models import User
from accounts.permissions import Permission
from families.models import Family, Participation, Person
from groups.models import Group
from municipalities.rows import rows
from planning.models import Round
from sessions_log.models import Absence

# Exit interviews are asked for from so long before the end of a round, or before the group's closing party.
BEFORE_THE_END = timedelta(days=28)


@dataclass(frozen=True)
class Leaving:
    """A family at the end of its time in a group: `to` is the day it left, `reason` why, where it left earlier."""

    participation_id: int
    family: Family
    to: date | None
    reason: str
    held_on: date | None
    absence: str
    absence_words: str

    @property
    def is_settled(self) -> bool:
        """Held, or its absence explained (domain rule 9)."""
        return bool(self.held_on or self.absence)

    @property
    def why_not(self) -> str:
        """The absence in words."""
        return " ".join(filter(None, [str(Absence(self.absence).label) if self.absence else "", self.absence_words]))


@dataclass
class GroupAtTheEnd:
    group: Group
    goal: str
    families: list[Leaving] = field(default_factory=list)

    @property
    def waiting(self) -> int:
        return sum(not family.is_settled for family in self.families)


# The latest group of each family that was in one. Row-level security and `groups` say whose.
LEAVING = """
    select {g}, {f}, o.words, m.participation_id, m."to", m.reason, e.held_on, e.absence, e.absence_words
    from (select distinct on (m.participation_id) m.* from groups_membership m
        join groups_group r on r.id = m.group_id
        where r.round_id = %(round)s order by m.participation_id, m.since desc, m.id desc) m
    join groups_group g on g.id = m.group_id
    join families_family f on f.id = m.family_id
    left join sessions_log_exitinterview e on e.participation_id = m.participation_id
    left join sessions_log_groupgoal o on o.group_id = g.id
    where %(all)s or g.id = any(%(groups)s)
    order by nb_key(g.name), g.id, e.id is not null, nb_key(f.name), f.id
"""


def at_the_end(round: Round, user: User) -> list[GroupAtTheEnd]:
    """The groups of a round that she may see, with every family that was in them; those who wait first. One query."""
    sees_all = user.may(Permission.GROUP_VIEW_ALL)
    params = {"round": round.pk, "all": sees_all, "groups": [] if sees_all else user.followed_groups}
    found: dict[int, GroupAtTheEnd] = {}
    for group, family, goal, participation, to, reason, held_on, absence, words in rows(
        LEAVING, params, g=Group, f=Family
    ):
        each = found.setdefault(group.pk, GroupAtTheEnd(group, goal or ""))
        each.families.append(Leaving(participation, family, to, reason, held_on, absence or "", words or ""))
    return list(found.values())


def ways_to_look_back(user: User) -> QuerySet[Participation]:
    """Ways through a round that were in a group: a leader's all, a coordinator's those of the groups she follows."""
    ways = Participation.objects.filter(memberships__isnull=False).distinct()
    if user.may(Permission.GROUP_VIEW_ALL):
        return ways
    return ways.filter(memberships__group__in=user.followed_groups)


@dataclass(frozen=True)
class Number:
    """An adult of the group who lets the others have the number."""

    name: str
    phone: str


# Both want it, or neither gets it: whoever shares sees those who share.
NUMBERS = """
    select {p}
    from groups_membership m
    join families_family f on f.id = m.family_id
    join families_person p on p.family_id = f.id
    join families_consent c on c.family_id = f.id and c.person_id = p.id and c.purpose = 'share_contact'
        and c.withdrawn_at is null
    where m.group_id = %(group)s and m.family_id <> %(family)s and f.protection = 'none'
        and p.left_on is null and p.phone <> ''
        and exists (select from families_consent own join families_person o on o.id = own.person_id
            join families_family mine on mine.id = own.family_id
            where own.family_id = %(family)s and own.purpose = 'share_contact' and own.withdrawn_at is null
                and o.left_on is null and mine.protection = 'none')
    order by nb_key(f.name), f.id, p.position, p.id
"""


def shared_numbers(group: Group, family: Family) -> list[Number]:
    """First names and numbers that the family may have, because both have said yes. One query."""
    found = rows(NUMBERS, {"group": group.pk, "family": family.pk}, p=Person)
    return list(dict.fromkeys(Number(person.first_name, person.phone) for (person,) in found))
