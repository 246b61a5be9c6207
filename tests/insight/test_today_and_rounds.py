"""The start page, and the leader's round: what is said, and how much is asked of the database."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from accounts.queries import act_in
from audit.models import Read
from families.models import Family
from groups.models import Group
from insight.queries.rounds import CLOSING, DONE, GATHERINGS, KICK_OFF, PLANNING, RECRUITMENT, round_in_full
from outbox.models import Message
from planning.models import Round, Volunteer
from sessions_log.models import (
    Attendance,
    Debrief,
    FollowUp,
    Gathering,
    GatheringHelper,
    InterpreterBooking,
    Reply,
    Summary,
)
from tests.conftest import Browser
from tests.factories import FamilyFactory, certificate_for, gathering_of, group_of, invited, member, waiting
from tests.questions import asked

Browse = Callable[[User | None], Browser]
HOME = "/k/9901/"


def titles(browser: Browser) -> list[str]:
    return [todo.title for todo, _url in browser.get(HOME).context["todos"]]


def reply(gathering: Gathering, family: Family, **fields: object) -> None:
    Reply.objects.create(
        municipality=gathering.municipality, gathering=gathering, family=family, noted_at=timezone.now(), **fields
    )


def test_a_coordinator_sees_the_next_gathering_and_who_has_not_answered(
    birch: Group, coordinator: User, browse: Browse
) -> None:
    row = gathering_of(birch)
    first, second, *_rest = [membership.family for membership in birch.memberships.order_by("family__name")]
    for family in (first, second):
        invited(row, family)
    reply(row, first, coming=True, adults=2, children=3)
    answer = browse(coordinator).get(HOME)
    assert answer.context["gathering"] == row
    assert answer.context["answers"].total == 5
    assert [guest.family for guest in answer.context["answers"].waiting] == [second]
    html = answer.content.decode()
    assert f'href="tel:{second.people.get(kind="adult").phone}"' in html
    assert f'action="{HOME}samlinger/{row.pk}/ringt/{second.pk}/"' in html
    assert Read.objects.filter(user=coordinator, page="insight:today", kind="family").exists()


def test_on_its_day_the_button_logs_and_cancelling_is_two_taps(birch: Group, coordinator: User, browse: Browse) -> None:
    row = gathering_of(birch, timezone.now() + timedelta(minutes=5))
    html = browse(coordinator).get(HOME).content.decode()
    if timezone.localdate(row.starts_at) == timezone.localdate():
        assert f'href="{HOME}samlinger/{row.pk}/logg/"' in html
    assert (
        f'href="{HOME}samlinger/{row.pk}/avlys/"' in html or timezone.localdate(row.starts_at) != timezone.localdate()
    )
    page = browse(coordinator).get(f"{HOME}samlinger/{row.pk}/avlys/").content.decode()
    assert page.count("<form") - page.count("/sprak/") - page.count("/konto/logout/") >= 1


def test_what_waits_is_said_most_urgent_first(birch: Group, coordinator: User, leader: User, browse: Browse) -> None:
    gathering_of(birch, timezone.now() - timedelta(days=2))
    soon = gathering_of(birch, timezone.now() + timedelta(days=2), asks_lift=True)
    gathering_of(birch, timezone.now() + timedelta(days=9), directions="")
    family = birch.memberships.first().family
    invited(soon, family)
    reply(soon, family, coming=True, adults=1, needs_lift=True)
    InterpreterBooking.objects.create(municipality=birch.municipality, gathering=soon, language="ti")
    Message.objects.create(
        municipality=birch.municipality,
        key="x",
        kind="invitation",
        channel="sms",
        address="+4740000001",
        recipient="person:1",
        about=f"gathering:{soon.pk}",
        language="nb",
        due_at=timezone.now(),
        state="failed",
    )
    waiting(FamilyFactory(municipality=birch.municipality, name="Venter"), birch.round)
    FollowUp.objects.create(municipality=birch.municipality, gathering=soon, text="Ring biblioteket", owner=coordinator)
    found = titles(browse(coordinator))
    assert found[0] == "Skriv oppsummering"
    assert len(found) == 7
    assert "Ring biblioteket" in found


def test_an_interpreter_who_is_needed_is_to_be_ordered_before_anybody_confirms(
    birch: Group, coordinator: User, browse: Browse
) -> None:
    soon = gathering_of(birch, timezone.now() + timedelta(days=2))
    family = birch.memberships.first().family
    family.people.filter(kind="adult").update(interpreter_language="ti")
    invited(soon, family)
    assert "Bestill tolk" in titles(browse(coordinator))
    booking = InterpreterBooking.objects.create(municipality=birch.municipality, gathering=soon, language="ti")
    assert "Bestill tolk" in titles(browse(coordinator))  # needed is not ordered
    booking.ordered_on = timezone.localdate()
    booking.save()
    found = titles(browse(coordinator))
    assert "Få tolken bekreftet" in found
    assert "Bestill tolk" not in found
    booking.confirmed_on = timezone.localdate()
    booking.save()
    assert not {"Bestill tolk", "Få tolken bekreftet"} & set(titles(browse(coordinator)))
    booking.delete()
    reply(soon, family, coming=False)  # nobody else needs one
    assert "Bestill tolk" not in titles(browse(coordinator))


def test_a_leader_sees_what_is_overdue_and_who_would_like_to_talk(
    birch: Group, coordinator: User, leader: User, browse: Browse
) -> None:
    late = gathering_of(birch, timezone.now() - timedelta(hours=80))
    gathering_of(birch, timezone.now() - timedelta(hours=30))  # hers to write still
    Debrief.objects.create(
        municipality=birch.municipality, gathering=late, asked_by=coordinator, asked_at=timezone.now()
    )
    answer = browse(leader).get(HOME)
    urls = [url for _todo, url in answer.context["todos"]]
    assert f"{HOME}samlinger/{late.pk}/" in urls
    assert len(urls) == 2
    assert "Bjørkafamilie" not in answer.content.decode()  # no family's name on a leader's start page


def test_the_other_roles_come_to_their_own_page(
    birch: Group,
    referrer: User,
    volunteer_user: User,
    administrator: User,
    leader: User,
    browse: Browse,
) -> None:
    assert browse(referrer).get(HOME).url == f"{HOME}mine-henvisninger/"
    assert browse(administrator).get(HOME).url == f"{HOME}folk/"
    row = gathering_of(birch)
    assert row.activity not in browse(volunteer_user).get(HOME).content.decode()
    shown = Volunteer.objects.create(
        municipality=birch.municipality,
        name="Bjørn Dahl",
        user=volunteer_user,
        certificate=certificate_for(None, birch.municipality, leader, role="volunteer"),
    )
    GatheringHelper.objects.create(
        municipality=birch.municipality, gathering=row, volunteer=shown, certificate=shown.certificate
    )
    html = browse(volunteer_user).get(HOME).content.decode()
    assert row.activity in html
    assert "Bjørkafamilie" not in html


def step(group: Group, leader: User) -> tuple[int, str]:
    act_in(leader, group.municipality)
    found = next(each for each in round_in_full(group.round, leader, timezone.now()) if each.group == group)
    return found.step, found.blocked_by


def test_the_step_is_read_from_what_happened(autumn: Round, coordinator: User, leader: User) -> None:
    empty = Group.objects.create(municipality=autumn.municipality, round=autumn, name="Ny")
    assert step(empty, leader)[0] == PLANNING
    group = group_of(autumn, coordinator, "Furu", families=3)
    assert step(group, leader) == (RECRUITMENT, "Det trengs 2 familier til.")
    for n in range(2):
        member(FamilyFactory(municipality=autumn.municipality, name=f"Ny {n}"), group, coordinator)
    assert step(group, leader)[0] == KICK_OFF
    kick_off = gathering_of(group, timezone.now() + timedelta(days=1), kind="kick_off")
    assert step(group, leader) == (KICK_OFF, "")
    Gathering.objects.filter(pk=kick_off.pk).update(
        starts_at=timezone.now() - timedelta(days=5), ends_at=timezone.now() - timedelta(days=4)
    )
    assert step(group, leader)[0] == GATHERINGS
    assert step(group, leader)[1]  # nothing is planned
    trip = gathering_of(group, timezone.now() + timedelta(days=3))
    vague = gathering_of(group, timezone.now() + timedelta(days=8), kind="closing_party", place="")
    found = step(group, leader)
    assert found[0] == GATHERINGS
    assert found[1].endswith("er ikke fullstendig: hva, hvor eller veien dit.")  # the party, though the trip is ready
    Gathering.objects.filter(pk__in=[trip.pk, vague.pk]).update(cancelled_at=timezone.now(), cancelled_by=leader)
    party = gathering_of(group, timezone.now() + timedelta(days=9), kind="closing_party")
    assert step(group, leader) == (CLOSING, "")
    Gathering.objects.filter(pk=party.pk).update(
        starts_at=timezone.now() - timedelta(days=2), ends_at=timezone.now() - timedelta(days=1)
    )
    assert step(group, leader)[0] == DONE


def test_the_round_shows_attendance_and_missing_summaries(birch: Group, leader: User, browse: Browse) -> None:
    row = gathering_of(birch, timezone.now() - timedelta(days=5), asked_for_summary_at=timezone.now())
    states = ["present", "told_us", "absent"]
    families = [membership.family for membership in birch.memberships.order_by("family__name")]
    for family, state in zip(families, states, strict=False):
        for person in family.people.all():
            Attendance.objects.create(
                municipality=birch.municipality, gathering=row, family=family, person=person, state=state
            )
    person = families[3].people.get(kind="adult")
    for each in families[3].people.all():
        Attendance.objects.create(
            municipality=birch.municipality,
            gathering=row,
            family=families[3],
            person=each,
            state="present" if each == person else "absent",
        )
    answer = browse(leader).get(f"{HOME}runder/{birch.round_id}/")
    part = answer.context["groups"][0][0]
    assert [marks[0][0] for _family, marks in part.grid] == ["yes", "told", "no", "some", "wait", "wait"]
    assert [gathering for _group, gathering in answer.context["missing"]] == [row]
    assert Read.objects.filter(user=leader, page="insight:round").exists()
    Summary.objects.create(
        municipality=birch.municipality, gathering=row, did="x", written_by=leader, written_at=timezone.now()
    )
    assert browse(leader).get(f"{HOME}runder/{birch.round_id}/").context["missing"] == []


def test_another_municipalitys_round_is_not_there(birch: Group, stranger: User, browse: Browse) -> None:
    assert browse(stranger).get(f"/k/9902/runder/{birch.round_id}/").status_code == 404


@pytest.mark.parametrize("size", [1, 30])
def test_pages_ask_the_same_of_the_database_for_one_row_and_for_thirty(
    size: int, autumn: Round, coordinator: User, leader: User, browse: Browse
) -> None:
    group = group_of(autumn, coordinator, "Bjørka", families=size)
    ahead = gathering_of(group)
    for n in range(size):
        held = gathering_of(group, timezone.now() - timedelta(days=2 + n))
        family = group.memberships.order_by("pk")[n].family
        invited(ahead, family)
        reply(ahead, family, coming=True, adults=1)
        for person in family.people.all():
            Attendance.objects.create(
                municipality=autumn.municipality, gathering=held, family=family, person=person, state="present"
            )
        FollowUp.objects.create(municipality=autumn.municipality, gathering=held, text="Ring", owner=coordinator)
        waiting(FamilyFactory(municipality=autumn.municipality, name=f"Venter {n}"), autumn)
    mine, hers = browse(coordinator), browse(leader)
    counted = {
        "today": asked(mine, HOME),
        "group": asked(mine, f"{HOME}grupper/{group.pk}/"),
        "log": asked(mine, f"{HOME}samlinger/{held.pk}/logg/"),
        "gathering": asked(mine, f"{HOME}samlinger/{ahead.pk}/"),
        "waiting": asked(mine, f"{HOME}familier/"),
        "round": asked(hers, f"{HOME}runder/{autumn.pk}/"),
        "leader's today": asked(hers, HOME),
    }
    assert counted == {
        "today": 11,
        "group": 11,
        "log": 7,
        "gathering": 11,
        "waiting": 15,
        "round": 10,
        "leader's today": 11,
    }
