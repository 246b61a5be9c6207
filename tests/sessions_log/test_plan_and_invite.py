"""Planning, inviting, moving, cancelling, answering: what the families get, and what never goes."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import Draft, User
from families.models import Family, Person
from groups.models import Group
from municipalities.models import Municipality, SchoolHoliday
from outbox.letters import as_it_goes
from outbox.models import Message
from outbox.rules.sms import parts
from sessions_log.letters import gathering_and_person, why_not
from sessions_log.models import CallNote, Gathering, InterpreterBooking, Invitation, Reply
from sessions_log.services.announcements import invite
from tests.conftest import Browser
from tests.factories import VenueFactory, gathering_of, volunteer_of

Browse = Callable[[User | None], Browser]
ROOT = "/k/9901/samlinger/"


def plan(group: Group, **fields: object) -> dict[str, object]:
    """A filled-in form for a gathering in five days."""
    day = timezone.localdate() + timedelta(days=5)
    return {
        "kind": "gathering",
        "groups": [group.pk],
        "activity": "Vi baker brød",
        "day": day.isoformat(),
        "start": "16:30",
        "end": "18:30",
        "place": "Bjørkehuset",
        "address": "Skolegata 4",
        "directions": "Buss 21 til Torget.",
        "bring": "Forkle",
        "asks_lift": "on",
        "coordinators": [group.coordinators.get().pk],
        **fields,
    }


def letters(gathering: Gathering, kind: str) -> list[Message]:
    return list(Message.objects.filter(about=f"gathering:{gathering.pk}", kind=kind).order_by("pk"))


def invited_all(gathering: Gathering) -> list[Family]:
    """Everybody in its group is invited, as the page does it."""
    families = [row.family for row in gathering.groups.get().memberships.order_by("pk")]
    invite(gathering=gathering, families=families, generation=gathering.generation, by=gathering.created_by)
    return families


def test_a_gathering_is_planned_with_its_helpers(birch: Group, coordinator: User, leader: User, browse: Browse) -> None:
    helper = volunteer_of(birch.municipality, "Bjørn Dahl", leader)
    answer = browse(coordinator).post(f"{ROOT}ny/", plan(birch, volunteers=[helper.pk], invite="1"))
    row = Gathering.objects.get()
    assert answer.url == f"{ROOT}{row.pk}/inviter/"
    assert (row.activity, row.place, row.asks_interpreter) == ("Vi baker brød", "Bjørkehuset", False)
    assert timezone.localtime(row.starts_at).strftime("%H:%M") == "16:30"
    assert {str(each) for each in row.helpers.all()} == {"Ingrid Solheim", "Bjørn Dahl"}


def test_a_place_fills_in_the_way_there(birch: Group, coordinator: User, browse: Browse) -> None:
    venue = VenueFactory(municipality=birch.municipality)
    filled = plan(birch, venue=venue.pk, place="", address="", directions="")
    browse(coordinator).post(f"{ROOT}ny/", filled)
    row = Gathering.objects.get()
    assert (row.place, row.address, row.directions) == (venue.name, venue.address, venue.directions)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"day": ""}, "day"),
        ({"day": "2020-01-01"}, "day"),
        ({"end": "15:00"}, "end"),
        ({"groups": []}, "groups"),
        ({"groups": [999999]}, "groups"),
        ({"activity": "Fnr. 15849010260"}, "activity"),
        ({"kind": "party"}, "kind"),
    ],
)
def test_bad_input_is_said_beside_the_field_and_stays(
    wrong: dict[str, object], field: str, birch: Group, coordinator: User, browse: Browse
) -> None:
    answer = browse(coordinator).post(f"{ROOT}ny/", plan(birch, **wrong))
    assert answer.status_code == 200
    assert field in answer.context["form"].errors
    assert answer.context["form"]["bring"].value() == "Forkle"
    assert not Gathering.objects.exists()


def test_a_volunteer_without_certificate_cannot_be_chosen(
    birch: Group, coordinator: User, leader: User, browse: Browse
) -> None:
    without = volunteer_of(birch.municipality, "Lene Ruud", leader, certificate=False)
    answer = browse(coordinator).post(f"{ROOT}ny/", plan(birch, volunteers=[without.pk]))
    assert "volunteers" in answer.context["form"].errors
    assert "Lene Ruud" in answer.content.decode()


def test_a_group_has_one_kick_off(birch: Group, coordinator: User, browse: Browse) -> None:
    browser = browse(coordinator)
    browser.post(f"{ROOT}ny/", plan(birch, kind="kick_off"))
    answer = browser.post(f"{ROOT}ny/", plan(birch, kind="kick_off"))
    assert "kind" in answer.context["form"].errors
    assert Gathering.objects.count() == 1
    browser.post(f"{ROOT}{Gathering.objects.get().pk}/avlys/")
    assert browser.post(f"{ROOT}ny/", plan(birch, kind="kick_off")).status_code == 302


def test_the_draft_of_a_new_plan_is_kept_and_gone_once_saved(birch: Group, coordinator: User, browse: Browse) -> None:
    browser = browse(coordinator)
    browser.post(f"{ROOT}utkast/?form=plan:new", plan(birch, activity="Vi bak"))
    shown = browser.get(f"{ROOT}ny/").context["form"]
    assert shown["activity"].value() == "Vi bak"
    assert shown["asks_interpreter"].value() is False  # an unticked box stays so
    browser.post(f"{ROOT}ny/", plan(birch))
    assert not Draft.objects.exists()


def test_the_draft_of_a_change_is_kept_too(birch: Group, coordinator: User, browse: Browse) -> None:
    row, browser = gathering_of(birch), browse(coordinator)
    browser.post(f"{ROOT}utkast/?form=plan:{row.pk}", plan(birch, activity="Vi baker kaker"))
    assert browser.get(f"{ROOT}{row.pk}/plan/").context["form"]["activity"].value() == "Vi baker kaker"
    browser.post(f"{ROOT}{row.pk}/plan/", plan(birch))
    assert not Draft.objects.exists()


def test_she_sees_exactly_what_each_gets_and_sends_it(birch: Group, coordinator: User, browse: Browse) -> None:
    row, browser = gathering_of(birch), browse(coordinator)
    speakers = Person.objects.filter(kind="adult").order_by("family")
    for person, language in zip(speakers, ["nb", "nn", "en", "uk", "ar", "ti"], strict=True):
        person.language = language
        person.save()
    shown = browser.get(f"{ROOT}{row.pk}/inviter/")
    seen = {letter.person.pk: letter for letter in shown.context["letters"]}
    assert {letter.language for letter in seen.values()} == {"nb", "nn", "en", "uk", "ar", "ti"}
    assert [letter.is_checked for letter in seen.values()].count(False) == 3
    assert 'lang="ar" dir="rtl"' in shown.content.decode()
    assert shown.content.decode().count("/s/…") == 6 + 4  # where it stands, also in what it says in Norwegian
    assert not re.search(r"/s/[\w-]", shown.content.decode())  # staff never see a family's link
    assert shown.context["text_parts"] == 3 * 1 + 3 + 3 + 2  # as long as it will be
    answer = browser.post(f"{ROOT}{row.pk}/inviter/", {"generation": "1"})
    assert answer.url == f"{ROOT}{row.pk}/"
    sent = letters(row, "invitation")
    assert len(sent) == 6
    for message in sent:
        theirs = seen[int(message.recipient.removeprefix("person:"))]
        assert message.words.replace("{link}", "http://localhost:8000/s/…") == theirs.text.sms
        assert "{link}" in message.words
        assert parts(as_it_goes(message).sms) == theirs.parts
    assert Invitation.objects.count() == 6
    assert len(letters(row, "reminder")) == 6
    browser.post(f"{ROOT}{row.pk}/inviter/", {"generation": "1"})
    assert len(letters(row, "invitation")) == 6  # nobody gets it twice


def test_it_is_not_sent_before_it_says_what_where_and_how(birch: Group, coordinator: User, browse: Browse) -> None:
    row = gathering_of(birch, directions="")
    answer = browse(coordinator).post(f"{ROOT}{row.pk}/inviter/", {"generation": "1"})
    assert answer.status_code == 200
    assert answer.context["missing"]
    assert not Message.objects.exists()
    assert not Invitation.objects.exists()


def test_a_plan_that_changed_meanwhile_is_looked_at_again(birch: Group, coordinator: User, browse: Browse) -> None:
    row = gathering_of(birch, generation=2)
    answer = browse(coordinator).post(f"{ROOT}{row.pk}/inviter/", {"generation": "1"})
    assert answer.status_code == 200
    assert not Message.objects.exists()


@pytest.mark.parametrize("change", [{"protection": "confidential"}, {}])
def test_who_gets_no_letter_is_called(change: dict[str, str], birch: Group, coordinator: User, browse: Browse) -> None:
    row = gathering_of(birch)
    family = birch.memberships.order_by("pk").first().family
    if change:
        Family.objects.filter(pk=family.pk).update(**change)
    else:
        family.people.filter(kind="adult").update(receives=False)
    shown = browse(coordinator).get(f"{ROOT}{row.pk}/inviter/")
    assert [guest.family for guest in shown.context["to_call"]] == [family]
    assert len(shown.context["letters"]) == 5


def test_a_new_time_is_told_and_the_old_reminder_never_goes(birch: Group, coordinator: User, browse: Browse) -> None:
    row = gathering_of(birch, timezone.now() + timedelta(days=4))
    invited_all(row)
    old = letters(row, "reminder")
    browse(coordinator).post(f"{ROOT}{row.pk}/plan/", plan(birch, start="17:30", end="19:30"))
    assert {Message.objects.get(pk=each.pk).state for each in old} == {"cancelled"}
    assert len(letters(row, "change")) == 6
    new = [each for each in letters(row, "reminder") if each.state == "queued"]
    assert len(new) == 6
    assert all(why_not(each) for each in old)  # asked again at the last moment, the answer is no
    assert not any(why_not(each) for each in new)


def test_other_changes_are_told_only_when_she_says_so(birch: Group, coordinator: User, browse: Browse) -> None:
    row, browser = gathering_of(birch), browse(coordinator)
    start = timezone.localtime(row.starts_at)
    same = {
        "day": start.date().isoformat(),
        "start": start.strftime("%H:%M:%S.%f"),
        "end": timezone.localtime(row.ends_at).strftime("%H:%M:%S.%f"),
        "directions": row.directions,
    }
    invited_all(row)
    browser.post(f"{ROOT}{row.pk}/plan/", plan(birch, **same, bring="Votter"))
    assert letters(row, "change") == []
    browser.post(f"{ROOT}{row.pk}/plan/", plan(birch, **same, bring="Votter og lue", announce="on"))
    assert len(letters(row, "change")) == 6


def test_cancelling_tells_everybody_invited_once(birch: Group, coordinator: User, browse: Browse) -> None:
    row, browser = gathering_of(birch), browse(coordinator)
    invited_all(row)
    for _time in range(2):
        browser.post(f"{ROOT}{row.pk}/avlys/", {"at_night": "now"})
    told = letters(row, "cancellation")
    assert len(told) == 6
    assert not any(each.passes_quiet_hours for each in told)  # days ahead: nobody is woken for it
    assert {each.state for each in letters(row, "invitation") + letters(row, "reminder")} == {"cancelled"}


def test_the_reminder_goes_the_day_before_at_the_hour_of_the_municipality(
    birch: Group, lillevik: Municipality, coordinator: User
) -> None:
    row = gathering_of(birch, timezone.now() + timedelta(days=4))
    invited_all(row)
    due = timezone.localtime(letters(row, "reminder")[0].due_at)
    assert (due.date(), due.hour, due.minute) == (
        timezone.localdate(row.starts_at) - timedelta(days=1),
        lillevik.reminder_at.hour,
        0,
    )


def test_no_is_no_reminder_and_yes_brings_it_back(birch: Group, coordinator: User, browse: Browse) -> None:
    row, browser = gathering_of(birch, timezone.now() + timedelta(days=4)), browse(coordinator)
    family = invited_all(row)[0]
    answer = f"{ROOT}{row.pk}/svar/{family.pk}/"
    person = family.people.get(kind="adult")

    def reminder() -> str:
        return Message.objects.get(kind="reminder", recipient=f"person:{person.pk}").state

    browser.post(answer, {"coming": "no"})
    assert reminder() == "cancelled"
    browser.post(answer, {"coming": "yes", "adults": "1", "children": "2", "needs_lift": "on"})
    assert reminder() == "queued"
    current = Reply.objects.get(is_current=True)
    assert (current.coming, current.adults, current.children, current.needs_lift) == (True, 1, 2, True)
    assert Reply.objects.count() == 2  # earlier answers stay
    assert len(letters(row, "reminder")) == 6


def test_a_lift_that_is_asked_for_later_is_not_arranged_yet(birch: Group, coordinator: User, browse: Browse) -> None:
    row, browser = gathering_of(birch), browse(coordinator)
    families = invited_all(row)
    yes = {"coming": "yes", "adults": "1", "children": "0"}
    browser.post(f"{ROOT}{row.pk}/svar/{families[0].pk}/", {**yes, "needs_lift": "on"})
    browser.post(f"{ROOT}{row.pk}/skyss/")
    browser.post(f"{ROOT}{row.pk}/svar/{families[0].pk}/", {**yes, "needs_lift": "on", "adults": "2"})
    browser.post(f"{ROOT}{row.pk}/svar/{families[1].pk}/", yes)
    row.refresh_from_db()
    assert row.lifts_confirmed
    browser.post(f"{ROOT}{row.pk}/svar/{families[1].pk}/", {**yes, "needs_lift": "on"})
    row.refresh_from_db()
    assert not row.lifts_confirmed


def test_yes_needs_somebody(birch: Group, coordinator: User, browse: Browse) -> None:
    row = gathering_of(birch)
    family = invited_all(row)[0]
    form = {"coming": "yes", "adults": "0", "children": "0", "words": "Vi kommer kanskje"}
    answer = browse(coordinator).post(f"{ROOT}{row.pk}/svar/{family.pk}/", form)
    assert "adults" in answer.context["form"].errors
    assert answer.context["form"]["words"].value() == "Vi kommer kanskje"
    assert not Reply.objects.exists()


def test_a_family_that_leaves_hears_no_more(birch: Group, coordinator: User, browse: Browse) -> None:
    row = gathering_of(birch)
    family = invited_all(row)[0]
    membership = birch.memberships.get(family=family)
    browse(coordinator).post(f"/k/9901/grupper/{birch.pk}/ta-ut/{membership.pk}/", {"reason": "moved"})
    membership.refresh_from_db()
    if membership.to is None:
        pytest.fail("the family was not taken out of the group")
    person = family.people.get(kind="adult")
    assert set(Message.objects.filter(recipient=f"person:{person.pk}").values_list("state", flat=True)) == {"cancelled"}
    assert Invitation.objects.get(family=family).withdrawn_at is not None


def test_calls_interpreters_and_lifts_are_noted(birch: Group, coordinator: User, browse: Browse) -> None:
    row, browser = gathering_of(birch), browse(coordinator)
    family = invited_all(row)[0]
    browser.post(f"{ROOT}{row.pk}/ringt/{family.pk}/", {"outcome": "left_word"})
    assert CallNote.objects.get().outcome == "left_word"
    assert browser.post(f"{ROOT}{row.pk}/ringt/{family.pk}/", {"outcome": "called", "back": "today"}).url == "/k/9901/"
    for step, ordered, confirmed in (("ordered", True, False), ("confirmed", True, True), ("ordered", True, False)):
        browser.post(f"{ROOT}{row.pk}/tolk/", {"language": "ar", "step": step})
        booking = InterpreterBooking.objects.get()
        assert (booking.ordered_on is not None, booking.confirmed_on is not None) == (ordered, confirmed)
    browser.post(f"{ROOT}{row.pk}/skyss/")
    row.refresh_from_db()
    assert row.lifts_confirmed


def test_the_page_shows_queued_sent_and_failed(birch: Group, coordinator: User, browse: Browse) -> None:
    row, browser = gathering_of(birch), browse(coordinator)
    invited_all(row)

    def part() -> tuple[Any, str]:
        answer = browser.get(f"{ROOT}{row.pk}/meldinger/", headers={"HX-Request": "true", "HX-Target": "sent"})
        return answer.context["sent"], answer.content.decode()

    sent, html = part()
    assert sent.on_the_way == 6
    assert "every 2s" in html
    assert "<html" not in html
    first, *others = letters(row, "invitation")
    Message.objects.filter(pk__in=[each.pk for each in others]).update(state="sent", sent_at=timezone.now())
    Message.objects.filter(pk=first.pk).update(state="failed", error="Nummeret finnes ikke.")
    sent, html = part()
    assert (sent.on_the_way, sent.gone, sent.failed) == (0, 5, 1)
    assert "every 2s" not in html
    assert "Nummeret finnes ikke." in html
    browser.post(f"/k/9901/brev/{first.pk}/prov-igjen/")
    assert Message.objects.get(pk=first.pk).state == "queued"


def test_a_letter_knows_its_gathering_and_person(birch: Group, coordinator: User) -> None:
    row = gathering_of(birch)
    invited_all(row)
    found, person = gathering_and_person(letters(row, "invitation")[0])
    assert found == row
    assert person is not None
    assert person.receives


@pytest.mark.parametrize(("starts", "ends", "said"), [(5, 9, True), (1, 5, True), (6, 9, False), (1, 4, False)])
def test_a_day_without_school_is_said_and_planned_all_the_same(
    starts: int, ends: int, said: bool, birch: Group, coordinator: User, browse: Callable[[User | None], Browser]
) -> None:
    today = timezone.localdate()
    SchoolHoliday.objects.create(
        municipality=birch.municipality,
        name="Høstferie",
        starts_on=today + timedelta(days=starts),
        ends_on=today + timedelta(days=ends),
    )
    page = browse(coordinator).post(f"{ROOT}ny/", plan(birch), follow=True).content.decode()
    assert ("(Høstferie)" in page) is said
    assert Gathering.objects.count() == 1
