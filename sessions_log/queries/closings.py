"""What a round still waits for before it can be closed (domain rule 9)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from municipalities.rows import rows
from planning.models import Evaluation, Round
from sessions_log.models import Gathering


@dataclass(frozen=True)
class Missing:
    """One thing, in a sentence without any family's name, and where to mend it."""

    sentence: str
    action: str
    target: tuple[str, tuple[Any, ...]]


UNSETTLED = """
    select g.name, count(distinct m.participation_id)
    from groups_membership m
    join groups_group g on g.id = m.group_id
    where g.round_id = %(round)s
        and not exists (select from sessions_log_exitinterview e where e.participation_id = m.participation_id)
    group by g.id, g.name
    order by nb_key(g.name), g.id
"""


def before_closing(round: Round, now: datetime) -> list[Missing]:
    """All that is missing. Three queries, whatever the number of families."""
    found = []
    for group, count in rows(UNSETTLED, {"round": round.pk}):
        sentence = ngettext(
            "%(n)s family of %(group)s has had no exit interview, and it is not said why.",
            "%(n)s families of %(group)s have had no exit interview, and it is not said why.",
            count,
        )
        words = sentence % {"n": count, "group": group}
        found.append(Missing(words, _("Exit interviews"), ("sessions_log:interviews", (round.pk,))))
    if not Evaluation.objects.written().filter(round=round).exists():
        words = _("The evaluation is not written: what went well, what less well, what to change, whether you go on.")
        found.append(Missing(words, _("Evaluation"), ("sessions_log:evaluation", (round.pk,))))
    ahead = Gathering.objects.filter(round=round).coming(now).count()
    if ahead:
        sentence = ngettext("%(n)s gathering is still ahead.", "%(n)s gatherings are still ahead.", ahead)
        found.append(Missing(sentence % {"n": ahead}, _("Gatherings"), ("sessions_log:gatherings", ())))
    return found
