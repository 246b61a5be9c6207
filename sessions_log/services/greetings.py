"""Promising a welcome and a thank-you: each goes once to each adult, however often it is asked for."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from audit.services import record
from families.models import Person
from groups.models import Group
from municipalities.models import Municipality
from outbox.catalogue import letter_language
from outbox.services import enqueue
from sessions_log.greetings import THANKS, WELCOME, about_group, to_thank, to_welcome
from sessions_log.letters import about, recipient
from sessions_log.models import Gathering


def promise(
    kind: str, people: list[Person], *, about: str, key: str, town: Municipality, by: User, now: datetime
) -> None:
    """Written when it goes, from what is true then."""
    for person in people:
        enqueue(
            key=f"{kind}:{key}:{person.pk}",
            kind=kind,
            channel=person.channel,
            address=person.address_of_channel,
            recipient=recipient(person),
            recipient_name=person.first_name,
            about=about,
            language=letter_language(person.language),
            due_at=now,
            text=None,
            municipality=town,
            by=by,
        )


@transaction.atomic
def welcome(*, group: Group, by: User, now: datetime) -> int:
    """Welcome those of the group who have not been; returns how many letters were promised."""
    people = to_welcome(group)
    promise(WELCOME, people, about=about_group(group), key=f"{group.pk}", town=group.municipality, by=by, now=now)
    if people:
        record("welcome", by=by, municipality=group.municipality_id, group=group.pk)
    return len(people)


@transaction.atomic
def thank(*, gathering: Gathering, by: User, now: datetime) -> int:
    """Thank the families that were there, with the next date; returns how many letters were promised."""
    people = to_thank(gathering, now)
    key = f"{gathering.pk}:{gathering.generation}"
    promise(THANKS, people, about=about(gathering), key=key, town=gathering.municipality, by=by, now=now)
    if people:
        record("thank", by=by, municipality=gathering.municipality_id, gathering=gathering.pk)
    return len(people)
