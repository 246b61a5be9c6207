"""Messages and texts that need a person: for the start page."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from answers.queries import LEFT_ALONE, WaitingText
from families.models import Family, Person
from insight.queries.today import Todo
from messaging.models import OWN, OwnMessage
from messaging.queries import ALL_KINDS
from municipalities.rows import rows
from outbox.models import Message
from sessions_log.models import Gathering
from sessions_log.queries.messages import FOLLOWS, MAY_KNOW, PERSON_OF, reader
from sessions_log.sent import SentLetter, letter

RECENT = timedelta(days=14)

# Calls that are due, of families she follows; and what she wrote herself and did not arrive. An index each.
NEEDS = f"""
    select {{m}}, {{p}}, {{f}}, {{g}}, {{o}}
    from outbox_message m
    join families_person p on {PERSON_OF}
    join families_family f on f.id = p.family_id
    left join sessions_log_gathering g
        on g.id = case when m.about ~ '^gathering:[0-9]{{{{1,18}}}}$' then substr(m.about, 11)::bigint end
    left join messaging_ownmessage o
        on o.id = case when m.about ~ '^own:[0-9]{{{{1,18}}}}$' then substr(m.about, 5)::bigint end
    where ((m.state = 'queued' and m.channel = 'call' and m.due_at <= %(now)s
            and (m.useful_until is null or m.useful_until > %(now)s) and {FOLLOWS})
        or (m.state = 'failed' and m.due_at > %(recent)s and m.kind = '{OWN}' and m.created_by_id = %(user)s
            and {MAY_KNOW}))
    order by m.due_at, nb_key(f.name), m.id
    limit 100
"""  # noqa: S608 - fixed texts of ours


@dataclass(frozen=True)
class Call:
    """A call to make, and what it is about."""

    row: SentLetter
    family: Family
    gathering: Gathering | None
    own: OwnMessage | None


def calls_and_failures(user: User, now: datetime) -> tuple[list[Call], list[Todo]]:
    """Whom she is to call instead of a message; and which of her own messages did not arrive. One query."""
    params = {**reader(user), "now": now, "recent": now - RECENT}
    calls, failed = [], dict[int, tuple[OwnMessage, int]]()
    for message, person, family, gathering, own in rows(
        NEEDS, params, m=Message, p=Person, f=Family, g=Gathering, o=OwnMessage
    ):
        person.family = family
        if message.state != Message.State.FAILED:
            calls.append(Call(letter(message, person, now, ALL_KINDS), family, gathering, own))
        elif own is not None:
            failed[own.pk] = (own, failed.get(own.pk, (own, 0))[1] + 1)
    return calls, [failure(own, count) for own, count in failed.values()]


def failure(own: OwnMessage, count: int) -> Todo:
    title = ngettext("%(n)s message did not arrive", "%(n)s messages did not arrive", count) % {"n": count}
    return Todo("ExclamationmarkTriangle", title, excerpt(own.words), ("messaging:message", [own.pk]), now=True)


def excerpt(words: str) -> str:
    """The beginning of what she wrote."""
    line = " ".join(words.split())
    return line if len(line) <= 60 else f"{line[:59]}…"


def texts_left_alone(waiting: list[WaitingText], now: datetime) -> list[Todo]:
    """A leader hears of texts that nobody has taken care of for a day. How many, not from whom. No query."""
    count = sum(not each.follows and each.text.received_at < now - LEFT_ALONE for each in waiting)
    if not count:
        return []
    words = ngettext("%(n)s text message waits for an answer", "%(n)s text messages wait for an answer", count)
    return [Todo("Chat", words % {"n": count}, _("Since yesterday or longer."), ("answers:inbox", []), now=True)]
