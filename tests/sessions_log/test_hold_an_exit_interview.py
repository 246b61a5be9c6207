"""The exit interview: one page a family, kept whole or not at all, or an absence that is explained."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import Error, IntegrityError, connection, transaction
from django.utils import timezone

from accounts.models import Draft, User
from accounts.queries import act_in
from audit.models import Event, Read
from families.models import Family, Participation, Person, SupportAnswer
from families.services.consents import give_consent
from families.services.merging import Choices, merge_families
from groups.models import Group
from groups.services.groups import end_membership
from municipalities.models import Municipality
from municipalities.tenancy import municipality
from planning.models import Partner, Round
from sessions_log.models import ExitInterview, Gathering
from sessions_log.queries.interviews import shared_numbers
from sessions_log.services.interviews import RoundIsClosed, WasHeld, explain_absence
from tests.conftest import Browser
from tests.factories import FamilyFactory, group_of, waiting
from tests.questions import asked
from tests.sessions_log.closing import GOAL, interview_of, met, ways

Browse = Callable[[User | None], Browser]


@pytest.fixture
def way(birch: Group, coordinator: User) -> Participation:
    """The first family of a group that has met."""
    met(birch, coordinator)
    return ways(birch)[0]


def address(way: Participation, more: str = "") -> str:
    return f"/k/9901/sluttsamtaler/{way.pk}/{more}"


def adult(way: Participation) -> Person:
    person: Person = way.family.people.get(kind="adult")
    return person


def partner_of(town: Municipality) -> Partner:
    return Partner.objects.create(municipality=town, name="Lillevik turlag", kind="club")


def typed(way: Participation, by: User, **more: Any) -> dict[str, Any]:
    """A whole interview as a browser sends it."""
    pk = adult(way).pk
    return {
        "held_on": timezone.localdate().isoformat(),
        "gave": "Noen å ringe når det er tungt.",
        "ready_for": "club",
        "next_step": "Bli med på første tur",
        "owner": str(by.pk),
        "due_on": "2027-01-15",
        "more": "Skyss til turene.",
        f"support-{pk}-close": "3",
        f"support-{pk}-concern": "4",
        f"support-{pk}-help": "5",
        f"share-{pk}": "on",
        "again": "yes",
        "again_said_by": str(pk),
        **more,
    }


def test_all_that_was_told_is_kept(way: Participation, coordinator: User, browse: Browse) -> None:
    partner = partner_of(way.municipality)
    shown = browse(coordinator).get(address(way))
    assert GOAL in shown.content.decode()
    answer = browse(coordinator).post(address(way), typed(way, coordinator, partner=str(partner.pk)))
    assert (answer.status_code, answer.url) == (302, f"/k/9901/runder/{way.round_id}/sluttsamtaler/")
    row = ExitInterview.objects.get()
    assert (row.participation, row.group.name, row.held_on, row.absence, row.gave) == (
        way,
        "Bjørka",
        timezone.localdate(),
        "",
        "Noen å ringe når det er tungt.",
    )
    assert (row.ready_for, row.partner, row.next_step, row.owner, row.due_on, row.done_at, row.more) == (
        "club",
        partner,
        "Bli med på første tur",
        coordinator,
        date(2027, 1, 15),
        None,
        "Skyss til turene.",
    )
    answers = SupportAnswer.objects.values_list("person", "moment", "total")
    assert list(answers) == [(adult(way).pk, "after", 12)]
    given = way.family.consents.standing().values_list("purpose", "person", "given_by")
    assert set(given) == {
        ("invite_again", None, adult(way).pk),
        ("share_contact", adult(way).pk, adult(way).pk),
    }
    verbs = Event.objects.exclude(verb__in=["note_goal"]).values_list("verb", flat=True)
    assert sorted(verbs) == ["give_consent", "give_consent", "hold_exit_interview"]
    assert Read.objects.filter(page="sessions_log:interview", ids=[way.family_id]).exists()


def test_the_answers_before_the_round_stay(way: Participation, coordinator: User, browse: Browse) -> None:
    SupportAnswer.objects.create(
        municipality=way.municipality,
        participation=way,
        person=adult(way),
        moment="before",
        close=1,
        concern=1,
        help=1,
        answered_on=date(2026, 8, 20),
        noted_by=coordinator,
    )
    mine = browse(coordinator)
    mine.post(address(way), typed(way, coordinator))
    none = {f"support-{adult(way).pk}-{name}": "" for name in ("close", "concern", "help")}
    assert SupportAnswer.objects.filter(moment="after").get().total == 12
    mine.post(address(way), typed(way, coordinator, **none))
    assert list(SupportAnswer.objects.values_list("moment", "total")) == [("before", 3)]


def test_a_no_takes_the_yes_to_be_asked_again_back(way: Participation, coordinator: User, browse: Browse) -> None:
    give_consent(
        family=way.family,
        purpose="invite_again",
        person=None,
        given_by=adult(way),
        by=coordinator,
        now=timezone.now(),
    )
    mine = browse(coordinator)
    assert "again_said_by" not in mine.get(address(way)).context["form"].fields
    mine.post(address(way), typed(way, coordinator, again=""))
    assert way.family.consents.to("invite_again").count() == 1
    mine.post(address(way), typed(way, coordinator, again="no"))
    assert way.family.consents.to("invite_again").count() == 0


def test_a_fault_stands_beside_its_field_and_nothing_is_half_kept(
    way: Participation, coordinator: User, browse: Browse
) -> None:
    wrong = typed(
        way,
        coordinator,
        held_on=(timezone.localdate() + timedelta(days=1)).isoformat(),
        gave="Mor er 01010750160.",
        owner="",
        again_said_by="",
        ready_for="",
        partner=str(partner_of(way.municipality).pk),
        **{f"support-{adult(way).pk}-help": ""},
    )
    answer = browse(coordinator).post(address(way), wrong)
    assert set(answer.context["form"].errors) == {
        "held_on",
        "gave",
        "owner",
        "again_said_by",
        "ready_for",
        f"support-{adult(way).pk}-help",
    }
    assert "Skyss til turene." in answer.content.decode()
    assert not ExitInterview.objects.exists()
    assert not way.family.consents.exists()


def test_the_draft_is_kept_while_typing(way: Participation, coordinator: User, browse: Browse) -> None:
    mine = browse(coordinator)
    sent = typed(way, coordinator, gave="Mor er 01010750160, og glad.")
    assert "Utkast lagret" in mine.post(address(way, "utkast/"), sent).content.decode()
    assert "01010750160" not in str(Draft.objects.get().fields)
    again = mine.get(address(way))
    assert again.context["form"]["more"].value() == "Skyss til turene."
    assert again.context["form"][f"support-{adult(way).pk}-close"].value() == "3"
    mine.post(address(way), {"discard": "1"})
    assert not Draft.objects.exists()
    mine.post(address(way, "utkast/"), sent)
    mine.post(address(way), typed(way, coordinator))
    assert not Draft.objects.exists()


def test_a_draft_that_was_on_its_way_at_the_save_is_not_kept(
    way: Participation, coordinator: User, browse: Browse
) -> None:
    mine, sent = browse(coordinator), typed(way, coordinator)
    mine.post(address(way), sent)
    assert mine.post(address(way, "utkast/"), sent).status_code == 204
    assert not Draft.objects.exists()
    later = {**sent, "known": mine.get(address(way)).context["form"]["known"].value()}
    assert mine.post(address(way, "utkast/"), later).status_code == 200
    assert Draft.objects.exists()


def test_an_absence_is_explained_and_holds_no_answers(way: Participation, leader: User, browse: Browse) -> None:
    hers = browse(leader)
    assert set(hers.post(address(way, "uteble/"), {"absence": "other"}).context["form"].errors) == {"words"}
    hers.post(address(way, "uteble/"), {"absence": "other", "words": "Ville heller skrive et brev."})
    row = ExitInterview.objects.get()
    assert (row.held_on, row.absence, row.absence_words, row.gave) == (
        None,
        "other",
        "Ville heller skrive et brev.",
        "",
    )
    page = hers.get(f"/k/9901/runder/{way.round_id}/sluttsamtaler/")
    assert (page.context["settled"], page.context["size"]) == (1, 6)
    assert "Ville heller skrive et brev." in page.content.decode()


def test_it_happened_after_all_and_then_there_is_no_absence(
    way: Participation, coordinator: User, browse: Browse
) -> None:
    explain_absence(participation=way, absence="not_reached", words="", by=coordinator, now=timezone.now())
    browse(coordinator).post(address(way), typed(way, coordinator))
    assert ExitInterview.objects.get().absence == ""
    with pytest.raises(WasHeld):
        explain_absence(participation=way, absence="moved", words="", by=coordinator, now=timezone.now())
    browse(coordinator).post(address(way, "uteble/"), {"absence": "moved"})
    assert ExitInterview.objects.get().held_on is not None


def test_only_who_follows_the_group_reads_it(
    way: Participation, birch: Group, coordinator: User, other_coordinator: User, leader: User, browse: Browse
) -> None:
    interview_of(way, birch, coordinator, gave="Bare til Ingrid.")
    listing = f"/k/9901/runder/{way.round_id}/sluttsamtaler/"
    assert browse(leader).get(address(way)).status_code == 403
    assert "Bare til Ingrid." not in browse(leader).get(listing).content.decode()
    assert browse(other_coordinator).get(address(way)).status_code == 404
    assert browse(other_coordinator).post(address(way), {}).status_code == 404
    assert browse(other_coordinator).get(address(way, "uteble/")).status_code == 404
    assert browse(other_coordinator).post(address(way, "utkast/")).status_code == 404
    assert "Bare til Ingrid." in browse(coordinator).get(address(way)).content.decode()
    assert not ExitInterview.objects.visible_to(leader).exists()
    assert not ExitInterview.objects.visible_to(other_coordinator).exists()


def test_a_family_that_left_earlier_is_not_forgotten(
    way: Participation, birch: Group, coordinator: User, browse: Browse
) -> None:
    membership = birch.memberships.get(participation=way)
    end_membership(membership=membership, reason="Fikk nye vakter", by=coordinator, now=timezone.now())
    page = browse(coordinator).get(f"/k/9901/runder/{way.round_id}/sluttsamtaler/")
    assert page.context["size"] == 6
    assert "Fikk nye vakter" in page.content.decode()
    assert browse(coordinator).get(address(way)).status_code == 200


def test_a_protected_number_is_for_who_follows_the_family_now(
    way: Participation, birch: Group, coordinator: User, browse: Browse
) -> None:
    Family.objects.filter(pk=way.family_id).update(protection="confidential")
    phone = adult(way).phone
    assert f"tel:{phone}" in browse(coordinator).get(address(way)).content.decode()
    end_membership(membership=birch.memberships.get(participation=way), reason="", by=coordinator, now=timezone.now())
    assert f"tel:{phone}" not in browse(coordinator).get(address(way)).content.decode()


def shares(family: Family, by: User) -> None:
    person = family.people.get(kind="adult")
    give_consent(family=family, purpose="share_contact", person=person, given_by=person, by=by, now=timezone.now())


def test_numbers_go_only_between_those_who_both_want_it(
    way: Participation, birch: Group, coordinator: User, browse: Browse
) -> None:
    second, third = ways(birch)[1:3]
    shares(second.family, coordinator)
    assert shared_numbers(birch, way.family) == []  # it does not share its own
    shares(way.family, coordinator)
    assert [each.phone for each in shared_numbers(birch, way.family)] == [adult(second).phone]
    assert shared_numbers(birch, third.family) == []
    Family.objects.filter(pk=second.family_id).update(protection="confidential")
    assert shared_numbers(birch, way.family) == []
    shown = browse(coordinator).get(address(second))
    assert shown.context["form"].shares == []
    assert shown.context["numbers"] == []


def test_the_start_page_asks_for_it_near_the_end_and_tells_of_the_next_step(
    way: Participation, coordinator: User, browse: Browse
) -> None:
    mine = browse(coordinator)

    def titles() -> list[str]:
        return [todo.title for todo, _url in mine.get("/k/9901/").context["todos"]]

    Round.objects.update(ends_on=timezone.localdate() + timedelta(days=60))
    assert "6 sluttsamtaler venter" not in titles()
    Round.objects.update(ends_on=timezone.localdate() + timedelta(days=20))
    assert "6 sluttsamtaler venter" in titles()
    kick_off = Gathering.objects.filter(kind="kick_off")
    kick_off.update(cancelled_at=timezone.now())  # a group that has not met has nothing to look back on
    assert "6 sluttsamtaler venter" not in titles()
    kick_off.update(cancelled_at=None)
    mine.post(address(way), typed(way, coordinator))
    assert {"5 sluttsamtaler venter", "Bli med på første tur"} <= set(titles())
    mine.post(address(way), typed(way, coordinator, done="on"))
    assert "Bli med på første tur" not in titles()
    assert ExitInterview.objects.get().done_at is not None


def test_in_a_closed_round_it_is_read_and_the_next_step_is_still_ticked(
    way: Participation, birch: Group, coordinator: User, browse: Browse
) -> None:
    interview_of(way, birch, coordinator, next_step="Bli med på tur", owner=coordinator)
    Round.objects.update(closed_at=timezone.now())
    mine = browse(coordinator)
    assert "<textarea" not in mine.get(address(way)).content.decode()
    mine.post(address(way), typed(way, coordinator, gave="Noe annet"))
    assert ExitInterview.objects.get().gave == "Noen å ringe."
    with pytest.raises(RoundIsClosed):
        explain_absence(participation=ways(birch)[1], absence="moved", words="", by=coordinator, now=timezone.now())
    mine.post(address(way, "steg/"))
    assert ExitInterview.objects.get().done_at is not None


def test_of_two_families_that_were_one_the_interview_comes_along(
    way: Participation, birch: Group, coordinator: User, leader: User
) -> None:
    end_membership(membership=birch.memberships.get(participation=way), reason="", by=coordinator, now=timezone.now())
    interview_of(way, birch, coordinator, gave="Fra den andre.")
    longer = waiting(FamilyFactory(municipality=way.municipality, name="Bjorkafamilie 1"), way.round)
    Participation.objects.filter(pk=longer.pk).update(waiting_since=date(2026, 8, 1))
    merge_families(
        kept=longer.family,
        merged=way.family,
        choices=Choices(people={adult(way).pk: adult(longer).pk}),
        by=act_in(leader, birch.municipality),
        now=timezone.now(),
    )
    connection.check_constraints()
    assert ExitInterview.objects.get(participation=longer).gave == "Fra den andre."


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"held_on": None, "gave": ""}, "held_or_its_absence_explained"),
        ({"absence": "moved"}, "held_or_its_absence_explained"),
        ({"held_on": None, "gave": "", "absence": "other"}, "another_absence_says_what"),
        ({"held_on": None, "absence": "moved"}, "an_absence_holds_no_answers"),
        ({"next_step": "Ringe"}, "a_next_step_has_an_owner"),
        ({"due_on": date(2027, 1, 1)}, "a_next_step_has_an_owner"),
    ],
)
def test_the_database_refuses_what_is_half(
    fields: dict[str, Any], rule: str, way: Participation, birch: Group, coordinator: User
) -> None:
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        interview_of(way, birch, coordinator, **fields)


def test_the_database_knows_one_a_family_and_only_about_its_own_group(
    way: Participation, birch: Group, autumn: Round, coordinator: User
) -> None:
    other = group_of(autumn, coordinator, "Furua", families=1)
    with pytest.raises(IntegrityError, match="a group it was in"), transaction.atomic():
        interview_of(way, other, coordinator)
    interview_of(way, birch, coordinator)
    with pytest.raises(IntegrityError, match="participation_id"), transaction.atomic():
        interview_of(way, birch, coordinator)
    partner = partner_of(way.municipality)
    with pytest.raises(IntegrityError, match="a_partner_is_for_something"), transaction.atomic():
        ExitInterview.objects.update(partner=partner)


def test_another_municipality_sees_neither_interview_nor_history(
    way: Participation, birch: Group, coordinator: User, storfjell: Municipality
) -> None:
    interview_of(way, birch, coordinator)
    tables = ("sessions_log_exitinterview", "sessions_log_exitinterviewevent")
    counts = "select {}".format(", ".join(f"(select count(*) from {table})" for table in tables))
    with connection.cursor() as cursor:
        cursor.execute(counts)
        assert cursor.fetchone() == (1, 1)
        with municipality(storfjell):
            cursor.execute(counts)
            assert cursor.fetchone() == (0, 0)
    with pytest.raises(Error, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("update sessions_log_exitinterviewevent set gave = 'x'")


@pytest.mark.parametrize("size", [1, 30])
def test_the_pages_ask_the_same_for_one_family_and_for_thirty(
    size: int, autumn: Round, coordinator: User, browse: Browse
) -> None:
    group = group_of(autumn, coordinator, "Bjørka", families=size)
    met(group, coordinator)
    for each in ways(group):
        shares(each.family, coordinator)
    mine = browse(coordinator)
    counted = {
        "list": asked(mine, f"/k/9901/runder/{autumn.pk}/sluttsamtaler/"),
        "one": asked(mine, address(ways(group)[0])),
    }
    assert counted == {"list": 7, "one": 16}
