"""The conversation: what a family told, kept in one step or not at all."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit.services import record
from families.models import (
    Background,
    Conversation,
    Family,
    Moment,
    Participation,
    Person,
    PersonKind,
    Purpose,
)
from families.rules.consents import text_of
from families.services.consents import give_consent, mark_newcomers, may_answer
from families.services.support import ToldSupport, keep_support
from families.services.wishes import note_contacted, note_wish

FAMILY_FIELDS = (
    "languages",
    "likes",
    "contributes",
    "times",
    "can_meet",
    "area",
    "travels",
    "needs_transport",
    "food_needs",
    "access_needs",
)


class RoundIsOver(Exception):
    """The family takes part in no round now: there is nothing to talk about yet."""


@dataclass(frozen=True)
class ToldChild:
    """A child as the family told of it; `pk` None for one we did not know of. `gone`: no longer in the household."""

    pk: int | None
    name: str
    birth_year: int | None
    about: bool = False
    gone: bool = False


@dataclass(frozen=True)
class Told:
    """All that a conversation can leave. `family`: values of FAMILY_FIELDS. `background` "" removes an answer."""

    held_on: date
    family: dict[str, Any] = field(default_factory=dict)
    who_they_are: str = ""
    worries: str = ""
    next_step: str = ""
    next_step_on: date | None = None
    background: str = ""
    interpreters: dict[int, str] = field(default_factory=dict)
    children: Sequence[ToldChild] = ()
    support: Sequence[ToldSupport] = ()
    photos_said_by: Person | None = None
    text_messages: Sequence[Person] = ()
    wish_said_by: Person | None = None
    wish_words: str = ""


@transaction.atomic
def hold_conversation(*, participation: Participation, told: Told, by: User, now: datetime) -> Conversation:
    """Keep what a family told; again later mends it. Answers that were left out are taken away.

    Raises RoundIsOver, AlreadyNoted when their wish stands, and CannotAnswer for the three questions to a child.
    """
    if participation.ended_on is not None:
        raise RoundIsOver
    family, town = participation.family, participation.municipality_id
    for name in FAMILY_FIELDS:
        if name in told.family:
            setattr(family, name, told.family[name])
    family.save()
    conversation, _made = Conversation.objects.update_or_create(
        participation=participation,
        defaults={
            "municipality_id": town,
            "held_on": told.held_on,
            "held_by": by,
            "who_they_are": told.who_they_are,
            "worries": told.worries,
            "next_step": told.next_step,
            "next_step_on": told.next_step_on,
        },
    )
    keep_background(family, told.background, by)
    keep_people(family, told)
    keep_support(participation=participation, support=told.support, moment=Moment.BEFORE, on=told.held_on, by=by)
    for adult in told.text_messages:
        give_consent(family=family, purpose=Purpose.SMS, person=adult, given_by=adult, by=by, now=now)
    if told.photos_said_by is not None:
        agree_to_photos(family, told.photos_said_by, by, now)
    if participation.contacted_on is None:
        note_contacted(participation=participation, on=told.held_on, by=by)
    if told.wish_said_by is not None:
        note_wish(
            participation=participation, said_by=told.wish_said_by, said_on=told.held_on, words=told.wish_words, by=by
        )
    record("hold_conversation", by=by, municipality=town, family=family.pk, conversation=conversation.pk)
    return conversation


def agree_to_photos(family: Family, said_by: Person, by: User, now: datetime) -> None:
    """A yes for herself and for the children at home, one by one, so that each can be taken back by itself. Whoever is
    old enough to answer is asked herself, on the page of consents."""
    text, year = text_of(Purpose.PHOTO), timezone.localdate(now).year
    for person in (said_by, *family.people.filter(kind=PersonKind.CHILD, left_on__isnull=True)):
        if may_answer(text, person, said_by, year):
            give_consent(family=family, purpose=Purpose.PHOTO, person=person, given_by=said_by, by=by, now=now)


def keep_background(family: Family, answer: str, by: User) -> None:
    """Set or remove the family's own answer; a removed one is gone, without history."""
    if not answer:
        Background.objects.filter(family=family).delete()
        return
    Background.objects.update_or_create(
        family=family, defaults={"municipality_id": family.municipality_id, "answer": answer, "noted_by": by}
    )


def keep_people(family: Family, told: Told) -> None:
    """Interpreters of the adults, and the children by name and year."""
    people = {person.pk: person for person in family.people.all()}
    for pk, language in told.interpreters.items():
        if pk in people and people[pk].kind == PersonKind.ADULT and people[pk].interpreter_language != language:
            people[pk].interpreter_language = language
            people[pk].save(update_fields=["interpreter_language"])
    position = max((person.position for person in people.values()), default=0)
    for child in told.children:
        if child.pk is None:
            position += 1
            Person.objects.create(
                municipality_id=family.municipality_id,
                family=family,
                kind=PersonKind.CHILD,
                name=child.name,
                birth_year=child.birth_year,
                birth_year_about=child.about,
                position=position,
            )
        elif child.pk in people and people[child.pk].kind == PersonKind.CHILD:
            row = people[child.pk]
            row.name, row.birth_year, row.birth_year_about = child.name, child.birth_year, child.about
            row.left_on = told.held_on if child.gone else None
            row.save(update_fields=["name", "birth_year", "birth_year_about", "left_on"])
    mark_newcomers(family)
