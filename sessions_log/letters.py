"""The letters about gatherings: when they are still wanted, and what they say."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import User
from families.models import Channel, Person
from outbox.catalogue import Facts
from outbox.clock import moment
from outbox.letters import LetterKind, Way, own_link
from outbox.links import STANDS
from outbox.models import Message
from outbox.rules.quiet_hours import Quiet
from outbox.texts import Text
from outbox.wordings import wordings
from sessions_log.models import Gathering, Invitation, Reply
from web.phones import shown

INVITATION, CHANGE, CANCELLATION, REMINDER = "invitation", "change", "cancellation", "reminder"


def about(gathering: Gathering) -> str:
    """How a message names its gathering."""
    return f"gathering:{gathering.pk}"


def recipient(person: Person) -> str:
    """How a message names who gets it."""
    return f"person:{person.pk}"


def host_of(gathering: Gathering) -> User:
    """The first coordinator on the list of helpers, else who planned it."""
    return next((helper.user for helper in gathering.helpers.all() if helper.user), gathering.created_by)


def facts_for(gathering: Gathering, person: Person) -> Facts:
    """What a letter to this adult may know. Of her link it says where it stands: what is stored opens nothing."""
    host = host_of(gathering)
    return Facts(
        first_name=person.first_name,
        activity=gathering.title,
        starts_at=gathering.starts_at,
        ends_at=gathering.ends_at,
        place=gathering.place,
        address=gathering.address,
        directions=gathering.directions,
        bring=gathering.bring,
        host=host.first_name,
        host_phone=shown(host.phone) if host.phone else "",
        municipality=gathering.municipality.name,
        link=STANDS,
        event=f"{gathering.municipality_id}:{about(gathering)}",
        generation=gathering.generation,
    )


def reminder_due(gathering: Gathering, quiet: Quiet) -> datetime:
    """The day before, at the hour the municipality set, or when its days of rest allow it."""
    return quiet.reminder_at(gathering.starts_at, gathering.municipality.reminder_at)


def useful_until(gathering: Gathering, kind: str, now: datetime) -> datetime:
    """Its start. That it is cancelled is still of use to who is late, when it was cancelled after that."""
    late = kind == CANCELLATION and gathering.starts_at <= now
    return gathering.ends_at if late else gathering.starts_at


def ways_to(person: Person) -> list[Way]:
    """How an adult is reached now: as she wished, by her second channel, at last by somebody who calls her.

    A protected family gets no automatic message: its coordinator calls, and the row says neither what nor where.
    """
    if person.family.is_protected:
        return [Way(Channel.CALL, "", silent=True)]
    addresses = {Channel.SMS: person.phone, Channel.EMAIL: person.email}
    wished = [Channel(channel) for channel in (person.channel, person.second_channel) if channel]
    ways = [Way(channel, addresses[channel]) for channel in wished if addresses.get(channel)]
    before_call = ways[: wished.index(Channel.CALL)] if Channel.CALL in wished else ways
    return [*before_call, Way(Channel.CALL, person.phone)]


def gathering_and_person(message: Message) -> tuple[Gathering | None, Person | None]:
    """The rows that a message names; None for one that is gone."""
    gathering = (
        Gathering.objects.filter(pk=message.about.removeprefix("gathering:"))
        .select_related("municipality", "created_by")
        .prefetch_related("helpers__user")
        .first()
    )
    return gathering, person_of(message)


def person_of(message: Message) -> Person | None:
    """Who a message is for."""
    return Person.objects.filter(pk=message.recipient.removeprefix("person:")).select_related("family").first()


def why_not(message: Message) -> str:
    """Asked again at the last moment: why a letter about a gathering must not go; "" when it may."""
    gathering, person = gathering_and_person(message)
    if gathering is None or person is None or not person.receives or person.left_on:
        return _("The recipient gets no messages any more.")
    invitation = Invitation.objects.filter(gathering=gathering, family=person.family_id).first()
    if message.kind == CANCELLATION:
        return "" if gathering.cancelled_at else _("The gathering takes place after all.")
    if gathering.cancelled_at:
        return _("The gathering is cancelled.")
    if message.useful_until is None and gathering.starts_at <= moment():
        return _("The gathering has begun.")
    if f":{gathering.generation}:" not in message.key:
        return _("The gathering was changed since.")
    if invitation is None or invitation.withdrawn_at:
        return _("The family is no longer invited.")
    if message.kind == REMINDER and Reply.objects.filter(
        gathering=gathering, family=person.family_id, is_current=True, coming=False
    ):
        return _("The family is not coming.")
    return ""


def write(message: Message) -> Text:
    """A planned letter, from what is true now. One that was planned before there were pages has no link to say."""
    gathering, person = gathering_and_person(message)
    if gathering is None or person is None:
        raise LookupError(message.key)
    facts = facts_for(gathering, person)
    if not message.link_hash:
        facts = replace(facts, link="")
    return wordings(message.kind).render(message.kind, message.language, facts)


def reach(message: Message) -> Sequence[Way]:
    """How the adult is reached now: a number mended since the promise counts."""
    person = person_of(message)
    return ways_to(person) if person else []


# What asks for an answer leads to the page that takes it. A cancellation asks nothing and says it all by itself.
LETTERS = [
    *(
        LetterKind(name, still_wanted=why_not, render=write, reach=reach, secrets=own_link, has_page=True)
        for name in (INVITATION, CHANGE, REMINDER)
    ),
    LetterKind(CANCELLATION, still_wanted=why_not, render=write, reach=reach),
]
