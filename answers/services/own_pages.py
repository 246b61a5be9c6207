"""A family's own page: who stands behind a link, what may be seen, and the household's answer."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from families.models import Person
from outbox.models import Message
from sessions_log.letters import gathering_and_person
from sessions_log.models import Gathering, Invitation, Reply
from sessions_log.services.replies import note_reply

OPEN_AFTER = timedelta(days=1)  # a link lives until a day after its gathering


class TooLate(Exception):
    """The gathering has begun or is cancelled: nothing is to be answered any more."""


@dataclass(frozen=True)
class OwnPage:
    """What a link opens: one gathering, for one household."""

    gathering: Gathering
    person: Person
    people: list[Person]
    reply: Reply | None
    now: datetime

    @property
    def is_cancelled(self) -> bool:
        return self.gathering.cancelled_at is not None

    @property
    def can_answer(self) -> bool:
        return not self.is_cancelled and self.now < self.gathering.starts_at


@dataclass(frozen=True)
class EndedLink:
    """A link that a coordinator has closed: whom to call, and not a word of what it led to."""

    gathering: Gathering
    person: Person


def own_page(*, message: int, now: datetime) -> OwnPage | EndedLink | None:
    """The page of a message's link, inside its municipality. None when there is none, or none any more.

    The link ends a day after the gathering, when somebody closes it, when its family leaves or is not invited any
    more, and for a family with a protected address, which has no page at all.
    """
    row = Message.objects.filter(pk=message).exclude(link_hash="").first()
    gathering, person = gathering_and_person(row) if row else (None, None)
    if row is None or gathering is None or person is None or now > gathering.ends_at + OPEN_AFTER:
        return None
    if person.left_on or person.family.is_protected or person.family.merged_into_id:
        return None
    if not Invitation.objects.filter(gathering=gathering, family=person.family_id, withdrawn_at__isnull=True).exists():
        return None
    if row.link_ended_at is not None:
        return EndedLink(gathering, person)
    people = list(person.family.people.filter(left_on__isnull=True).order_by("position", "pk"))
    reply = Reply.objects.filter(gathering=gathering, family=person.family_id, is_current=True).first()
    return OwnPage(gathering, person, people, reply, now)


@transaction.atomic
def answer_from_own_page(
    *,
    page: OwnPage,
    coming: bool,
    who: list[Person],
    needs_lift: bool,
    needs_interpreter: bool,
    food: str,
    words: str,
) -> Reply:
    """The household's answer; the last one counts. Raises TooLate."""
    if not page.can_answer:
        raise TooLate
    kinds = [person.kind for person in who]
    return note_reply(
        gathering=page.gathering,
        family=page.person.family,
        coming=coming,
        adults=kinds.count("adult"),
        children=kinds.count("child"),
        needs_lift=needs_lift,
        needs_interpreter=needs_interpreter,
        words=words,
        food=food,
        by=None,
        now=page.now,
    )
