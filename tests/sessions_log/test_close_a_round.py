"""A round closes when domain rule 9 holds, stays as it is, and is opened again with a reason that is kept."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import Error, IntegrityError, connection, transaction
from django.utils import timezone

from accounts.models import User
from audit.models import Event
from families.models import Participation
from groups.models import Group, Membership
from groups.services.groups import end_membership
from municipalities.models import Municipality
from municipalities.tenancy import municipality
from planning.models import Evaluation, Round
from planning.rules.evaluation import FIELDS
from planning.services.evaluations import write_evaluation
from sessions_log.models import ExitInterview, GroupGoal, RoundClosing
from sessions_log.services.closings import AlreadyClosed, NotClosed, NotReady, close_round, reopen_round
from sessions_log.services.goals import RoundIsClosed, note_goal
from tests.conftest import Browser
from tests.factories import FamilyFactory, gathering_of, group_of, waiting
from tests.questions import asked
from tests.sessions_log.closing import all_settled, interview_of, met, ways

Browse = Callable[[User | None], Browser]
ANSWERS = {**dict.fromkeys(FIELDS, ""), "worked": "Maten.", "did_not": "Tolk.", "differently": "Før.", "ready": "yes"}


def address(round: Round, more: str = "") -> str:
    return f"/k/9901/runder/{round.pk}/avslutning/{more}"


def evaluated(round: Round, by: User, **more: str) -> Evaluation:
    return write_evaluation(round=round, answers={**ANSWERS, **more}, began_with={}, by=by, now=timezone.now())


@pytest.fixture
def ready(birch: Group, coordinator: User, leader: User) -> Round:
    """A round for which nothing is missing."""
    met(birch, coordinator)
    all_settled(birch, coordinator)
    evaluated(birch.round, leader)
    return birch.round


def closed(round: Round, by: User) -> RoundClosing:
    closing = close_round(round=round, by=by, now=timezone.now())
    round.refresh_from_db()
    return closing


def test_the_page_says_what_is_missing_with_the_way_to_each(
    birch: Group, coordinator: User, leader: User, browse: Browse
) -> None:
    met(birch, coordinator)
    gathering_of(birch)  # in three days
    interview_of(ways(birch)[0], birch, coordinator)
    waiting(FamilyFactory(municipality=birch.municipality), birch.round)
    page = browse(leader).get(address(birch.round))
    assert [(each.sentence, url) for each, url in page.context["missing"]] == [
        (
            "5 familier i Bjørka har ikke hatt sluttsamtale, og det er ikke sagt hvorfor.",
            f"/k/9901/runder/{birch.round_id}/sluttsamtaler/",
        ),
        (
            "Evalueringen er ikke skrevet: hva som gikk bra, hva mindre bra, hva som skal endres, om dere går videre.",
            f"/k/9901/runder/{birch.round_id}/evaluering/",
        ),
        ("1 samling gjenstår.", "/k/9901/samlinger/"),
    ]
    assert page.context["waiting"] == 1
    assert "Avslutt runden" not in page.content.decode()
    browse(leader).post(address(birch.round, "avslutt/"))
    birch.round.refresh_from_db()
    assert birch.round.closed_at is None
    assert not RoundClosing.objects.exists()


@pytest.mark.parametrize("missing", ["interview", "worked", "did_not", "differently", "ready"])
def test_nothing_of_rule_9_can_be_left_out(missing: str, ready: Round, leader: User) -> None:
    if missing == "interview":
        ExitInterview.objects.all()[:1].get().delete()
    else:
        Evaluation.objects.update(**{missing: ""})
    with pytest.raises(NotReady) as refused:
        close_round(round=ready, by=leader, now=timezone.now())
    assert len(refused.value.missing) == 1
    with pytest.raises(IntegrityError, match=r"exit interview|evaluation"), transaction.atomic():
        put(ready, leader)


def put(round: Round, by: User) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into sessions_log_roundclosing"
            " (municipality_id, round_id, closed_at, closed_by_id, groups, memberships, reason)"
            " values (%s, %s, now(), %s, '{}', '{}', '')",
            [round.municipality_id, round.pk, by.pk],
        )


def test_a_family_that_left_earlier_counts_too(ready: Round, birch: Group, coordinator: User, leader: User) -> None:
    way = ways(birch)[0]
    end_membership(
        membership=birch.memberships.get(participation=way), reason="Flyttet", by=coordinator, now=timezone.now()
    )
    ExitInterview.objects.filter(participation=way).delete()
    with pytest.raises(NotReady):
        close_round(round=ready, by=leader, now=timezone.now())


def test_closing_ends_the_groups_and_the_families_are_free(
    ready: Round, birch: Group, leader: User, browse: Browse
) -> None:
    hers = browse(leader)
    assert "Avslutt runden" in hers.get(address(ready)).content.decode()
    hers.post(address(ready, "avslutt/"))
    ready.refresh_from_db()
    birch.refresh_from_db()
    today = timezone.localdate()
    assert ready.closed_at is not None
    assert birch.ended_on == today
    assert set(birch.memberships.values_list("to", flat=True)) == {today}
    assert set(Participation.objects.values_list("ended_on", "ending")) == {(today, "ended")}
    closing = RoundClosing.objects.get()
    assert (closing.closed_by, closing.groups, len(closing.memberships)) == (leader, [birch.pk], 6)
    assert Event.objects.filter(verb="close_round").count() == 1
    page = hers.get(address(ready)).content.decode()
    assert f"/k/9901/runder/{ready.pk}/ny/" in page
    hers.post(address(ready, "avslutt/"))  # tapped twice
    assert RoundClosing.objects.count() == 1
    with pytest.raises(AlreadyClosed):
        close_round(round=ready, by=leader, now=timezone.now())


def test_a_closed_round_stays_as_it_is(ready: Round, birch: Group, coordinator: User, leader: User) -> None:
    closed(ready, leader)
    with pytest.raises(RoundIsClosed):
        note_goal(group=birch, words="Noe annet", by=coordinator, now=timezone.now())
    for change in (
        lambda: GroupGoal.objects.update(words="Noe annet"),
        lambda: Evaluation.objects.update(worked="Noe annet"),
        lambda: ExitInterview.objects.update(more="Noe annet"),
        lambda: ExitInterview.objects.filter(held_on=None).update(absence="moved"),
    ):
        with pytest.raises(IntegrityError, match="stays as it is"), transaction.atomic():
            change()


def test_no_family_and_no_gathering_comes_to_a_group_that_has_ended(
    ready: Round, birch: Group, leader: User, browse: Browse
) -> None:
    closed(ready, leader)
    hers = browse(leader)
    assert hers.get(f"/k/9901/grupper/{birch.pk}/legg-til/").url == f"/k/9901/grupper/{birch.pk}/"
    group_of(ready, leader, "Furu", families=1)  # one more, which is not of the round's end
    offered = hers.get("/k/9901/samlinger/ny/").context["form"].fields["groups"].queryset
    assert [group.name for group in offered] == ["Furu"]


def test_the_leader_opens_it_again_with_a_reason(
    ready: Round, birch: Group, coordinator: User, leader: User, browse: Browse
) -> None:
    early = birch.memberships.get(participation=ways(birch)[1])
    end_membership(membership=early, reason="Flyttet", by=coordinator, now=timezone.now())
    closed(ready, leader)
    hers, url = browse(leader), address(ready, "apne/")
    assert set(hers.post(url, {"reason": " "}).context["form"].errors) == {"reason"}
    assert set(hers.post(url, {"reason": "Om 01010750160"}).context["form"].errors) == {"reason"}
    assert browse(coordinator).post(url, {"reason": "Jeg vil"}).status_code == 403
    hers.post(url, {"reason": "En samling til."})
    ready.refresh_from_db()
    birch.refresh_from_db()
    early.refresh_from_db()
    assert (ready.closed_at, birch.ended_on) == (None, None)
    assert Membership.objects.filter(to__isnull=True).count() == 5
    assert early.reason == "Flyttet"
    row = RoundClosing.objects.get()
    assert (row.reopened_by, row.reason) == (leader, "En samling til.")
    assert "En samling til." in hers.get(address(ready)).content.decode()
    with pytest.raises(NotClosed):
        reopen_round(round=ready, reason="Igjen", by=leader, now=timezone.now())
    closed(ready, leader)
    assert RoundClosing.objects.count() == 2


def test_a_family_that_has_gone_on_stays_in_the_other_round(
    ready: Round, birch: Group, leader: User, browse: Browse
) -> None:
    closed(ready, leader)
    family = ways(birch)[0].family
    spring = Round.objects.create(
        municipality=ready.municipality,
        name="Våren 2027",
        project_leader=leader,
        starts_on=timezone.localdate(),
        ends_on=timezone.localdate() + timedelta(days=90),
    )
    waiting(family, spring)
    answer = browse(leader).post(address(ready, "apne/"), {"reason": "Feil"}, follow=True)
    assert "1 familie har gått videre til en annen runde" in answer.content.decode()
    assert Participation.objects.open().get(family=family).round == spring
    assert Membership.objects.filter(to__isnull=True).count() == 5


def test_another_running_round_of_the_name_stands_in_the_way(ready: Round, leader: User, browse: Browse) -> None:
    closed(ready, leader)
    Round.objects.create(
        municipality=ready.municipality,
        name=ready.name,
        project_leader=leader,
        starts_on=ready.starts_on,
        ends_on=ready.ends_on,
    )
    answer = browse(leader).post(address(ready, "apne/"), {"reason": "Feil"})
    assert answer.context["form"].non_field_errors()
    assert RoundClosing.objects.standing().exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"reason": "Uten dag"},
        {"reopened_at": "2026-01-01T12:00Z", "reason": "Før den ble avsluttet"},
        {"reopened_at": "2099-01-01T12:00Z"},
    ],
)
def test_the_database_wants_who_when_and_why(fields: dict[str, Any], ready: Round, leader: User) -> None:
    closed(ready, leader)
    who = {"reopened_by": leader} if "reopened_at" in fields else {}
    with pytest.raises(IntegrityError, match="with_a_reason"), transaction.atomic():
        RoundClosing.objects.update(**fields, **who)
    with pytest.raises(IntegrityError, match="a_round_is_closed_once_at_a_time"), transaction.atomic():
        put(ready, leader)


def test_a_coordinator_sees_what_is_missing_and_does_not_close(
    ready: Round, coordinator: User, other_coordinator: User, browse: Browse
) -> None:
    page = browse(coordinator).get(address(ready))
    assert page.context["missing"] == []
    assert "Avslutt runden" not in page.content.decode()
    assert browse(coordinator).post(address(ready, "avslutt/")).status_code == 403
    assert browse(other_coordinator).get(address(ready)).status_code == 404


def test_another_municipality_sees_neither_closing_nor_history(
    ready: Round, leader: User, storfjell: Municipality
) -> None:
    closed(ready, leader)
    tables = ("sessions_log_roundclosing", "sessions_log_roundclosingevent")
    counts = "select {}".format(", ".join(f"(select count(*) from {table})" for table in tables))
    with connection.cursor() as cursor:
        cursor.execute(counts)
        assert cursor.fetchone() == (1, 1)
        with municipality(storfjell):
            cursor.execute(counts)
            assert cursor.fetchone() == (0, 0)
    with pytest.raises(Error, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("delete from sessions_log_roundclosingevent")


@pytest.mark.parametrize("size", [1, 30])
def test_the_page_asks_the_same_for_one_family_and_for_thirty(
    size: int, autumn: Round, coordinator: User, leader: User, browse: Browse
) -> None:
    group = group_of(autumn, coordinator, "Bjørka", families=size)
    met(group, coordinator)
    for n in range(size):
        gathering_of(group, timezone.now() + timedelta(days=n + 1))
    assert asked(browse(leader), address(autumn)) == 9
