"""Domain rules 1, 2, 3, 10, 12 and 13, tried through the page, the service, the importer and plain SQL."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.contrib import admin
from django.db import Error, connection, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from families.models import Family, OwnWish, Participation, Person, Referral
from families.services.consents import CannotAnswer
from families.services.conversations import Told, ToldSupport, hold_conversation
from families.services.importing import import_list
from families.services.protection import change_protection
from families.services.referrals import StrictlyProtected
from groups.models import Group, Membership
from groups.services.groups import AlreadyInAGroup, NoOwnWish, add_family, withdraw_wish
from outbox.letters import kind_of
from outbox.models import Message
from planning.models import Round
from sessions_log.models import Invitation
from sessions_log.services.announcements import invite
from tests.conftest import Browser
from tests.factories import FamilyFactory, gathering_of, group_of, invited, waiting, wish

Browse = Callable[[User | None], Browser]
SINCE = date(2026, 9, 1)


def refused(statement: str, values: list[Any], why: str) -> None:
    """The database itself says no, as the application's role and at once."""

    def run() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, values)
            cursor.execute("set constraints all immediate")

    with pytest.raises(Error, match=why):
        run()


def put_in(participation: Participation, group: Group, own: OwnWish | None) -> tuple[str, list[Any]]:
    return (
        "insert into groups_membership (municipality_id, participation_id, family_id, group_id, wish_id, since, reason)"
        " values (%s, %s, %s, %s, %s, %s, '')",
        [group.municipality_id, participation.pk, participation.family_id, group.pk, own and own.pk, SINCE],
    )


@pytest.fixture
def newcomer(autumn: Round, birch: Group) -> Participation:
    return waiting(FamilyFactory(municipality=autumn.municipality, name="Familien Ny"), autumn)


# Rule 1: five or six families; fewer or more is allowed, and said plainly.


@pytest.mark.parametrize(("families", "said"), [(4, True), (5, False), (6, False), (7, True)])
def test_a_group_of_another_size_is_allowed_and_said(
    autumn: Round, coordinator: User, browse: Browse, families: int, said: bool
) -> None:
    group = group_of(autumn, coordinator, "Hegg", families=families)
    page = browse(coordinator).get(reverse("groups:group", args=["9901", group.pk])).content.decode()
    assert ("En gruppe er vanligvis fem eller seks" in page) is said


# Rule 2: in at most one group at a time.


def test_a_family_is_in_one_group_at_a_time(autumn: Round, birch: Group, coordinator: User, browse: Browse) -> None:
    pine = group_of(autumn, coordinator, "Furu", families=1)
    member = birch.memberships.select_related("participation", "wish").first()
    with pytest.raises(AlreadyInAGroup):
        add_family(participation=member.participation, group=pine, since=SINCE, by=coordinator)
    refused(*put_in(member.participation, pine, member.wish), "one_open_membership_per_family")
    page = reverse("groups:add_families", args=["9901", pine.pk])
    answer = browse(coordinator).post(page, {"families": [member.participation_id]})
    assert (answer.status_code, bool(answer.context["form"].errors)) == (200, True)
    assert Membership.objects.filter(family=member.family, to__isnull=True).count() == 1


def test_a_membership_cannot_be_of_another_family(birch: Group, newcomer: Participation, coordinator: User) -> None:
    own = wish(newcomer, coordinator)
    statement, values = put_in(newcomer, birch, own)
    values[2] = FamilyFactory(municipality=birch.municipality).pk
    refused(statement, values, "membership_is_of_its_participations_family")


# Rule 3: nobody without an own wish; taking it back ends invitations at once.


def test_nobody_comes_in_without_an_own_wish(
    birch: Group, newcomer: Participation, coordinator: User, browse: Browse
) -> None:
    with pytest.raises(NoOwnWish):
        add_family(participation=newcomer, group=birch, since=SINCE, by=coordinator)
    page = reverse("groups:add_families", args=["9901", birch.pk])
    answer = browse(coordinator).post(page, {"families": [newcomer.pk]})
    assert (answer.status_code, bool(answer.context["form"].errors)) == (200, True)
    refused(*put_in(newcomer, birch, None), "null value in column")
    anothers = OwnWish.objects.exclude(participation=newcomer).first()
    refused(*put_in(newcomer, birch, anothers), "membership_rests_on_its_own_wish")
    taken_back = wish(newcomer, coordinator)
    taken_back.withdrawn_at = timezone.now()
    taken_back.save()
    refused(*put_in(newcomer, birch, taken_back), "standing wish")
    assert not newcomer.memberships.exists()


