"""The groups' goals, now and before."""

from dataclasses import dataclass
from datetime import datetime

from groups.models import Group
from municipalities.rows import rows

EARLIER = """
    select e.words, coalesce(nullif(u.name, ''), u.email), e.noted_at
    from sessions_log_groupgoalevent e
    join sessions_log_groupgoal o on o.id = e.pgh_obj_id
    join accounts_user u on u.id = e.noted_by_id
    where o.group_id = %(group)s
    order by e.pgh_id desc offset 1 limit 10
"""


GOALS = """
    select g.name, o.words
    from sessions_log_groupgoal o
    join groups_group g on g.id = o.group_id
    where o.group_id = any(%(groups)s)
    order by nb_key(g.name), g.id
"""


def goals_of(groups: list[int]) -> list[tuple[str, str]]:
    """(group, its goal) of those that have one, by name. One query."""
    return [(name, words) for name, words in rows(GOALS, {"groups": groups})]


@dataclass(frozen=True)
class EarlierGoal:
    words: str
    by: str
    at: datetime


def earlier_goals(group: Group) -> list[EarlierGoal]:
    """What the goal was before, latest first. One query."""
    return [EarlierGoal(*row) for row in rows(EARLIER, {"group": group.pk})]
