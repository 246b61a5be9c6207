"""A welcome on coming into a group and a thank-you after a gathering: one tap, once to each, and only where wanted."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from audit.models import Event
from families.models import Person
from groups.models import Group
from groups.services.groups import end_membership
from municipalities.models import Municipality
from outbox.claims import claim
from outbox.models import Message
from outbox.preparing import prepared
from sessions_log.models import Attendance, Gathering
from sessions_log.services.gatherings import cancel_gathering
from sessions_log.services.greetings import thank, welcome
from tests.conftest import Browser
from tests.factories import gathering_of

Browse = Callable[[User | None], Browser]


@pytest.fixture
def held(birch: Group) -> Gathering:
    """A gathering that ended an hour ago; the first two families were there, the third was not."""
    gathering = gathering_of(birch, starts_at=timezone.now() - timedelta(hours=3))
    for n, membership in enumerate(birch.memberships.order_by("pk")[:3]):
        for person in membership.family.people.all():
            Attendance.objects.create(
                municipality=birch.municipality,
                gathering=gathering,
                family=membership.family,
                person=person,
                state="present" if n < 2 else "absent",
            )
    return gathering


def adults(group: Group) -> list[Person]:
    """In the order of the families in the group."""
    families = list(group.memberships.order_by("pk").values_list("family", flat=True))
    found = {person.family_id: person for person in Person.objects.filter(kind="adult", family__in=families)}
    return [found[pk] for pk in families]


def written(message: Message) -> Message:
    """The letter as it goes, at a noon of its own day."""
    local = timezone.localtime(message.due_at)
    noon = max(local, local.replace(hour=12))
    batch = claim(message.municipality_id, [message.pk], noon).ours
    prepared(message.municipality_id, batch, noon)
    message.refresh_from_db()
    return message


def test_one_tap_welcomes_those_who_have_not_been(birch: Group, coordinator: User, browse: Browse) -> None:
    people = adults(birch)
    people[1].family.protection = "confidential"
    people[1].family.save()
    Person.objects.filter(pk=people[2].pk).update(channel="call")
    Person.objects.filter(pk=people[3].pk).update(receives=False)
    browser = browse(coordinator)
    assert "Send 3 velkomster" in browser.get(f"/k/9901/grupper/{birch.pk}/").content.decode()
    answer = browser.post(f"/k/9901/grupper/{birch.pk}/velkommen/")
    assert answer.url == f"/k/9901/grupper/{birch.pk}/"
    rows = Message.objects.filter(kind="welcome").order_by("pk")
    assert {row.recipient for row in rows} == {f"person:{people[n].pk}" for n in (0, 4, 5)}
    assert "velkomst" not in browser.get(f"/k/9901/grupper/{birch.pk}/").content.decode()
    browser.post(f"/k/9901/grupper/{birch.pk}/velkommen/")
    assert rows.count() == 3
    assert written(rows[0]).sms == (
        "Hei Voksen. Dette er SAMMEN i Lillevik. Vi skriver om samlinger med andre familier. "
        "Lagre nummeret som SAMMEN. Ingrid er kontakten deres. Telefon: 40 00 09 01."
    )
    assert [event.ids for event in Event.objects.filter(verb="welcome")] == [{"group": birch.pk}]


def test_who_left_meanwhile_gets_no_welcome(birch: Group, coordinator: User) -> None:
    welcome(group=birch, by=coordinator, now=timezone.now())
    membership = birch.memberships.order_by("pk")[0]
    row = Message.objects.get(kind="welcome", recipient=f"person:{adults(birch)[0].pk}")
    end_membership(membership=membership, reason="", by=coordinator, now=timezone.now())
    row.refresh_from_db()
    assert row.state == "cancelled"
    Message.objects.filter(pk=row.pk).update(state="queued", error="")
    row.refresh_from_db()
    assert written(row).state == "cancelled"
    assert row.error == "Familien er ikke i gruppa lenger."


def test_those_who_came_are_thanked_with_the_date_of_when_it_goes(
    held: Gathering, birch: Group, coordinator: User, browse: Browse
) -> None:
    coming = gathering_of(birch, starts_at=timezone.now() + timedelta(days=7))
    browser, path = browse(coordinator), f"/k/9901/samlinger/{held.pk}/takk/"
    page = browser.get(path)
    assert (page.context["families"], page.context["next"]) == (2, coming)
    assert "Send en takk med neste dato" in page.content.decode()
    assert not Message.objects.filter(kind="thanks").exists()  # looking sends nothing
    assert browser.post(path).url == "/k/9901/"
    rows = Message.objects.filter(kind="thanks").order_by("pk")
    assert [row.recipient for row in rows] == [f"person:{person.pk}" for person in adults(birch)[:2]]
    browser.post(path)
    assert rows.count() == 2
    assert "Alle har fått takken sin" in browser.get(path).content.decode()

    sooner = gathering_of(birch, starts_at=timezone.now() + timedelta(days=3), place="Parken")
    assert ", Parken. Dere hører fra oss før neste gang." in written(rows[0]).sms
    for gathering in (sooner, coming):
        cancel_gathering(gathering=gathering, at_night_too=False, by=coordinator, now=timezone.now())
    assert written(rows[1]).sms == (
        "Hei Voksen. Takk for at dere var med. Dere hører fra oss før neste gang. Ingrid, SAMMEN"
    )


def test_the_log_leads_to_the_thank_you_only_while_somebody_is_to_be_thanked(
    held: Gathering, coordinator: User, browse: Browse
) -> None:
    browser, path = browse(coordinator), f"/k/9901/samlinger/{held.pk}/logg/"

    def save() -> str:
        form = browser.get(path).context["form"]
        values = {"version": form["version"].value(), "base": form["base"].value(), "owner": coordinator.pk}
        return str(browser.post(path, values).url)

    assert save() == f"/k/9901/samlinger/{held.pk}/takk/"
    thank(gathering=held, by=coordinator, now=timezone.now())
    assert save() == "/k/9901/"


def test_nobody_thanks_for_a_gathering_of_another_group(
    held: Gathering, other_coordinator: User, browse: Browse, lillevik: Municipality
) -> None:
    browser = browse(other_coordinator)
    assert browser.get(f"/k/9901/samlinger/{held.pk}/takk/").status_code == 404
    group = held.groups.get()
    assert browser.post(f"/k/9901/samlinger/{held.pk}/takk/").status_code == 404
    assert browser.post(f"/k/9901/grupper/{group.pk}/velkommen/").status_code == 404
    assert not Message.objects.exists()


def test_a_week_later_nobody_is_thanked(held: Gathering, coordinator: User, browse: Browse) -> None:
    assert thank(gathering=held, by=coordinator, now=held.ends_at + timedelta(days=7, seconds=1)) == 0
    assert thank(gathering=held, by=coordinator, now=held.ends_at + timedelta(days=7)) == 2
