"""A household writes what it does not eat. It stands on the family once a coordinator has noted it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from answers.services.meaning import household
from audit.models import Event
from families.models import Family, Person, Protection
from groups.models import Group
from outbox.links import token_of
from outbox.models import Message
from sessions_log.models import Gathering, Reply
from sessions_log.services.announcements import invite
from sessions_log.services.replies import note_reply
from tests.conftest import Browser
from tests.factories import gathering_of

Browse = Callable[[User | None], Browser]
NOTE = "Noter det på familien"


@pytest.fixture
def gathering(birch: Group, coordinator: User) -> Gathering:
    row = gathering_of(birch)
    families = [membership.family for membership in birch.memberships.all()]
    invite(gathering=row, families=families, generation=row.generation, by=coordinator)
    return row


@pytest.fixture
def person(birch: Group) -> Person:
    return birch.memberships.order_by("pk")[0].family.people.select_related("family").get(kind="adult")


def say(browse: Browse, person: Person, food: str, **more: Any) -> Any:
    row = Message.objects.get(recipient=f"person:{person.pk}", kind="invitation")
    data = {"coming": "yes", "who": [str(person.pk)], "food": food, **more}
    return browse(None).post(f"/s/{token_of(row.municipality_id, row.key)}", data)


def food(person: Person) -> tuple[str, bool, str]:
    """What the reply says, whether it is noted, and what stands on the family."""
    reply = Reply.objects.get(family=person.family_id, is_current=True)
    return reply.food, reply.food_noted_at is not None, Family.objects.get(pk=person.family_id).food_needs


def test_she_reads_it_and_notes_what_is_to_stay(
    gathering: Gathering, person: Person, coordinator: User, browse: Browse
) -> None:
    here = f"/k/9901/samlinger/{gathering.pk}/"
    way = f"{here}mat/{person.family_id}/"
    browser = browse(coordinator)
    assert browser.get(way).status_code == 404  # nothing said yet
    assert say(browse, person, "لا نأكل لحم الخنزير").status_code == 302
    assert food(person) == ("لا نأكل لحم الخنزير", False, "")
    page = browser.get(here).content.decode()
    assert "«لا نأكل لحم الخنزير»" in page
    assert way in page
    asked = browser.get(way)
    assert asked.context["form"]["food_needs"].value() == "لا نأكل لحم الخنزير"
    wrong = browser.post(way, {"food_needs": "13097248022"})
    assert (wrong.status_code, "Det står et fødselsnummer" in wrong.content.decode()) == (200, True)
    assert food(person)[1:] == (False, "")
    assert browser.post(way, {"food_needs": "ikke svin"}).url == here
    assert food(person) == ("لا نأكل لحم الخنزير", True, "ikke svin")
    noted = browser.get(here).content.decode()
    assert f"{person.family.name}: ikke svin" in noted
    assert NOTE not in noted
    ids = {"gathering": gathering.pk, "family": person.family_id}
    assert list(Event.objects.filter(verb="note_food").values_list("user", "ids")) == [(coordinator.pk, ids)]


def test_other_words_are_read_anew_and_the_same_are_not(
    gathering: Gathering, person: Person, coordinator: User, browse: Browse
) -> None:
    Family.objects.filter(pk=person.family_id).update(food_needs="uten nøtter")
    say(browse, person, "ikke svin")
    way = f"/k/9901/samlinger/{gathering.pk}/mat/{person.family_id}/"
    assert browse(coordinator).get(way).context["form"]["food_needs"].value() == "uten nøtter, ikke svin"
    browse(coordinator).post(way, {"food_needs": "uten nøtter, ikke svin"})
    say(browse, person, "ikke svin", needs_lift="on")
    assert food(person)[:2] == ("ikke svin", True)
    say(browse, person, "vegetar")
    assert food(person)[:2] == ("vegetar", False)
    say(browse, person, "")
    assert food(person)[:2] == ("", False)


def test_who_notes_by_phone_or_answers_by_text_message_takes_nothing_away(
    gathering: Gathering, person: Person, coordinator: User, browse: Browse
) -> None:
    say(browse, person, "ikke svin")
    more = household(gathering, person.family)
    note_reply(gathering=gathering, family=person.family, coming=True, **more, by=None, now=timezone.now())
    assert food(person)[0] == "ikke svin"
    way = f"/k/9901/samlinger/{gathering.pk}/svar/{person.family_id}/"
    browse(coordinator).post(way, {"coming": "yes", "adults": "1", "children": "0"})
    assert food(person)[0] == "ikke svin"
    browse(coordinator).post(way, {"coming": "no"})
    assert food(person)[0] == ""  # nobody to cook for


def test_odd_words_say_so_and_stay(gathering: Gathering, person: Person, browse: Browse) -> None:
    for typed, told in (("x" * 201, "Dette er for langt."), ("13097248022", "Det står et fødselsnummer")):
        answer = say(browse, person, typed)
        assert (answer.status_code, told in answer.content.decode(), typed in answer.content.decode()) == (
            422,
            True,
            True,
        )
    assert not Reply.objects.exists()


def test_what_stands_on_the_family_is_not_shown_behind_a_link(
    gathering: Gathering, person: Person, browse: Browse
) -> None:
    """Who has the link may be somebody else; the household's own last answer is all that comes back."""
    Family.objects.filter(pk=person.family_id).update(food_needs="uten gluten")
    row = Message.objects.get(recipient=f"person:{person.pk}", kind="invitation")
    page = browse(None).get(f"/s/{token_of(row.municipality_id, row.key)}").content.decode()
    assert 'name="food"' in page
    assert "gluten" not in page


def test_of_a_protected_family_only_who_follows_it_notes(
    gathering: Gathering, person: Person, leader: User, coordinator: User, stranger: User, browse: Browse
) -> None:
    say(browse, person, "ikke svin")
    Family.objects.filter(pk=person.family_id).update(protection=Protection.CONFIDENTIAL)
    way = f"/k/9901/samlinger/{gathering.pk}/mat/{person.family_id}/"
    assert [browse(user).get(way).status_code for user in (leader, coordinator, stranger)] == [404, 200, 404]
