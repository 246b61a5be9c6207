"""The evaluation: the leader and the coordinators write on it together, with the round in figures beside it."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import Error, IntegrityError, connection, transaction
from django.utils import timezone

from accounts.models import Draft, User
from audit.models import Event
from groups.models import Group
from municipalities.models import Municipality
from municipalities.tenancy import municipality
from planning.models import BudgetLine, Evaluation, Expense, Round
from planning.rules.evaluation import FIELDS
from planning.services.evaluations import EvaluationIsClosed, WrittenMeanwhile, write_evaluation
from planning.services.repeats import start_round_from
from sessions_log.models import Attendance, Gathering, Summary
from sessions_log.queries.figures import figures
from tests.conftest import Browser
from tests.factories import gathering_of, group_of
from tests.questions import asked
from tests.sessions_log.closing import interview_of, met, ways

Browse = Callable[[User | None], Browser]


def address(round: Round, more: str = "") -> str:
    return f"/k/9901/runder/{round.pk}/evaluering/{more}"


def sent(page: Any, **more: str) -> dict[str, str]:
    """The page as the browser sends it back, with these answers changed."""
    form = page.context["form"]
    return {**{name: form[name].value() or "" for name in (*FIELDS, "base")}, **more}


def test_two_people_write_on_different_questions_and_neither_is_lost(
    birch: Group, coordinator: User, leader: User, browse: Browse
) -> None:
    mine, hers, url = browse(coordinator), browse(leader), address(birch.round)
    my_page, her_page = mine.get(url), hers.get(url)
    mine.post(url, sent(my_page, worked="Fast sted.\r\nFast dag."))
    hers.post(url, sent(her_page, did_not="For sent med tolk.", ready="yes"))
    row = Evaluation.objects.get()
    assert (row.worked, row.did_not, row.ready, row.version, row.written_by) == (
        "Fast sted.\nFast dag.",
        "For sent med tolk.",
        "yes",
        2,
        leader,
    )
    assert [event.verb for event in Event.objects.all()] == ["write_evaluation"] * 2
    assert not row.is_written
    mine.post(url, sent(mine.get(url), differently="Tolk med én gang."))
    assert Evaluation.objects.written().get().version == 3


def test_where_both_changed_one_answer_both_are_shown_and_the_next_save_decides(
    birch: Group, coordinator: User, leader: User, browse: Browse
) -> None:
    mine, hers, url = browse(coordinator), browse(leader), address(birch.round)
    my_page, her_page = mine.get(url), hers.get(url)
    hers.post(url, sent(her_page, worked="Maten.", media="Avisen kom.", ready="no"))
    answer = mine.post(url, sent(my_page, worked="Turene.", economy="Nok.", ready="yes"))
    form = answer.context["form"]
    assert set(form.errors) == {"worked", "ready"}
    assert "Kari Myhre skrev imens: «Maten.»" in answer.content.decode()
    assert "«Nei»" in form.errors["ready"][0]
    assert (form["worked"].value(), form["economy"].value()) == ("Turene.", "Nok.")
    assert Evaluation.objects.get().economy == ""
    mine.post(url, sent(answer, worked="Maten og turene."))
    row = Evaluation.objects.get()
    assert (row.worked, row.economy, row.media, row.ready) == ("Maten og turene.", "Nok.", "Avisen kom.", "yes")


@pytest.mark.parametrize("base", ["", "{", "[]", '"x"', "[" * 5000])
def test_a_page_that_has_forgotten_what_it_began_with_overwrites_nothing(
    base: str, birch: Group, leader: User, browse: Browse
) -> None:
    hers, url = browse(leader), address(birch.round)
    hers.post(url, sent(hers.get(url), worked="Maten."))
    answer = hers.post(url, sent(hers.get(url), worked="Turene.", base=base))
    assert set(answer.context["form"].errors) == {"worked"}
    assert Evaluation.objects.get().worked == "Maten."


def test_a_draft_keeps_what_it_began_with(birch: Group, coordinator: User, leader: User, browse: Browse) -> None:
    mine, url = browse(coordinator), address(birch.round)
    mine.post(address(birch.round, "utkast/"), sent(mine.get(url), worked="Turene, 01010750160."))
    hers = browse(leader)
    hers.post(url, sent(hers.get(url), worked="Maten."))
    page = mine.get(url)
    assert page.context["draft"] is not None
    assert "01010750160" not in page.context["form"]["worked"].value()
    assert set(mine.post(url, sent(page)).context["form"].errors) == {"worked"}
    mine.post(url, {"discard": "1"})
    assert not Draft.objects.exists()


def test_a_draft_that_was_on_its_way_at_the_save_is_not_kept(birch: Group, leader: User, browse: Browse) -> None:
    hers, url = browse(leader), address(birch.round)
    typed = sent(hers.get(url), worked="Maten.\r\nTurene.")
    hers.post(url, typed)
    assert hers.post(address(birch.round, "utkast/"), typed).status_code == 204
    assert not Draft.objects.exists()
    assert hers.post(address(birch.round, "utkast/"), {**typed, "worked": "Maten"}).status_code == 200
    assert Draft.objects.exists()


def test_identity_numbers_are_refused(birch: Group, leader: User, browse: Browse) -> None:
    hers, url = browse(leader), address(birch.round)
    answer = hers.post(url, sent(hers.get(url), other="Husk 01010750160."))
    assert set(answer.context["form"].errors) == {"other"}
    assert not Evaluation.objects.exists()


def held(group: Group, days: int, here: int, carried: str, **texts: str) -> Gathering:
    """A gathering to which the first so many families came."""
    row = gathering_of(group, timezone.now() - timedelta(days=days))
    for n, way in enumerate(ways(group)):
        for person in way.family.people.all():
            Attendance.objects.create(
                municipality=group.municipality,
                gathering=row,
                family=way.family,
                person=person,
                state="present" if n < here else "absent",
            )
    Summary.objects.create(
        municipality=group.municipality,
        gathering=row,
        carried_by=carried,
        written_by=group.round.project_leader,
        written_at=timezone.now(),
        **texts,
    )
    return row


def test_the_round_stands_beside_it_in_figures(birch: Group, coordinator: User, leader: User, browse: Browse) -> None:
    held(birch, 9, 6, "coordinator", went_well="Alle bakte.")
    held(birch, 5, 3, "families", change_next="Start før.")
    gathering_of(birch)  # in three days
    gathering_of(birch, timezone.now() - timedelta(days=2), cancelled_at=timezone.now())
    interview_of(ways(birch)[0], birch, coordinator)
    line = BudgetLine.objects.create(municipality=birch.municipality, round=birch.round, name="Mat", amount=9000)
    for amount in (700, 800):
        Expense.objects.create(
            municipality=birch.municipality,
            line=line,
            on=timezone.localdate(),
            amount=amount,
            what="Mel",
            by=leader,
        )
    found = figures(birch.round, coordinator)
    assert [(each.here, each.logged, each.groups) for each in found.held] == [(6, 6, "Bjørka"), (3, 6, "Bjørka")]
    assert (found.mean_here, found.families, found.talked_with, found.amount, found.spent) == (4.5, 6, 1, 9000, 1500)
    assert [count for count, _label in found.carried] == [1, 1]
    text = browse(leader).get(address(birch.round)).content.decode()
    for words in (
        "2 samlinger ble holdt.",
        "Til en samling kom i snitt 4,5 av 6 familier.",
        "Alle bakte.",
        "Start før.",
    ):
        assert words in text


def test_a_coordinator_reads_what_was_written_of_her_own_groups_alone(
    birch: Group, autumn: Round, other_coordinator: User, coordinator: User
) -> None:
    pine = group_of(autumn, other_coordinator, "Furu", families=2)
    held(birch, 5, 3, "families", change_next="Start før.")
    held(pine, 4, 2, "families", change_next="Mer saft.")
    found = figures(autumn, coordinator)
    assert [each.change_next for each in found.held] == ["Start før.", ""]
    assert len(found.held) == 2


def test_only_the_rounds_own_people_find_it(
    birch: Group, other_coordinator: User, referrer: User, browse: Browse
) -> None:
    assert browse(other_coordinator).get(address(birch.round)).status_code == 404
    assert browse(other_coordinator).post(address(birch.round), {"worked": "x"}).status_code == 404
    assert browse(other_coordinator).post(address(birch.round, "utkast/")).status_code == 404
    assert browse(referrer).get(address(birch.round)).status_code == 403


def written(round: Round, by: User, **more: str) -> Evaluation:
    answers = {**dict.fromkeys(FIELDS, ""), "worked": "Maten.", "did_not": "Tolk.", "differently": "Før.", **more}
    return write_evaluation(
        round=round, answers={"ready": "yes", **answers, **more}, began_with={}, by=by, now=timezone.now()
    )


def test_in_a_closed_round_it_is_read_only(birch: Group, leader: User, browse: Browse) -> None:
    written(birch.round, leader)
    Round.objects.update(closed_at=timezone.now())
    page = browse(leader).get(address(birch.round)).content.decode()
    assert "Maten." in page
    assert "<textarea" not in page
    browse(leader).post(address(birch.round), {"worked": "Noe annet", "base": json.dumps({"worked": "Maten."})})
    assert Evaluation.objects.get().worked == "Maten."
    with pytest.raises(EvaluationIsClosed):
        written(birch.round, leader, worked="Noe annet")


def test_the_next_round_shows_what_to_do_another_way(birch: Group, leader: User, browse: Browse) -> None:
    written(birch.round, leader)
    today = timezone.localdate()
    new = start_round_from(
        earlier=birch.round,
        name="Våren 2027",
        project_leader=leader,
        starts_on=today,
        ends_on=today + timedelta(days=100),
        by=leader,
    )
    assert "Før." in browse(leader).get(f"/k/9901/runder/{new.pk}/plan/").content.decode()
    assert "Før." in browse(leader).get(f"/k/9901/runder/{birch.round_id}/ny/").content.decode()


def test_the_database_holds_one_a_round_and_knows_the_answers(birch: Group, leader: User) -> None:
    row = written(birch.round, leader)
    for wrong in ({"ready": "maybe"}, {"version": 0}):
        with pytest.raises(IntegrityError, match="an_evaluation_"), transaction.atomic():
            Evaluation.objects.filter(pk=row.pk).update(**wrong)
    with pytest.raises(IntegrityError, match="round_id"), transaction.atomic():
        Evaluation.objects.create(
            municipality=birch.municipality, round=birch.round, written_by=leader, written_at=timezone.now()
        )
    with pytest.raises(WrittenMeanwhile) as meanwhile:
        written(birch.round, leader, worked="Turene.")
    assert meanwhile.value.theirs == {"worked": "Maten."}


def test_another_municipality_sees_neither_evaluation_nor_history(
    birch: Group, leader: User, storfjell: Municipality
) -> None:
    written(birch.round, leader)
    counts = "select (select count(*) from planning_evaluation), (select count(*) from planning_evaluationevent)"
    with connection.cursor() as cursor:
        cursor.execute(counts)
        assert cursor.fetchone() == (1, 1)
        with municipality(storfjell):
            cursor.execute(counts)
            assert cursor.fetchone() == (0, 0)
    with pytest.raises(Error, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("delete from planning_evaluationevent")


@pytest.mark.parametrize("size", [1, 30])
def test_the_page_asks_the_same_for_one_family_and_for_thirty(
    size: int, autumn: Round, coordinator: User, browse: Browse
) -> None:
    group = group_of(autumn, coordinator, "Bjørka", families=size)
    met(group, coordinator)
    for n in range(size):
        held(group, n + 1, 1, "families", went_well="Fint.")
    assert asked(browse(coordinator), address(autumn)) == 9
