"""Logging: states and never toggles, two people at once, drafts, summaries and debriefs."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import Draft, User
from audit.models import Read
from groups.models import Group, GroupCoordinator
from municipalities.tenancy import activate
from outbox.models import Message
from planning.models import RoundCoordinator
from sessions_log.models import Attendance, Debrief, FollowUp, Gathering, Reply, Summary
from sessions_log.tasks import ask_for_summaries
from tests.conftest import Browser
from tests.factories import certificate_for, gathering_of, volunteer_of

Browse = Callable[[User | None], Browser]


@pytest.fixture
def held(birch: Group) -> Gathering:
    """It ended two hours ago."""
    return gathering_of(birch, timezone.now() - timedelta(hours=4))


def page(gathering: Gathering) -> str:
    return f"/k/9901/samlinger/{gathering.pk}/logg/"


def families(gathering: Gathering) -> list[Any]:
    return [row.family for row in gathering.groups.get().memberships.order_by("family__name")]


def opened(browser: Browser, gathering: Gathering) -> dict[str, Any]:
    """The form as a browser has it after opening the page."""
    form = browser.get(page(gathering)).context["form"]
    typed = {name: form[name].value() for name in form.fields}
    values = {name: value for name, value in typed.items() if value or (value == 0 and value is not False)}
    values.pop("owner", None)
    return values


def states(gathering: Gathering) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for row in Attendance.objects.filter(gathering=gathering).select_related("family"):
        found.setdefault(row.family.name, set()).add(row.state)
    return found


def test_whole_families_some_and_none(held: Gathering, coordinator: User, browse: Browse) -> None:
    browser = browse(coordinator)
    first, second, third, *_rest = families(held)
    Reply.objects.create(
        municipality=held.municipality, gathering=held, family=third, coming=False, noted_at=timezone.now()
    )
    people = list(second.people.all())
    form = opened(browser, held) | {
        f"family-{first.pk}": "all",
        f"family-{second.pk}": "some",
        f"person-{people[0].pk}": "present",
        f"person-{people[1].pk}": "told_us",
        f"family-{third.pk}": "none",
    }
    answer = browser.post(page(held), form)
    assert answer.status_code == 302
    assert states(held)[first.name] == {"present"}
    by_person = dict(Attendance.objects.filter(family=second).values_list("person", "state"))
    assert [by_person[person.pk] for person in people] == ["present", "told_us", "absent"]
    assert states(held)[third.name] == {"told_us"}  # its answer had been no
    assert len(states(held)) == 3  # what nobody set is not logged
    assert Read.objects.filter(user=coordinator, page="sessions_log:log").exists()


def test_saving_twice_is_the_same_as_once(held: Gathering, coordinator: User, browse: Browse) -> None:
    browser = browse(coordinator)
    family = families(held)[0]
    for _time in range(2):
        assert browser.post(page(held), opened(browser, held) | {f"family-{family.pk}": "all"}).status_code == 302
    assert states(held) == {family.name: {"present"}}
    held.refresh_from_db()
    assert held.log_version == 2


def test_everybody_came_sets_only_what_nobody_has_set(held: Gathering, coordinator: User, browse: Browse) -> None:
    browser = browse(coordinator)
    away = families(held)[2]
    form = opened(browser, held) | {f"family-{away.pk}": "none", "did": "Vi bakte.", "everyone": "1"}
    shown = browser.post(page(held), form).context["form"]
    assert not Attendance.objects.exists()  # shown, not saved
    values = {row.name: row.value for row in shown.rows()}
    assert values.pop(away.name) == "none"
    assert set(values.values()) == {"all"}
    assert shown["did"].value() == "Vi bakte."
    assert "errors" not in shown.__dict__ or not shown.errors


def test_guests_come_and_go(held: Gathering, coordinator: User, browse: Browse) -> None:
    browser = browse(coordinator)
    form = opened(browser, held) | {"guest-0-name": "Gerd", "guest-0-note": "nabo"}
    browser.post(page(held), form)
    assert list(held.guests.values_list("name", "note")) == [("Gerd", "nabo")]
    form = opened(browser, held) | {"guest-0-name": "", "guest-0-note": "", "guest-1-name": "Odd"}
    browser.post(page(held), form)
    assert list(held.guests.values_list("name", "note")) == [("Odd", "")]
    more = browser.post(page(held), opened(browser, held) | {"more_guests": "1"}).context["form"]
    assert len(more.guest_fields()) == 4


def test_helpers_are_noted_with_their_certificate(
    held: Gathering, coordinator: User, leader: User, browse: Browse
) -> None:
    helper = volunteer_of(held.municipality, "Bjørn Dahl", leader)
    volunteer_of(held.municipality, "Lene Ruud", leader, certificate=False)
    browser = browse(coordinator)
    form = opened(browser, held)
    assert form["helpers"] == [f"user:{coordinator.pk}"]  # who had planned to help is ticked beforehand
    offered = [key for key, _name in browser.get(page(held)).context["form"].fields["helpers"].choices]
    assert offered == [f"user:{coordinator.pk}", f"volunteer:{helper.pk}"]  # nobody without a certificate
    browser.post(page(held), form | {"helpers": [f"volunteer:{helper.pk}"]})
    assert dict(held.helpers.values_list("volunteer", "present")) == {None: False, helper.pk: True}


def test_the_summary_follow_up_and_debrief(held: Gathering, coordinator: User, leader: User, browse: Browse) -> None:
    browser = browse(coordinator)
    told = {
        "did": "Vi bakte brød.",
        "went_well": "Alle lo.",
        "change_next": "Mer mel.",
        "carried_by": "together",
        "follow_up": "Spør om barnestol",
        "owner": coordinator.pk,
        "due_on": "2026-12-03",
        "debrief": "1",
    }
    assert browser.post(page(held), opened(browser, held) | told).status_code == 302
    summary = Summary.objects.get(gathering=held)
    assert (summary.did, summary.carried_by, summary.written_by) == ("Vi bakte brød.", "together", coordinator)
    follow_up = FollowUp.objects.get()
    assert (follow_up.text, follow_up.owner, str(follow_up.due_on)) == (
        "Spør om barnestol",
        coordinator,
        "2026-12-03",
    )
    letter = Message.objects.get(kind="debrief")
    assert (letter.address, letter.channel) == (leader.email, "email")
    assert "brød" not in letter.body  # that, and not why
    browser.post(page(held), opened(browser, held) | {"debrief": "1", "done": [follow_up.pk]})
    assert Message.objects.filter(kind="debrief").count() == 1
    assert FollowUp.objects.get().done_at is not None
    debrief = Debrief.objects.get()
    browse(leader).post(f"/k/9901/debrief/{debrief.pk}/")
    debrief.refresh_from_db()
    assert (debrief.held_with, debrief.held_on) == (leader, timezone.localdate())


def test_a_mended_summary_shows_what_it_said(held: Gathering, coordinator: User, browse: Browse) -> None:
    browser = browse(coordinator)
    for words in ("Først dette.", "Så dette."):
        browser.post(page(held), opened(browser, held) | {"did": words})
    earlier = browser.get(page(held)).context["gathering"].log["earlier_summaries"]
    assert [version["did"] for version in earlier] == ["Først dette."]


@pytest.fixture
def colleague(held: Gathering, other_coordinator: User, leader: User) -> User:
    """Somebody who follows the same group."""
    group = held.groups.get()
    RoundCoordinator.objects.create(municipality=held.municipality, round=held.round, user=other_coordinator)
    GroupCoordinator.objects.create(
        municipality=held.municipality,
        group=group,
        user=other_coordinator,
        certificate=other_coordinator.certificates.first()
        or certificate_for(other_coordinator, held.municipality, leader),
        since=timezone.localdate(),
    )
    return other_coordinator


def test_two_people_on_one_log(held: Gathering, coordinator: User, colleague: User, browse: Browse) -> None:
    """The later one is shown what the other saved, decides, and nothing of either is lost."""
    first, second, third, *_rest = families(held)
    hers, his = browse(coordinator), browse(colleague)
    my_form, his_form = opened(hers, held), opened(his, held)
    his.post(page(held), his_form | {f"family-{first.pk}": "all", f"family-{second.pk}": "all", "did": "Vi bakte."})
    mine = my_form | {f"family-{second.pk}": "none", f"family-{third.pk}": "all", "did": "Vi bakte brød."}
    shown = hers.post(page(held), mine)
    assert shown.status_code == 409
    found = {each.label: each for each in shown.context["differences"]}
    assert set(found) == {first.name, second.name, "What did we do?"} or len(found) == 3
    assert found[first.name].suggested == "theirs"  # she had not touched it
    assert found[second.name].suggested == "mine"
    assert states(held) == {first.name: {"present"}, second.name: {"present"}}  # nothing is saved yet
    again = dict(shown.context["typed"]) | {
        "helpers": [value for name, value in shown.context["typed"] if name == "helpers"],
        "looked_at": "1",
        f"keep-family:{first.pk}": "theirs",
        f"keep-family:{second.pk}": "mine",
        "keep-did": "theirs",
    }
    assert hers.post(page(held), again).status_code == 302
    assert states(held) == {first.name: {"present"}, second.name: {"absent"}, third.name: {"present"}}
    assert Summary.objects.get(gathering=held).did == "Vi bakte."


def test_what_does_not_clash_is_kept_from_both(
    held: Gathering, coordinator: User, colleague: User, browse: Browse
) -> None:
    first, second, *_rest = families(held)
    hers, his = browse(coordinator), browse(colleague)
    my_form, his_form = opened(hers, held), opened(his, held)
    his.post(page(held), his_form | {f"family-{first.pk}": "all"})
    answer = hers.post(page(held), my_form | {f"family-{second.pk}": "none", f"family-{first.pk}": "all"})
    assert answer.status_code == 302  # the same about the first, and he had said nothing about the second
    assert states(held) == {first.name: {"present"}, second.name: {"absent"}}


def test_a_draft_lives_until_it_is_saved(held: Gathering, coordinator: User, colleague: User, browse: Browse) -> None:
    browser = browse(coordinator)
    family = families(held)[0]
    typed = opened(browser, held) | {"did": "Vi bak", f"family-{family.pk}": "all", "families": "6"}
    kept = browser.post(f"/k/9901/samlinger/utkast/?form=log:{held.pk}", typed, headers={"HX-Request": "true"})
    assert kept.status_code == 200
    assert 'id="log-count"' in kept.content.decode()
    form = browser.get(page(held)).context["form"]
    assert form["did"].value() == "Vi bak"
    assert {row.name: row.value for row in form.rows()}[family.name] == "all"
    assert not browse(colleague).get(page(held)).context["form"]["did"].value()  # hers alone
    browser.post(page(held), opened(browser, held))
    assert not Draft.objects.exists()
    assert states(held) == {family.name: {"present"}}


def test_a_draft_can_be_thrown_away(held: Gathering, coordinator: User, browse: Browse) -> None:
    browser = browse(coordinator)
    browser.post(f"/k/9901/samlinger/utkast/?form=log:{held.pk}", {"did": "x"})
    browser.post(page(held), {"discard": "1"})
    assert not Draft.objects.exists()


@pytest.mark.parametrize("form", ["log:999999", "plan:999999", "other:new", "log:", ""])
def test_no_draft_of_what_she_does_not_see(form: str, held: Gathering, other_coordinator: User, browse: Browse) -> None:
    answer = browse(other_coordinator).post(f"/k/9901/samlinger/utkast/?form={form}", {"did": "x"})
    assert answer.status_code == 404
    answer = browse(other_coordinator).post(f"/k/9901/samlinger/utkast/?form=log:{held.pk}", {"did": "x"})
    assert answer.status_code == 404


def test_bad_input_stays_and_nothing_is_saved(held: Gathering, coordinator: User, browse: Browse) -> None:
    browser = browse(coordinator)
    family = families(held)[0]
    wrong = {
        "did": "Ring 158490 10260 i morgen.",
        "guest-0-note": "nabo",
        "due_on": "2026-12-03",
        f"family-{family.pk}": "some",
    }
    answer = browser.post(page(held), opened(browser, held) | wrong)
    assert answer.status_code == 200
    form = answer.context["form"]
    assert set(form.errors) == {"did", "guest-0-name", "follow_up", f"family-{family.pk}"}
    assert form["guest-0-note"].value() == "nabo"
    assert not Attendance.objects.exists()
    assert not Summary.objects.exists()


def test_only_from_its_day_on_and_not_when_cancelled(birch: Group, coordinator: User, browse: Browse) -> None:
    ahead = gathering_of(birch, timezone.now() + timedelta(days=2))
    cancelled = gathering_of(birch, timezone.now() - timedelta(days=2), cancelled_at=timezone.now())
    for row in (ahead, cancelled):
        assert browse(coordinator).get(page(row)).url == f"/k/9901/samlinger/{row.pk}/"


def test_a_missing_summary_is_asked_for_once(birch: Group, coordinator: User) -> None:
    late = gathering_of(birch, timezone.now() - timedelta(hours=27))
    gathering_of(birch, timezone.now() - timedelta(hours=20))  # too early
    written = gathering_of(birch, timezone.now() - timedelta(hours=50))
    Summary.objects.create(
        municipality=written.municipality, gathering=written, written_by=coordinator, written_at=timezone.now()
    )
    town = birch.municipality_id
    activate(None)
    assert [ask_for_summaries(), ask_for_summaries()] == [1, 0]
    activate(town)
    letter = Message.objects.get(kind="summary_reminder")
    assert (letter.address, letter.about) == (coordinator.email, f"summary:{late.pk}")
    late.refresh_from_db()
    assert late.asked_for_summary_at is not None
