"""Nothing that could shame or endanger a family is in any letter: every kind in every language, with poison around it.

Every text field of every row round the gathering is filled with what a letter must not say: names of families and
children, who referred them and why, notes, other people's names. The letters are made as they are in earnest: from the
rows, by the functions that promise them.
"""

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import models
from django.utils import timezone

from accounts.models import User
from families.models import Conversation, Family, Person, Referral
from groups.models import Group
from outbox.catalogue import KINDS, LANGUAGES, Facts
from outbox.mails import mail_of
from outbox.models import Message
from outbox.texts import Text
from outbox.wordings import wordings
from sessions_log.greetings import facts_of, next_after
from sessions_log.letters import facts_for, host_of
from sessions_log.models import Gathering, Invitation, Reply, Summary
from tests.factories import gathering_of

# Words that are in no letter by themselves; those of the sources are whole words, for they begin others.
POISON = "Giftord NAV barnevern flyktning helsestasjon krisesenter"
HIDDEN = re.compile(r"gift|\bnav\b|barnevern|flyktning|helsestasjon|krisesenter|solheim", re.IGNORECASE)


def poison(row: models.Model, *, keep: tuple[str, ...] = ()) -> None:
    """Fill each text field that a person writes."""
    for field in row._meta.concrete_fields:
        written = isinstance(field, models.CharField | models.TextField) and field.editable and not field.choices
        if written and field.name not in keep:
            setattr(row, field.name, POISON[: field.max_length])
    row.save()


@pytest.fixture
def poisoned(birch: Group, coordinator: User, referrer: User) -> tuple[Gathering, Person]:
    """A gathering and one of its adults, Amira, with poison in all that is written around them."""
    town = birch.municipality
    membership = birch.memberships.select_related("family", "participation").order_by("pk")[0]
    family = membership.family
    person = family.people.get(kind="adult")
    gathering = gathering_of(birch)
    following = gathering_of(birch, starts_at=gathering.starts_at + timedelta(days=7))
    about = {"municipality": town, "gathering": gathering, "family": family}
    now = timezone.now()
    rows: list[models.Model] = [
        birch,
        birch.round,
        membership,
        membership.participation,
        *gathering.helpers.all(),
        Reply.objects.create(**about, coming=True, noted_at=now),
        Invitation.objects.create(**about, invited_at=now, invited_by=coordinator),
        Summary.objects.create(municipality=town, gathering=gathering, written_by=coordinator, written_at=now),
        Referral.objects.create(
            municipality=town,
            family=family,
            round=birch.round,
            referred_by=referrer,
            source_kind="child_welfare",
            referred_on=date(2026, 8, 1),
        ),
        Conversation.objects.create(
            municipality=town, participation=membership.participation, held_on=date(2026, 8, 2), held_by=coordinator
        ),
    ]
    for row in rows:
        poison(row)
    poison(family, keep=("postal_code", "phone"))
    for child in family.people.filter(kind="child"):
        child.name = "Giftbarn"
        child.save()
    person.name, person.email = "Amira Giftetternavn", "amira@example.org"
    person.save()
    referrer.name = "Tor Gifthenviser"
    referrer.save()
    for row in (gathering, following):
        row.shopping_note, row.bring = POISON, "forkle"
        row.save()
    found = Gathering.objects.select_related("municipality", "created_by").get(pk=gathering.pk)
    return found, Person.objects.select_related("family").get(pk=person.pk)


def letters_of(gathering: Gathering, person: Person) -> dict[tuple[str, str], Text]:
    """All kinds in all languages, made of the facts of their own promise."""
    said = wordings(*KINDS)
    assert facts_for(gathering, person).link == "{link}"
    of_gathering = facts_for(gathering, person)
    host, town = host_of(gathering), gathering.municipality
    bare = facts_of(person, host, town=town.name)
    facts: dict[str, Facts] = {
        **dict.fromkeys(("invitation", "change", "cancellation", "reminder"), of_gathering),
        "welcome": bare,
        "thanks": facts_of(person, host, next_after(gathering, timezone.now())),
        "vote": replace(bare, options=("Bowling", "Tur i skogen")),
        "code": Facts(code="{code}"),
        "check_in": bare,
        "message": replace(bare, words="Husk varme klær på torsdag."),
        "stopped": bare,
        "stopped_mail": bare,
    }
    assert set(facts) == set(KINDS)
    return {(kind, language): said.render(kind, language, facts[kind]) for kind in KINDS for language in LANGUAGES}


def readable(part: Any) -> str:
    """A part of a mail as it is read: not as it is coded."""
    content = part.get_payload(decode=True)
    return content.decode() if isinstance(content, bytes) else ""


def test_no_letter_tells_what_stands_around_it(poisoned: tuple[Gathering, Person]) -> None:
    gathering, person = poisoned
    found = []
    for (kind, language), text in letters_of(gathering, person).items():
        message = Message(
            municipality=gathering.municipality,
            key=f"{kind}:{gathering.pk}:{gathering.generation}:{person.pk}",
            kind=kind,
            language=language,
            address=person.email,
            subject=text.subject,
            body=text.body,
            calendar=text.calendar,
        )
        mail = mail_of(message)
        sent = mail.message()
        parts = [readable(part) for part in sent.walk() if not part.is_multipart()]
        assert len(parts) == (3 if text.calendar else 2)
        headers = "\n".join(f"{name}: {value}" for name, value in sent.items())
        for told in (text.subject, text.body, text.sms, text.calendar, *parts, headers, mail.subject):
            found += [(kind, language, hit) for hit in HIDDEN.findall(told)]
            assert "Amira" not in (text.subject, text.calendar)
    assert found == []


def test_the_poison_would_be_found(poisoned: tuple[Gathering, Person]) -> None:
    """It is there, and each way of telling it is seen: in plain, in a calendar, coded in a mail."""
    gathering, person = poisoned
    around = [person.name, str(person.family), gathering.shopping_note, host_of(gathering).name]
    assert [bool(HIDDEN.search(words)) for words in around] == [True] * 4
    leaking = replace(facts_for(gathering, person), place=str(person.family))
    text = wordings("invitation").render("invitation", "ar", leaking)
    assert HIDDEN.search(text.calendar)
    sent = mail_of(Message(municipality=gathering.municipality, language="ar", body=text.body, key="x")).message()
    assert [bool(HIDDEN.search(readable(part))) for part in sent.walk() if not part.is_multipart()] == [True, True]


def test_letters_know_a_first_name_and_no_more(poisoned: tuple[Gathering, Person]) -> None:
    gathering, person = poisoned
    facts = facts_for(gathering, person)
    assert (facts.first_name, facts.host) == ("Amira", "Ingrid")
    assert {name for name in Facts.__dataclass_fields__ if "family" in name or "child" in name} == set()
    assert Family.objects.filter(name__startswith="Gift").count() == 1
