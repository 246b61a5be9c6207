"""What became of each message, in plain words; and what is done about one that did not arrive."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from audit.models import Event
from families.models import Family, Person, Protection
from groups.models import Group
from outbox.models import Message
from sessions_log.models import CallNote, Gathering
from tests.conftest import Browser
from tests.factories import gathering_of, invited

Browse = Callable[[User | None], Browser]
HOME = "/k/9901/"


@pytest.fixture
def soon(birch: Group) -> Gathering:
    row = gathering_of(birch, timezone.now() + timedelta(hours=20))
    for membership in birch.memberships.all():
        invited(row, membership.family)
    return row


def message(gathering: Gathering, person: Person, **fields: object) -> Message:
    values: dict[str, object] = {
        "kind": "invitation",
        "channel": "sms",
        "address": person.phone,
        "due_at": timezone.now(),
        "body": "Hei",
        "sms": "Hei",
        **fields,
    }
    return Message.objects.create(
        municipality=gathering.municipality,
        key=f"invitation:{gathering.pk}:1:{person.pk}",
        recipient=f"person:{person.pk}",
        recipient_name=person.first_name,
        about=f"gathering:{gathering.pk}",
        language="nb",
        **values,
    )


@pytest.fixture
def person(birch: Group) -> Person:
    return birch.memberships.order_by("pk").first().family.people.get(kind="adult")


def do(browser: Browser, row: Message, what: str, **fields: str) -> str:
    answer = browser.post(f"{HOME}brev/{row.pk}/{what}/", fields)
    row.refresh_from_db()
    return answer.url


def test_the_page_says_why_and_offers_to_call_or_to_try_again(
    soon: Gathering, person: Person, coordinator: User, browse: Browse
) -> None:
    row = message(soon, person, state="failed", error="Nummeret ble ikke godtatt.")
    page = browse(coordinator).get(f"{HOME}samlinger/{soon.pk}/").content.decode()
    assert "Nummeret ble ikke godtatt." in page
    for what in ("ring-i-stedet", "prov-igjen"):
        assert f'action="{HOME}brev/{row.pk}/{what}/"' in page


def test_call_instead_makes_a_call_of_it_and_calling_keeps_the_promise(
    soon: Gathering, person: Person, coordinator: User, browse: Browse
) -> None:
    row = message(soon, person, state="failed", error="Nummeret ble ikke godtatt.")
    mine = browse(coordinator)
    here = f"{HOME}samlinger/{soon.pk}/"
    assert do(mine, row, "ring-i-stedet", back=here) == here
    assert (row.channel, row.state, row.address) == ("call", "queued", person.phone)
    start = mine.get(HOME).content.decode()
    assert f'action="{HOME}brev/{row.pk}/ringt/"' in start
    assert f'href="tel:{person.phone}"' in start
    assert do(mine, row, "ringt", outcome="called", back=HOME) == HOME
    assert (row.channel, row.state) == ("call", "delivered")
    assert CallNote.objects.get(gathering=soon).family_id == person.family_id
    assert f'action="{HOME}brev/{row.pk}/ringt/"' not in mine.get(HOME).content.decode()
    assert list(Event.objects.filter(ids__message=row.pk).values_list("verb", flat=True).order_by("pk")) == [
        "call_instead",
        "note_called",
    ]
    do(mine, row, "ringt", outcome="left_word")  # twice is once
    assert (row.state, CallNote.objects.count()) == ("delivered", 1)


def test_left_word_keeps_it_too_and_says_so(soon: Gathering, person: Person, coordinator: User, browse: Browse) -> None:
    row = message(soon, person, channel="call")
    mine = browse(coordinator)
    do(mine, row, "ringt", outcome="nonsense")
    assert row.state == "queued"
    do(mine, row, "ringt", outcome="left_word")
    assert (row.state, CallNote.objects.get().outcome) == ("sent", "left_word")


def test_a_late_one_is_told_on_the_start_page_in_the_last_day(
    soon: Gathering, person: Person, coordinator: User, leader: User, browse: Browse
) -> None:
    row = message(soon, person, due_at=timezone.now() - timedelta(minutes=11))

    def told(user: User) -> bool:
        return any(todo.icon == "Clock" for todo, _url in browse(user).get(HOME).context["todos"])

    assert told(coordinator)
    assert told(leader)
    assert (
        f'action="{HOME}brev/{row.pk}/ring-i-stedet/"'
        in browse(coordinator).get(f"{HOME}samlinger/{soon.pk}/").content.decode()
    )
    for fields, late in (
        ({"due_at": timezone.now() - timedelta(minutes=9)}, False),
        ({"due_at": timezone.now() + timedelta(minutes=9), "attempts": 6}, True),
        ({"attempts": 0, "due_at": timezone.now() - timedelta(hours=1), "state": "cancelled"}, False),
        ({"state": "queued", "channel": "call"}, False),
        ({"channel": "sms"}, True),
    ):
        Message.objects.filter(pk=row.pk).update(**fields)
        assert told(coordinator) == late, fields
    Gathering.objects.filter(pk=soon.pk).update(
        starts_at=timezone.now() + timedelta(hours=30), ends_at=timezone.now() + timedelta(hours=32)
    )
    assert not told(coordinator)


def test_a_late_one_may_be_called_instead_but_one_that_has_gone_may_not(
    soon: Gathering, person: Person, coordinator: User, browse: Browse
) -> None:
    row = message(soon, person, due_at=timezone.now() - timedelta(hours=1))
    do(browse(coordinator), row, "ring-i-stedet")
    assert row.channel == "call"
    other = message(soon, Person.objects.filter(kind="adult").last(), state="sent", sent_at=timezone.now())
    do(browse(coordinator), other, "ring-i-stedet")
    assert (other.channel, other.state) == ("sms", "sent")


def test_nobody_else_touches_it_and_the_way_back_leads_nowhere_else(
    soon: Gathering, person: Person, coordinator: User, leader: User, other_coordinator: User, browse: Browse
) -> None:
    row = message(soon, person, state="failed")
    for what in ("ring-i-stedet", "prov-igjen", "ringt"):
        assert browse(other_coordinator).post(f"{HOME}brev/{row.pk}/{what}/").status_code == 404
    family = Family.objects.get(pk=person.family_id)
    family.protection = Protection.CONFIDENTIAL
    family.save()
    assert browse(leader).post(f"{HOME}brev/{row.pk}/ring-i-stedet/").status_code == 404
    for elsewhere in ("https://example.org/", "//example.org/k/9901/", "/k/9902/", "javascript:1"):
        assert do(browse(coordinator), row, "prov-igjen", back=elsewhere) == HOME
    assert row.state == "queued"


def test_that_a_protected_family_is_to_be_called_is_for_who_follows_it(
    soon: Gathering, person: Person, coordinator: User, leader: User, browse: Browse
) -> None:
    row = message(soon, person, channel="call", body="", sms="")
    family = Family.objects.get(pk=person.family_id)
    family.protection = Protection.CONFIDENTIAL
    family.save()

    def told(user: User) -> list[int]:
        return [each.message.pk for each in browse(user).get(f"{HOME}samlinger/{soon.pk}/").context["sent"].letters]

    assert (told(coordinator), told(leader)) == ([row.pk], [])
    assert [each.row.message.pk for each in browse(coordinator).get(HOME).context["calls"]] == [row.pk]
    assert browse(leader).get(HOME).context["calls"] == []
