"""A message went to somebody else: a colleague closes the link, and whoever opens it reads whom to call."""

import re
from collections.abc import Callable

import pytest
from django.utils import timezone

from accounts.models import User
from audit.models import Event
from families.models import Family, Person, Protection
from groups.models import Group
from municipalities.models import Municipality
from outbox.catalogue import LANGUAGES
from outbox.links import token_of
from outbox.models import Message
from sessions_log.models import Gathering, Reply
from sessions_log.services.announcements import announce_change, invite
from tests.conftest import Browser
from tests.factories import gathering_of

Browse = Callable[[User | None], Browser]


@pytest.fixture
def gathering(birch: Group, coordinator: User) -> Gathering:
    """Everybody is invited, and the invitations have gone."""
    row = gathering_of(birch)
    families = [membership.family for membership in birch.memberships.all()]
    invite(gathering=row, families=families, generation=row.generation, by=coordinator)
    Message.objects.filter(kind="invitation").update(state="sent", sent_at=timezone.now())
    return row


def adult(group: Group) -> Person:
    return group.memberships.order_by("pk")[0].family.people.get(kind="adult")


def letter(person: Person, kind: str = "invitation") -> Message:
    return Message.objects.get(recipient=f"person:{person.pk}", kind=kind)


def link(message: Message) -> str:
    return f"/s/{token_of(message.municipality_id, message.key)}"


def close(row: Message) -> str:
    return f"/k/9901/brev/{row.pk}/steng-lenken/"


def test_she_closes_it_from_the_row_of_the_message(
    birch: Group, gathering: Gathering, coordinator: User, browse: Browse
) -> None:
    person, browser = adult(birch), browse(coordinator)
    row, here = letter(person), f"/k/9901/samlinger/{gathering.pk}/"
    page = browser.get(here).content.decode()
    offered = re.findall(r'href="(/k/9901/brev/(\d+)/steng-lenken/\?back=[^"]+)"', page)
    assert len(offered) == 6  # the reminders have not gone
    assert not re.search(r"/s/[\w-]{22}", page)
    way = next(url for url, pk in offered if int(pk) == row.pk)
    asked = browser.get(way).content.decode()
    assert f"Stenge lenken som {person.first_name} fikk?" in asked
    assert browse(None).get(link(row)).status_code == 200  # a look closes nothing
    assert browser.post(close(row), {"back": here}).url == here
    assert Event.objects.filter(verb="end_link").values_list("user", "ids")[0] == (coordinator.pk, {"message": row.pk})
    told = browser.get(here).content.decode()
    assert "Lenken er stengt" in told
    assert close(row) not in told
    browser.post(close(row), {"back": here})
    assert Event.objects.filter(verb="end_link").count() == 1  # once is for good


def test_who_opens_it_reads_whom_to_call_and_nothing_else(
    birch: Group, gathering: Gathering, coordinator: User, browse: Browse
) -> None:
    person = adult(birch)
    row = letter(person)
    browse(coordinator).post(close(row))
    answer = browse(None).get(link(row))
    page = answer.content.decode()
    assert answer.status_code == 410
    assert f"Ring {coordinator.first_name} på 40\u00a000\u00a0" in page
    for hidden in (person.first_name, person.family.name, gathering.activity, gathering.place, "<form"):
        assert hidden not in page
    assert [answer.headers[name] for name in ("X-Robots-Tag", "Referrer-Policy", "Cache-Control")] == [
        "noindex, nofollow",
        "no-referrer",
        "no-store",
    ]
    yes = {"coming": "yes", "who": [str(person.pk)]}
    assert browse(None).post(link(row), yes).status_code == 410
    assert browse(None).get(f"{link(row)}/samling.ics").status_code == 410
    assert not Reply.objects.exists()
    for language in LANGUAGES:
        assert coordinator.first_name in browse(None).get(f"{link(row)}?sprak={language}").content.decode()


def test_without_a_number_it_says_what_every_dead_link_says(
    birch: Group, gathering: Gathering, coordinator: User, browse: Browse
) -> None:
    User.objects.filter(pk=coordinator.pk).update(phone="")
    row = letter(adult(birch))
    browse(coordinator).post(close(row))
    assert "Ring den som skrev til dere" in browse(None).get(link(row)).content.decode()


def test_what_goes_later_has_a_link_of_its_own(
    birch: Group, gathering: Gathering, coordinator: User, browse: Browse
) -> None:
    """To the number of that hour. A letter that went since is closed with those before it."""
    person = adult(birch)
    browse(coordinator).post(close(letter(person)))
    assert browse(None).get(link(letter(person, "reminder"))).status_code == 200
    announce_change(gathering=gathering, by=coordinator)
    change = letter(person, "change")
    Message.objects.filter(pk=change.pk).update(state="delivered", sent_at=timezone.now(), delivered_at=timezone.now())
    assert browse(None).get(link(change)).status_code == 200
    browse(coordinator).post(close(change))
    assert browse(None).get(link(change)).status_code == 410


def test_of_a_protected_family_even_a_closed_link_tells_nothing(
    birch: Group, gathering: Gathering, coordinator: User, browse: Browse
) -> None:
    person = adult(birch)
    row = letter(person)
    browse(coordinator).post(close(row))
    Family.objects.filter(pk=person.family_id).update(protection=Protection.CONFIDENTIAL)
    answer = browse(None).get(link(row))
    assert (answer.status_code, coordinator.first_name in answer.content.decode()) == (404, False)


def test_only_who_sees_the_family_may_close(
    birch: Group, gathering: Gathering, stranger: User, leader: User, referrer: User, browse: Browse
) -> None:
    row = letter(adult(birch))
    for nobody, status in ((stranger, 404), (referrer, 403)):
        assert browse(nobody).post(close(row)).status_code == status
    assert browse(None).get(link(row)).status_code == 200
    assert browse(leader).post(close(row)).status_code == 302
    assert browse(None).get(link(row)).status_code == 410


def test_it_leads_back_within_the_municipality_alone(
    birch: Group, gathering: Gathering, coordinator: User, browse: Browse, lillevik: Municipality
) -> None:
    row = letter(adult(birch))
    for bad in ("https://example.org/", "//example.org", "/k/9902/", ""):
        assert f'href="{bad}"' not in browse(coordinator).get(close(row), {"back": bad}).content.decode() or not bad
        assert browse(coordinator).post(close(row), {"back": bad}).url == "/k/9901/"