def test_a_list_brings_nobody_into_a_group(autumn: Round, birch: Group, coordinator: User) -> None:
    with open("tests/data/familier.xlsx", "rb") as file:
        _rows, count = import_list(
            content=file.read(), in_round=autumn, decisions={}, today=date(2026, 11, 20), by=coordinator
        )
    brought = Participation.objects.filter(round=autumn, memberships__isnull=True)
    assert count == brought.count() > 15
    assert not OwnWish.objects.filter(participation__in=brought).exists()
    assert not Membership.objects.filter(participation__in=brought).exists()
    assert (
        not Person.objects.filter(family__participations__in=brought, kind="child")
        .exclude(phone="", email="", receives=False)
        .exists()
    )


def test_taking_it_back_ends_invitations_at_once(birch: Group, coordinator: User) -> None:
    member = birch.memberships.select_related("participation").first()
    invitation = invited(gathering_of(birch), member.family)
    withdraw_wish(participation=member.participation, by=coordinator, now=timezone.now())
    invitation.refresh_from_db()
    member.refresh_from_db()
    assert invitation.withdrawn_at is not None
    assert member.to is not None
    refused('update groups_membership set "to" = null where id = %s', [member.pk], "standing wish")
    assert not Invitation.objects.filter(family=member.family, withdrawn_at__isnull=True).exists()


def test_taking_it_back_on_the_page_stops_what_was_promised(birch: Group, coordinator: User, browse: Browse) -> None:
    member = birch.memberships.select_related("participation").first()
    families = list(Family.objects.filter(memberships__group=birch))
    invite(gathering=gathering_of(birch), families=families, generation=1, by=coordinator)
    theirs = Message.objects.filter(recipient__in=[f"person:{person.pk}" for person in member.family.people.all()])
    assert set(theirs.values_list("state", flat=True)) == {"queued"}
    others = Message.objects.exclude(pk__in=theirs)
    queued = others.filter(state="queued").count()
    page = reverse("groups:withdraw_wish", args=["9901", member.family_id])
    assert browse(coordinator).post(page, {}).status_code == 200
    assert browse(coordinator).post(page, {"ending": "not_now", "reason": "Ny jobb"}).status_code == 302
    assert set(theirs.values_list("state", flat=True)) == {"cancelled"}
    assert others.filter(state="queued").count() == queued > 0
    member.participation.refresh_from_db()
    ended = member.participation
    assert (ended.ending, ended.ending_reason, ended.ended_on) == ("not_now", "Ny jobb", timezone.localdate())
    assert not ended.wishes.filter(withdrawn_at__isnull=True).exists()


# Rule 10: a strictly protected family is not kept at all; a protected one is only called.


def test_no_strictly_protected_family_is_kept(birch: Group, coordinator: User, browse: Browse) -> None:
    family = birch.memberships.first().family
    with pytest.raises(StrictlyProtected):
        change_protection(family=family, protection="strict", by=coordinator)
    refused(
        "update families_family set protection = 'strict' where id = %s",
        [family.pk],
        "no_strictly_protected_family_is_kept",
    )
    page = reverse("families:edit", args=["9901", family.pk])
    answer = browse(coordinator).post(page, {"name": family.name, "protection": "strict"})
    assert (answer.status_code, "protection" in answer.context["form"].errors) == (200, True)
    family.refresh_from_db()
    assert family.protection == "none"


def test_a_family_that_becomes_protected_is_only_called_from_then_on(
    birch: Group, coordinator: User, leader: User, browse: Browse
) -> None:
    family = birch.memberships.first().family
    adult = family.people.get(kind="adult")
    adult.email, adult.second_channel = "vara@example.org", "email"
    adult.save()
    invite(gathering=gathering_of(birch), families=[family], generation=1, by=coordinator)
    prefix = f"person-{adult.pk}"
    sent = {
        "name": family.name,
        "protection": "confidential",
        f"{prefix}-name": adult.name,
        f"{prefix}-phone": adult.phone,
        f"{prefix}-email": adult.email,
        f"{prefix}-receives": "on",
        f"{prefix}-channel": "sms",
        f"{prefix}-language": "nb",
    }
    page = reverse("families:edit", args=["9901", family.pk])
    assert browse(coordinator).post(page, sent).status_code == 302
    adult.refresh_from_db()
    assert (adult.channel, adult.second_channel, adult.receives) == ("call", "", True)
    for message in Message.objects.filter(recipient=f"person:{adult.pk}"):
        assert [(way.channel, way.address) for way in kind_of(message).reach(message)] == [("call", "")]
    shown = reverse("families:family", args=["9901", family.pk])
    assert adult.phone in browse(coordinator).get(shown).content.decode()
    assert adult.phone not in browse(leader).get(shown).content.decode()
    assert browse(coordinator).post(page, sent | {"protection": "none", f"{prefix}-channel": "call"}).status_code == 302
    assert adult.phone in browse(leader).get(shown).content.decode()


