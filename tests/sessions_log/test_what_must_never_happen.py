"""Nothing is lost of a colleague's, nothing reaches a stranger, and odd input breaks nothing."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Draft, User
from accounts.tasks import forget_drafts
from families.models import Family
from groups.models import Group
from outbox.letters import Way, kind_of
from outbox.models import Message
from planning.models import Round
from sessions_log.models import FollowUp, Gathering, GatheringGroup, GatheringHelper
from sessions_log.services.announcements import end_invitations, invite
from tests.conftest import Browser
from tests.factories import gathering_of, group_of
from tests.sessions_log.test_log_a_gathering import opened, page
from tests.sessions_log.test_plan_and_invite import plan

Browse = Callable[[User | None], Browser]
ROOT = "/k/9901/samlinger/"


@pytest.fixture
def joint(birch: Group, autumn: Round, other_coordinator: User) -> Gathering:
    """A gathering of two groups, each with its own coordinator."""
    pine = group_of(autumn, other_coordinator, "Furu")
    row = gathering_of(birch)
    GatheringGroup.objects.create(municipality=row.municipality, gathering=row, group=pine)
    held = pine.coordinators.get()
    GatheringHelper.objects.create(
        municipality=row.municipality, gathering=row, user=held.user, certificate=held.certificate
    )
    return row


def test_a_joint_gathering_keeps_the_other_group_and_its_coordinator(
    joint: Gathering, birch: Group, coordinator: User, browse: Browse
) -> None:
    browse(coordinator).post(f"{ROOT}{joint.pk}/plan/", plan(birch, activity="Vi baker kaker"))
    joint.refresh_from_db()
    assert joint.activity == "Vi baker kaker"
    assert {group.name for group in joint.groups.all()} == {"Bjørka", "Furu"}
    assert {str(helper) for helper in joint.helpers.all()} == {"Ingrid Solheim", "Jonas Lie-Hagen"}


def test_messages_to_the_other_group_are_not_seen(
    joint: Gathering, birch: Group, coordinator: User, leader: User, browse: Browse
) -> None:
    families = list(Family.objects.filter(memberships__group__in=joint.groups.all()))
    invite(gathering=joint, families=families, generation=1, by=leader)
    mine = browse(coordinator).get(f"{ROOT}{joint.pk}/meldinger/").context["sent"]
    assert len(mine.letters) == 12  # six invitations, six reminders
    theirs = Message.objects.exclude(pk__in=[each.message.pk for each in mine.letters]).first()
    assert browse(coordinator).post(f"/k/9901/brev/{theirs.pk}/prov-igjen/").status_code == 404


def test_a_protected_family_that_left_shows_no_phone_to_its_old_group(
    birch: Group, coordinator: User, browse: Browse
) -> None:
    held = gathering_of(birch, timezone.now() - timedelta(days=9))
    membership = birch.memberships.order_by("pk").first()
    Family.objects.filter(pk=membership.family_id).update(protection="confidential")
    phone = membership.family.people.get(kind="adult").phone
    address = f"{ROOT}{held.pk}/svar/{membership.family_id}/"
    assert phone in browse(coordinator).get(address).content.decode()  # she is its coordinator
    membership.to = timezone.localdate()
    membership.save()
    assert phone not in browse(coordinator).get(address).content.decode()
    assert browse(coordinator).get(f"/k/9901/familier/{membership.family_id}/").status_code == 404


def test_a_mended_number_counts_for_what_has_not_gone(birch: Group, coordinator: User) -> None:
    row = gathering_of(birch, timezone.now() + timedelta(days=4))
    family = birch.memberships.order_by("pk").first().family
    invite(gathering=row, families=[family], generation=1, by=coordinator)
    person = family.people.get(kind="adult")
    person.phone = "+4740000999"
    person.save()
    reminder = Message.objects.get(kind="reminder")
    assert kind_of(reminder).reach(reminder) == [Way("sms", "+4740000999"), Way("call", "+4740000999")]
    person.channel = "call"
    person.save()
    assert kind_of(reminder).reach(reminder) == [Way("call", "+4740000999")]


def test_a_family_that_comes_back_is_told_again(birch: Group, coordinator: User) -> None:
    row = gathering_of(birch, timezone.now() + timedelta(days=4))
    family = birch.memberships.order_by("pk").first().family
    invite(gathering=row, families=[family], generation=1, by=coordinator)
    end_invitations(family, timezone.now(), coordinator)
    assert set(Message.objects.values_list("state", flat=True)) == {"cancelled"}
    invite(gathering=row, families=[family], generation=1, by=coordinator)
    assert set(Message.objects.values_list("state", flat=True)) == {"queued"}
    assert Message.objects.count() == 2


def test_saving_once_more_makes_no_second_follow_up(birch: Group, coordinator: User, browse: Browse) -> None:
    held, browser = gathering_of(birch, timezone.now() - timedelta(hours=4)), browse(coordinator)
    form = opened(browser, held) | {"follow_up": "Ring biblioteket", "owner": coordinator.pk}
    for _time in range(2):  # the answer to the first was lost on the way
        assert browser.post(page(held), form).status_code == 302
    follow_up = FollowUp.objects.get()
    done = opened(browser, held) | {"done": [follow_up.pk]}
    for _time in range(2):
        assert browser.post(page(held), done).status_code == 302


def test_a_draft_that_was_on_its_way_when_she_saved_does_not_come_back(
    birch: Group, coordinator: User, browse: Browse
) -> None:
    held, browser = gathering_of(birch, timezone.now() - timedelta(hours=4)), browse(coordinator)
    form = opened(browser, held) | {"did": "Vi bakte."}
    browser.post(page(held), form)
    late = browser.post(f"{ROOT}utkast/?form=log:{held.pk}", form)
    assert late.status_code == 204
    assert not Draft.objects.exists()


def test_untouched_helpers_do_not_undo_a_colleagues(
    birch: Group, coordinator: User, leader: User, browse: Browse
) -> None:
    held = gathering_of(birch, timezone.now() - timedelta(hours=4))
    hers, theirs = browse(coordinator), browse(leader)
    mine, other = opened(hers, held), opened(theirs, held)
    theirs.post(page(held), {name: value for name, value in other.items() if name != "helpers"})
    shown = hers.post(page(held), mine)
    assert [each.suggested for each in shown.context["differences"]] == ["theirs"]


def test_a_draft_keeps_no_identity_number_and_is_forgotten(birch: Group, coordinator: User, browse: Browse) -> None:
    held = gathering_of(birch, timezone.now() - timedelta(hours=4))
    browse(coordinator).post(f"{ROOT}utkast/?form=log:{held.pk}", {"did": "Ring 158490/10260\x00 nå", "version": "0"})
    assert Draft.objects.get().fields["did"] == ["Ring  nå"]
    assert forget_drafts() == 0
    Draft.objects.update(saved_at=timezone.now() - timedelta(days=31))
    assert forget_drafts() == 1


@pytest.mark.parametrize("value", ["abc", "", "²", "9" * 40, "-1", "1.5"])
def test_odd_numbers_break_nothing(value: str, birch: Group, coordinator: User, browse: Browse) -> None:
    ahead, held = gathering_of(birch), gathering_of(birch, timezone.now() - timedelta(hours=4))
    browser = browse(coordinator)
    assert browser.post(f"{ROOT}{ahead.pk}/inviter/", {"generation": value}).status_code == 200
    assert browser.post(page(held), {"version": value, "base": "[" * 5000}).status_code in {200, 302, 409}
    assert browser.post(f"{ROOT}utkast/?form=log:{value}", {"did": "x"}).status_code == 404
    assert browser.post(f"{ROOT}{ahead.pk}/tolk/", {"language": "x\x00", "step": "ordered"}).status_code == 302
    assert browser.get("/k/%00/").status_code == 404
