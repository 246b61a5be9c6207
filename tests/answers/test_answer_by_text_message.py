"""Yes, no and everything else by text message: to whom it belongs, what follows, and what never does."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.models import User
from answers.models import IncomingText, UnknownSender
from audit.models import Read
from families.models import Family, Person, Protection
from groups.models import Group
from municipalities.models import Municipality
from municipalities.tenancy import municipality
from outbox.models import Message
from sessions_log.models import Gathering, Reply
from sessions_log.services.announcements import invite
from tests.conftest import Browser
from tests.factories import FamilyFactory, gathering_of

Tell = Callable[..., int]
Browse = Callable[[User | None], Browser]
HOME = "/k/9901/"
YES, NO, UNCLEAR = "yes", "no", "unclear"


@pytest.fixture
def asked(birch: Group, coordinator: User) -> Gathering:
    """Everybody of Bjørka is invited, and the invitations have gone."""
    row = gathering_of(birch, timezone.now() + timedelta(days=4))
    families = [membership.family for membership in birch.memberships.all()]
    invite(gathering=row, families=families, generation=row.generation, by=coordinator)
    went(kind="invitation")
    return row


def went(when: timedelta = timedelta(0), **which: object) -> None:
    moment = timezone.now() - when
    Message.objects.filter(**which).update(state="sent", sent_at=moment, claimed_at=moment)


def adult(group: Group, n: int = 0) -> Person:
    return group.memberships.order_by("pk")[n].family.people.get(kind="adult")


def replies(gathering: Gathering) -> list[tuple[int, bool, int, int]]:
    return list(
        gathering.replies.filter(is_current=True)
        .values_list("family_id", "coming", "adults", "children")
        .order_by("pk")
    )


def waiting() -> list[tuple[str, str]]:
    return list(IncomingText.objects.waiting().values_list("text", "meaning"))


def test_a_yes_is_the_households_answer(birch: Group, asked: Gathering, tell: Tell) -> None:
    person = adult(birch)
    assert tell(person.phone, "Ja takk!") == 204
    assert replies(asked) == [(person.family_id, True, 1, 2)]  # nothing else was known: the whole household
    assert asked.replies.get().noted_by is None
    assert waiting() == []
    row = IncomingText.objects.get()
    assert (row.meaning, row.outcome, row.person) == (YES, "reply", person)


def test_a_yes_keeps_how_many_the_last_answer_said(
    birch: Group, asked: Gathering, tell: Tell, coordinator: User
) -> None:
    person = adult(birch)
    Reply.objects.create(
        municipality=birch.municipality,
        gathering=asked,
        family=person.family,
        coming=True,
        adults=1,
        children=1,
        needs_lift=True,
        words="Yngste blir hjemme",
        noted_by=coordinator,
        noted_at=timezone.now(),
    )
    tell(person.phone, "JA")
    last = asked.replies.get(is_current=True)
    assert (last.adults, last.children, last.needs_lift, last.words) == (1, 1, True, "Yngste blir hjemme")
    assert asked.replies.count() == 2


def test_a_no_stops_the_reminder_and_a_yes_brings_it_back(birch: Group, asked: Gathering, tell: Tell) -> None:
    person = adult(birch)
    reminder = Message.objects.get(kind="reminder", recipient=f"person:{person.pk}")
    tell(person.phone, "Nei dessverre")
    reminder.refresh_from_db()
    assert (replies(asked), reminder.state) == ([(person.family_id, False, 0, 0)], "cancelled")
    tell(person.phone, "Ja")
    reminder.refresh_from_db()
    assert (replies(asked), reminder.state) == ([(person.family_id, True, 1, 2)], "queued")


def test_told_twice_it_happens_once(birch: Group, asked: Gathering, tell: Tell) -> None:
    number = adult(birch).phone
    assert [tell(number, "Nei", "one"), tell(number, "Ja", "one"), tell(number, "Nei", "one")] == [204, 204, 204]
    assert (asked.replies.count(), IncomingText.objects.count()) == (1, 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        IncomingText.objects.create(
            municipality=birch.municipality,
            provider_id="one",
            person=adult(birch),
            meaning=NO,
            received_at=timezone.now(),
        )


@pytest.mark.parametrize("text", ["Ja, men vi kommer en time sent", "Hvor er det?", "ok 👍", "Ja 010190 12345"])
def test_what_says_more_waits_for_the_coordinator(birch: Group, asked: Gathering, tell: Tell, text: str) -> None:
    assert tell(adult(birch).phone, text) == 204
    assert asked.replies.count() == 0
    assert waiting() == [(text, UNCLEAR)]


def test_an_identity_number_is_not_kept(birch: Group, asked: Gathering, tell: Tell) -> None:
    tell(adult(birch).phone, "Mitt nummer er 13097248022, ring meg")
    assert waiting() == [("Mitt nummer er , ring meg", UNCLEAR)]


def test_a_yes_to_nothing_sure_waits_too(birch: Group, asked: Gathering, tell: Tell) -> None:
    person = adult(birch)
    cases: list[dict[str, Any]] = [
        {"generation": asked.generation + 1},
        {"cancelled_at": timezone.now()},
        {"starts_at": timezone.now() - timedelta(hours=1)},
    ]
    before = {name: getattr(asked, name) for case in cases for name in case}
    for n, case in enumerate(cases, start=1):
        Gathering.objects.filter(pk=asked.pk).update(**{**before, **case})
        tell(person.phone, "Ja")
        assert (asked.replies.count(), len(waiting())) == (0, n), case
    Gathering.objects.filter(pk=asked.pk).update(**before)
    asked.invitations.filter(family=person.family).update(withdrawn_at=timezone.now())
    tell(person.phone, "Ja")
    assert (asked.replies.count(), len(waiting())) == (0, 4)


def test_the_last_message_within_a_week_is_answered(
    birch: Group, asked: Gathering, tell: Tell, coordinator: User
) -> None:
    person = adult(birch)
    later = gathering_of(birch, timezone.now() + timedelta(days=11))
    invite(gathering=later, families=[person.family], generation=1, by=coordinator)
    went(about=f"gathering:{later.pk}", kind="invitation")
    went(timedelta(hours=2), about=f"gathering:{asked.pk}", kind="invitation")
    tell(person.phone, "Ja")
    assert (replies(asked), replies(later)) == ([], [(person.family_id, True, 1, 2)])
    went(timedelta(days=8), channel="sms", kind="invitation")
    tell(person.phone, "Nei")  # eight days later nobody knows what she means
    assert replies(later) == [(person.family_id, True, 1, 2)]
    assert waiting() == [("Nei", NO)]


def test_a_yes_to_something_else_waits(birch: Group, asked: Gathering, tell: Tell) -> None:
    person = adult(birch)
    Message.objects.create(
        municipality=birch.municipality,
        key="other",
        kind="message",
        channel="sms",
        address=person.phone,
        recipient=f"person:{person.pk}",
        about="own:1",
        language="nb",
        due_at=timezone.now(),
        state="sent",
        sent_at=timezone.now(),
        claimed_at=timezone.now() + timedelta(seconds=1),
    )
    tell(person.phone, "Ja")
    assert (asked.replies.count(), waiting()) == (0, [("Ja", YES)])


def test_nothing_is_kept_of_a_number_that_nobody_has(asked: Gathering, tell: Tell) -> None:
    for number in ("+4799999999", "not a number", "1987"):
        assert tell(number, "Ja, jeg heter Amina") == 204
    assert IncomingText.objects.count() == 0
    assert list(UnknownSender.objects.values_list("day", "texts")) == [(timezone.localdate(), 3)]


def test_a_text_comes_to_its_own_municipality_alone(
    birch: Group, asked: Gathering, tell: Tell, storfjell: Municipality
) -> None:
    number = "+4741234567"
    with municipality(storfjell):
        family = FamilyFactory(municipality=storfjell, name="Fjell")
        family.people.filter(kind="adult").update(phone=number)
    assert tell(number, "Kan dere ringe?") == 204
    assert IncomingText.objects.count() == 0
    with municipality(storfjell):
        assert waiting() == [("Kan dere ringe?", UNCLEAR)]
    adult(birch)
    Person.objects.filter(pk=adult(birch).pk).update(phone=number)
    Message.objects.filter(recipient=f"person:{adult(birch).pk}").update(address=number)
    assert tell(number, "Ja") == 204  # the last message to it is ours
    assert replies(asked) == [(adult(birch).family_id, True, 1, 2)]
    with municipality(storfjell):
        assert IncomingText.objects.count() == 1


def test_two_who_share_a_phone_are_told_apart_by_our_last_message(birch: Group, asked: Gathering, tell: Tell) -> None:
    first, second = adult(birch, 0), adult(birch, 1)
    Person.objects.filter(pk=second.pk).update(phone=first.phone)
    Message.objects.filter(recipient=f"person:{second.pk}", kind="invitation").update(
        address=first.phone, claimed_at=timezone.now() + timedelta(seconds=1)
    )
    tell(first.phone, "Ja")
    assert replies(asked) == [(second.family_id, True, 1, 2)]


def test_only_what_the_gateway_signed_is_taken(birch: Group, asked: Gathering, tell: Tell) -> None:
    assert tell(adult(birch).phone, "Ja", secret="another") == 403
    assert Browser().post("/sms/svar/", {"from": adult(birch).phone, "text": "Ja", "id": "x"}).status_code == 403
    assert Browser().get("/sms/svar/").status_code == 405
    assert (asked.replies.count(), IncomingText.objects.count()) == (0, 0)


def test_the_functions_give_away_ids_alone(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select proname, prosecdef, pg_get_function_result(oid) from pg_proc"
            " where proname like 'answers_%' order by 1"
        )
        assert cursor.fetchall() == [
            ("answers_last_message_to", True, "TABLE(id bigint, municipality_id bigint)"),
            ("answers_municipality_of", True, "TABLE(municipality_id bigint)"),
        ]


def test_the_coordinator_reads_it_on_her_start_page_and_notes_the_answer(
    birch: Group, asked: Gathering, tell: Tell, coordinator: User, leader: User, other_coordinator: User, browse: Browse
) -> None:
    person = adult(birch)
    tell(person.phone, "Ja, men vi er bare to")
    page = browse(coordinator).get(HOME).content.decode()
    assert "Ja, men vi er bare to" in page
    assert f'href="{HOME}samlinger/{asked.pk}/svar/{person.family_id}/"' in page
    assert Read.objects.filter(user=coordinator, page="insight:today", ids__contains=[person.family_id]).exists()
    for somebody in (leader, other_coordinator):
        assert "bare to" not in browse(somebody).get(HOME).content.decode()
    assert "bare to" not in browse(other_coordinator).get(f"{HOME}svar/").content.decode()
    browse(coordinator).post(
        f"{HOME}samlinger/{asked.pk}/svar/{person.family_id}/", {"coming": "yes", "adults": "1", "children": "1"}
    )
    row = IncomingText.objects.get()
    assert (row.settled_by, row.outcome) == (coordinator, "reply")
    assert "bare to" not in browse(coordinator).get(HOME).content.decode()


def test_done_and_called_take_it_away_once(
    birch: Group, asked: Gathering, tell: Tell, coordinator: User, browse: Browse
) -> None:
    tell(adult(birch).phone, "Ring meg")
    row = IncomingText.objects.get()
    mine = browse(coordinator)
    mine.post(f"{HOME}svar/{row.pk}/ferdig/", {"outcome": "nonsense"})
    assert IncomingText.objects.waiting().count() == 1
    mine.post(f"{HOME}svar/{row.pk}/ferdig/", {"outcome": "called"})
    mine.post(f"{HOME}svar/{row.pk}/ferdig/", {"outcome": "done"})
    row.refresh_from_db()
    assert (row.settled_by, row.outcome) == (coordinator, "called")


def test_a_leader_hears_of_what_was_left_alone_for_a_day_but_not_from_whom(
    birch: Group, asked: Gathering, tell: Tell, leader: User, browse: Browse
) -> None:
    tell(adult(birch).phone, "Ring meg er du snill")
    urls = [url for _todo, url in browse(leader).get(HOME).context["todos"]]
    assert f"{HOME}svar/" not in urls
    IncomingText.objects.update(received_at=timezone.now() - timedelta(hours=25))
    answer = browse(leader).get(HOME)
    assert f"{HOME}svar/" in [url for _todo, url in answer.context["todos"]]
    assert "Ring meg" not in answer.content.decode()
    assert "Ring meg" in browse(leader).get(f"{HOME}svar/").content.decode()


def test_what_a_protected_family_writes_is_for_who_follows_it(
    birch: Group, asked: Gathering, tell: Tell, coordinator: User, leader: User, browse: Browse
) -> None:
    family = Family.objects.get(pk=adult(birch).family_id)
    family.protection = Protection.CONFIDENTIAL
    family.save()
    tell(adult(birch).phone, "Ja")
    assert asked.replies.count() == 0
    assert waiting() == [("Ja", YES)]
    assert family.name in browse(coordinator).get(f"{HOME}svar/").content.decode()
    assert family.name not in browse(leader).get(f"{HOME}svar/").content.decode()
    row = IncomingText.objects.get()
    assert browse(leader).post(f"{HOME}svar/{row.pk}/ferdig/", {"outcome": "done"}).status_code == 404