# Rule 12: a child is never a messenger.


@pytest.mark.parametrize("column", ["phone", "email"])
def test_a_child_has_no_address(birch: Group, column: str) -> None:
    child = Person.objects.filter(family=birch.memberships.first().family, kind="child").first()
    assert child is not None
    refused(
        f"update families_person set {column} = '+4740000001' where id = %s", [child.pk], "a_child_gets_no_messages"
    )
    refused("update families_person set receives = true where id = %s", [child.pk], "a_child_gets_no_messages")


def test_the_page_offers_no_address_for_a_child(birch: Group, coordinator: User, browse: Browse) -> None:
    family: Family = birch.memberships.first().family
    child = family.people.filter(kind="child").first()
    assert child is not None
    for name in ("families:edit", "families:conversation"):
        page = browse(coordinator).get(reverse(name, args=["9901", family.pk])).content.decode()
        assert f"person-{child.pk}-phone" not in page
        assert f"interpreter-{child.pk}" not in page


def test_a_child_is_no_interpreter_and_gets_none_of_the_adults_answers(
    autumn: Round, birch: Group, coordinator: User
) -> None:
    """Not by a made-up request either: the conversation takes these answers for adults alone."""
    member = birch.memberships.select_related("participation").first()
    child = member.family.people.filter(kind="child").first()
    assert child is not None
    told = Told(held_on=SINCE, interpreters={child.pk: "ar"})
    hold_conversation(participation=member.participation, told=told, by=coordinator, now=timezone.now())
    child.refresh_from_db()
    assert child.interpreter_language == ""
    with pytest.raises(CannotAnswer):
        hold_conversation(
            participation=member.participation,
            told=Told(held_on=SINCE, support=[ToldSupport(child, 1, 1, 1)]),
            by=coordinator,
            now=timezone.now(),
        )


# Rule 13: who referred a family is itself confidential.


def test_who_referred_is_seen_by_coordinators_and_leader_alone(
    birch: Group,
    autumn: Round,
    coordinator: User,
    leader: User,
    other_coordinator: User,
    referrer: User,
    volunteer_user: User,
    browse: Browse,
) -> None:
    family = birch.memberships.first().family
    Referral.objects.create(
        municipality=family.municipality,
        family=family,
        round=autumn,
        referred_by=volunteer_user,
        source="Barnevernet i Lillevik",
        referred_on=SINCE,
        agreed_to_contact=True,
    )
    page = reverse("families:family", args=["9901", family.pk])
    told = "Barnevernet i Lillevik"
    assert told in browse(coordinator).get(page).content.decode()
    assert told in browse(leader).get(page).content.decode()
    group = reverse("groups:group", args=["9901", birch.pk])
    assert told not in browse(coordinator).get(group).content.decode()
    for person in (other_coordinator, referrer, volunteer_user):
        for address in (page, group, "/k/9901/", "/k/9901/mine-henvisninger/"):
            assert told not in browse(person).get(address).content.decode()


def test_no_message_and_no_list_says_who_referred(
    birch: Group, autumn: Round, coordinator: User, browse: Browse
) -> None:
    """An imported list brings the source along; letters, the board, the waiting list and the tables leave it out."""
    family = birch.memberships.first().family
    told = "Barnevernet i Lillevik"
    for each in (family, waiting(FamilyFactory(municipality=autumn.municipality), autumn).family):
        Referral.objects.create(
            municipality=family.municipality,
            family=each,
            round=autumn,
            source=told,
            source_kind="child_welfare",
            referred_on=SINCE,
            agreed_to_contact=True,
        )
    families = list(Family.objects.filter(memberships__group=birch))
    row = gathering_of(birch)
    invite(gathering=row, families=families, generation=1, by=coordinator)
    assert Message.objects.count() >= 6
    for message in Message.objects.all():
        assert told not in f"{message.subject} {message.body}"
        assert "arnevern" not in f"{message.subject} {message.body}"
    lists = [
        reverse("families:waiting", args=["9901"]),
        reverse("families:board", args=["9901"]),
        reverse("groups:compose", args=["9901", autumn.pk]),
        reverse("groups:groups", args=["9901"]),
        reverse("sessions_log:gathering", args=["9901", row.pk]),
    ]
    for address in lists:
        page = browse(coordinator).get(address)
        assert (address, page.status_code, told in page.content.decode()) == (address, 200, False)


def test_the_admin_lists_no_family() -> None:
    rooms = {model._meta.app_label for model in admin.site._registry}
    assert rooms & {"families", "groups", "sessions_log", "outbox", "audit"} == set()
