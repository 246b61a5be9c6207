"""Questions about texts that pages ask."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from answers.models import IncomingText
from families.models import Family, Person
from municipalities.rows import rows
from outbox.models import Message
from outbox.rules.answers import Meaning
from sessions_log.models import Gathering
from sessions_log.queries.messages import FOLLOWS, MAY_KNOW, reader

LEFT_ALONE = timedelta(hours=24)  # then the leader hears of it


@dataclass(frozen=True)
class WaitingText:
    """A text with whom it is from, and the gathering that our last message to her was about."""

    text: IncomingText
    person: Person
    family: Family
    message: Message | None
    gathering: Gathering | None
    follows: bool

    @property
    def title(self) -> str:
        """«Amina (Familien Rahimi) wrote»."""
        words = {"name": self.person.first_name or _("Somebody"), "family": self.family.name}
        if self.text.meaning == Meaning.STOP:
            return _("%(name)s (%(family)s) wants no more text messages") % words
        return _("%(name)s (%(family)s) wrote") % words

    @property
    def now_by(self) -> str:
        """After a STOP: how she is reached from now on."""
        if self.text.meaning != Meaning.STOP:
            return ""
        if self.person.channel == "email":
            return _("E-mail from now on. What waited goes by e-mail, too.")
        return _("Call from now on. What waited is now on your list of calls.")

    @property
    def may_reply(self) -> bool:
        """Whether her answer can be noted on a gathering that is to come."""
        return (
            self.gathering is not None
            and self.text.meaning != Meaning.STOP
            and self.gathering.cancelled_at is None
            and self.gathering.starts_at > timezone.now()
        )


WAITING = f"""
    select {{t}}, {{p}}, {{f}}, {{m}}, {{g}}, {FOLLOWS}
    from answers_incomingtext t
    join families_person p on p.id = t.person_id
    join families_family f on f.id = p.family_id
    left join outbox_message m on m.id = t.message_id
    left join sessions_log_gathering g
        on g.id = case when m.about ~ '^gathering:[0-9]{{{{1,18}}}}$' then substr(m.about, 11)::bigint end
    where t.settled_at is null and {MAY_KNOW}
    order by t.received_at, t.id limit %(limit)s
"""  # noqa: S608 - fixed texts of ours


def waiting_texts(user: User, *, limit: int) -> list[WaitingText]:
    """What she may read and nobody has taken care of, oldest first; `.follows`: of a family she follows. One query."""
    found = []
    for text, person, family, message, gathering, follows in rows(
        WAITING, {**reader(user), "limit": limit}, t=IncomingText, p=Person, f=Family, m=Message, g=Gathering
    ):
        person.family = family
        found.append(WaitingText(text, person, family, message, gathering, follows))
    return found
