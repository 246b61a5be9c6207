"""What a round was, in figures: beside its evaluation."""

from dataclasses import dataclass

from django.utils import timezone

from accounts.models import User
from accounts.permissions import Permission
from municipalities.rows import rows
from planning.models import Round
from sessions_log.models import CarriedBy, Gathering


@dataclass(frozen=True)
class HeldGathering:
    """One gathering: families of which somebody came, of those that were logged. Texts only where she may read them."""

    gathering: Gathering
    here: int
    logged: int
    carried_by: str
    went_well: str
    change_next: str
    groups: str

    @property
    def carried(self) -> str:
        return str(CarriedBy(self.carried_by).label) if self.carried_by else ""


@dataclass(frozen=True)
class Figures:
    """Whole kroner. `families`: that were in a group of the round; `talked_with`: an exit interview was held."""

    held: list[HeldGathering]
    families: int
    talked_with: int
    amount: int
    spent: int

    @property
    def logged(self) -> list[HeldGathering]:
        return [each for each in self.held if each.logged]

    @property
    def mean_here(self) -> float:
        """Families at a gathering, on average of those that were logged."""
        return sum(each.here for each in self.logged) / len(self.logged) if self.logged else 0

    @property
    def mean_logged(self) -> float:
        """Families that could have come, on average."""
        return sum(each.logged for each in self.logged) / len(self.logged) if self.logged else 0

    @property
    def carried(self) -> list[tuple[int, str]]:
        """How many gatherings each carried, in the order from the coordinator to the families."""
        counts = [
            (sum(each.carried_by == value for each in self.held), str(label)) for value, label in CarriedBy.choices
        ]
        return [(count, label) for count, label in counts if count]

    @property
    def summaries(self) -> list[HeldGathering]:
        return [each for each in self.held if each.went_well or each.change_next]


HELD = """
    select {g}, a.here, a.logged, coalesce(s.carried_by, ''), s.went_well, s.change_next,
        array_to_string(n.names, ', '), %(all)s or n.ids && %(groups)s::bigint[]
    from sessions_log_gathering g
    left join sessions_log_summary s on s.gathering_id = g.id
    join lateral (select count(distinct family_id) filter (where state = 'present') as here,
        count(distinct family_id) as logged from sessions_log_attendance where gathering_id = g.id) a on true
    join lateral (select array_agg(gr.name order by nb_key(gr.name)) as names, array_agg(gr.id) as ids
        from sessions_log_gatheringgroup gg join groups_group gr on gr.id = gg.group_id
        where gg.gathering_id = g.id) n on true
    where g.round_id = %(round)s and g.cancelled_at is null and g.starts_at <= %(now)s
    order by g.starts_at, g.id
"""
TOTALS = """
    select
        (select count(distinct m.participation_id) from groups_membership m
            join groups_group g on g.id = m.group_id where g.round_id = %(round)s),
        (select count(*) from sessions_log_exitinterview e join groups_group g on g.id = e.group_id
            where g.round_id = %(round)s and e.held_on is not null),
        (select coalesce(sum(amount), 0) from planning_budgetline where round_id = %(round)s),
        (select coalesce(sum(e.amount), 0) from planning_expense e join planning_budgetline l on l.id = e.line_id
            where l.round_id = %(round)s)
"""


def figures(round: Round, user: User) -> Figures:
    """The whole round in figures; what was written of a gathering, of the groups that she sees. Two queries."""
    sees_all = user.may(Permission.GROUP_VIEW_ALL)
    params = {
        "round": round.pk,
        "now": timezone.now(),
        "all": sees_all,
        "groups": [] if sees_all else user.followed_groups,
    }
    held = [
        HeldGathering(
            gathering, here, logged, carried_by, (well or "") if may else "", (change or "") if may else "", names or ""
        )
        for gathering, here, logged, carried_by, well, change, names, may in rows(HELD, params, g=Gathering)
    ]
    [totals] = rows(TOTALS, {"round": round.pk})
    return Figures(held, *(int(total) for total in totals))
