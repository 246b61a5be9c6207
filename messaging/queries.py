"""Questions about messages that pages ask."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy

from accounts.models import User
from families.models import Family, Person
from groups.models import Group
from messaging.models import OWN, OwnMessage
from municipalities.rows import rows
from municipalities.sorting import NbKey
from outbox.models import Message
from sessions_log.models import Gathering
from sessions_log.queries.messages import MAY_KNOW, PERSON_OF, families_written_to, reader
from sessions_log.sent import KINDS, SentLetter, letter

AHEAD = timedelta(days=14)
ALL_KINDS = {
    **KINDS,
    OWN: gettext_lazy("own message"),
    **dict.fromkeys(("stopped", "stopped_mail"), gettext_lazy("no more text messages")),
}


def groups_to_choose(user: User) -> QuerySet[Any]:
    """Groups she may write to, with `.size`."""
    return (
        Group.objects.visible_to(user)
        .active()
        .annotate(size=Count("memberships", filter=Q(memberships__to__isnull=True), distinct=True))
        .order_by(NbKey("name"), "pk")
    )


def families_to_choose(user: User) -> QuerySet[Family]:
    """Families she may write to, by name."""
    return families_written_to(user).order_by(NbKey("name"), "pk")


@dataclass(frozen=True)
class Told:
    """One of staff's own messages in the list, with how many of its rows stand where."""

    own: OwnMessage
    gone: int
    waiting: int
    failed: int
    to_call: int
    stopped: int


# One row a message of the list: counted are only rows to families she may know of.
TOLD = f"""
    select m.about,
        count(*) filter (where m.state in ('sent', 'delivered')),
        count(*) filter (where m.state in ('queued', 'sending') and m.channel <> 'call'),
        count(*) filter (where m.state = 'failed'),
        count(*) filter (where m.state = 'queued' and m.channel = 'call'),
        count(*) filter (where m.state = 'cancelled')
    from outbox_message m
    join families_person p on {PERSON_OF}
    join families_family f on f.id = p.family_id
    where m.about = any(%(about)s) and {MAY_KNOW}
    group by m.about
"""  # noqa: S608 - fixed texts of ours


def own_messages(user: User, *, limit: int) -> list[Told]:
    """Staff's own messages that she may see, latest first. Two queries."""
    found = list(OwnMessage.objects.visible_to(user).select_related("group", "sent_by")[:limit])
    counts = {row[0]: row[1:] for row in rows(TOLD, {**reader(user), "about": [own.about for own in found]})}
    return [Told(own, *counts.get(own.about, (0, 0, 0, 0, 0))) for own in found]


OF_ONE = f"""
    select {{m}}, {{p}}, {{f}}
    from outbox_message m
    join families_person p on {PERSON_OF}
    join families_family f on f.id = p.family_id
    where m.about = %(about)s and {MAY_KNOW}
    order by nb_key(f.name), f.id, p.position, p.id
"""  # noqa: S608 - fixed texts of ours


def rows_of(own: OwnMessage, user: User) -> list[tuple[Message, Person]]:
    """What became of one message, by family, with the person and her family. One query."""
    params = {**reader(user), "about": own.about}
    return [
        (message, with_family(person, family))
        for message, person, family in rows(OF_ONE, params, m=Message, p=Person, f=Family)
    ]


def with_family(person: Person, family: Family) -> Person:
    person.family = family
    return person


@dataclass(frozen=True)
class Batch:
    """Messages of one day that belong together: of one kind, about one gathering or one message of staff's own."""

    kind: str
    gathering: Gathering | None
    own: OwnMessage | None
    letters: list[SentLetter]

    @property
    def at(self) -> datetime:
        return self.letters[0].message.due_at


# What goes in the days to come, and calls that are planned: an index of its own for each.
QUEUE = f"""
    select {{m}}, {{p}}, {{f}}, {{g}}, {{o}}
    from outbox_message m
    join families_person p on {PERSON_OF}
    join families_family f on f.id = p.family_id
    left join sessions_log_gathering g
        on g.id = case when m.about ~ '^gathering:[0-9]{{{{1,18}}}}$' then substr(m.about, 11)::bigint end
    left join messaging_ownmessage o
        on o.id = case when m.about ~ '^own:[0-9]{{{{1,18}}}}$' then substr(m.about, 5)::bigint end
    where ((m.state in ('queued', 'sending') and m.channel <> 'call' and m.due_at < %(until)s)
        or (m.state = 'queued' and m.channel = 'call' and m.due_at < %(until)s)) and {MAY_KNOW}
    order by m.due_at, m.about, m.kind, nb_key(f.name), p.position, p.id
"""  # noqa: S608 - fixed texts of ours


def queued(user: User, now: datetime) -> list[tuple[date, list[Batch]]]:
    """What is to go to families she may see in the next 14 days, by day, then by what it is about. One query."""
    found = []
    params = {**reader(user), "until": now + AHEAD}
    for message, person, family, gathering, own in rows(
        QUEUE, params, m=Message, p=Person, f=Family, g=Gathering, o=OwnMessage
    ):
        found.append((letter(message, with_family(person, family), now, ALL_KINDS), gathering, own))

    def day_of(each: Any) -> date:
        return max(timezone.localdate(each[0].message.due_at), timezone.localdate(now))

    def belongs(each: Any) -> tuple[str, str]:
        return each[0].message.about, each[0].message.kind

    days = []
    for day, those in groupby(sorted(found, key=day_of), key=day_of):
        batches = []
        for _key, some in groupby(sorted(those, key=belongs), key=belongs):
            together = list(some)
            first, gathering, own = together[0]
            batches.append(Batch(first.kind, gathering, own, [each[0] for each in together]))
        days.append((day, sorted(batches, key=lambda batch: batch.at)))
    return days
