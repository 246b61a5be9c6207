"""What follows from a text: a reply is noted, text messages end, or a person is asked."""

from datetime import datetime
from typing import Any

from answers.letters import promise_stopped
from answers.models import IncomingText
from families.models import Family, Person
from families.services.text_messages import end_text_messages
from outbox.rules.answers import Meaning
from sessions_log.letters import CHANGE, INVITATION, REMINDER
from sessions_log.models import Gathering, Invitation, Reply
from sessions_log.services.replies import note_reply

ASKS = {INVITATION, CHANGE, REMINDER}


def note_meaning(*, incoming: IncomingText, number: str, now: datetime) -> None:
    """Do what the text says when it is plain what that is; else it waits for a coordinator."""
    if incoming.meaning == Meaning.STOP:
        stop(incoming, number, now)
    elif incoming.meaning in {Meaning.YES, Meaning.NO}:
        gathering = gathering_asked_about(incoming, now)
        if gathering is not None:
            answer(incoming, gathering, now)


def gathering_asked_about(incoming: IncomingText, now: datetime) -> Gathering | None:
    """The gathering that our last message asked about; None when a yes or no to it says nothing sure any more.

    It has begun or is cancelled, was moved since, the family is not invited any more, or has left.
    """
    message = incoming.message
    if message is None or message.kind not in ASKS or incoming.person.family.is_protected:
        return None
    gathering = Gathering.objects.live().filter(pk=message.about.removeprefix("gathering:"), starts_at__gt=now).first()
    if gathering is None or f":{gathering.generation}:" not in message.key:
        return None
    stands = Invitation.objects.filter(gathering=gathering, family=incoming.person.family_id, withdrawn_at__isnull=True)
    return gathering if stands.exists() else None


def answer(incoming: IncomingText, gathering: Gathering, now: datetime) -> None:
    """The household's answer. A «yes» keeps what was known of how many: its last answer, else the whole household."""
    family = incoming.person.family
    coming = incoming.meaning == Meaning.YES
    note_reply(
        gathering=gathering,
        family=family,
        coming=coming,
        **(household(gathering, family) if coming else {}),
        by=None,
        now=now,
    )
    incoming.settled_at, incoming.outcome = now, IncomingText.Outcome.REPLY
    incoming.save(update_fields=["settled_at", "outcome"])


def household(gathering: Gathering, family: Family) -> dict[str, Any]:
    """How many come, and what they need, as far as anybody knows."""
    last = Reply.objects.filter(gathering=gathering, family=family, is_current=True, coming=True).first()
    if last is not None:
        return {
            "adults": last.adults,
            "children": last.children,
            "needs_lift": last.needs_lift,
            "needs_interpreter": last.needs_interpreter,
            "words": last.words,
        }
    people = list(family.people.filter(left_on__isnull=True))
    kinds = [person.kind for person in people]
    return {
        "adults": kinds.count("adult"),
        "children": kinds.count("child"),
        **usual_needs(gathering, family, people),
    }


def usual_needs(gathering: Gathering, family: Family, people: list[Person]) -> dict[str, bool]:
    """What the family is known to need, until it says something else for this gathering."""
    return {
        "needs_lift": family.needs_transport,
        "needs_interpreter": gathering.asks_interpreter and any(person.interpreter_language for person in people),
    }


def stop(incoming: IncomingText, number: str, now: datetime) -> None:
    """No text message goes to this number any more, but the one that says so. The coordinator sees it."""
    for person in Person.objects.filter(phone=number, kind="adult", left_on__isnull=True):
        ended = end_text_messages(person=person, now=now)
        if person.pk == incoming.person_id:
            promise_stopped(incoming=incoming, person=ended, number=number, now=now)
