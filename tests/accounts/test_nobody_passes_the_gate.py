"""No certificate shown, no group and no gathering: tried through every door (domain rule 4)."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.contrib import admin
from django.db import IntegrityError, connection, transaction

from accounts.models import Certificate, User
from accounts.services.certificates import CertificateMissing, valid_certificate
from families.services.importing import import_list
from groups.models import Group, GroupCoordinator
from groups.services.groups import make_group
from municipalities.models import Municipality
from planning.models import Round
from sessions_log.models import GatheringHelper
from tests.conftest import Browser
from tests.factories import certificate_for, gathering_of, person_with_role, volunteer_of


@pytest.fixture
def without(lillevik: Municipality) -> User:
    """A coordinator who has not shown one."""
    return person_with_role("Nora Ny", lillevik, "coordinator")


def put_on(group: Group, user: User, certificate: Certificate) -> GroupCoordinator:
    return GroupCoordinator.objects.create(
        municipality=group.municipality, group=group, user=user, certificate=certificate, since=date(2026, 9, 1)
    )


def test_not_by_the_service(autumn: Round, leader: User, without: User) -> None:
    with pytest.raises(CertificateMissing):
        make_group(in_round=autumn, name="Rogn", coordinator=without, since=date(2026, 9, 1), by=leader)
    assert Group.objects.count() == 0


def test_not_by_the_page_even_for_the_leader(
    autumn: Round, leader: User, without: User, browse: Callable[[User], Browser]
) -> None:
    page = browse(leader).post("/k/9901/grupper/ny/", {"name": "Rogn", "round": autumn.pk, "coordinator": without.pk})
    assert page.context["form"].errors == {"coordinator": ["Velg en koordinator som har vist politiattest."]}
    assert Group.objects.count() == 0


def test_not_by_the_admin() -> None:
    kept = {model._meta.model_name for model in admin.site._registry}
    assert kept & {"certificate", "certificaterequest", "groupcoordinator", "gatheringhelper", "volunteer"} == set()


def test_not_by_an_import(autumn: Round, coordinator: User) -> None:
    before = Certificate.objects.count()
    content = (Path(__file__).parents[1] / "data" / "familier.xlsx").read_bytes()
    import_list(content=content, in_round=autumn, decisions={}, today=date(2026, 9, 1), by=coordinator, strict=False)
    assert (Certificate.objects.count(), GroupCoordinator.objects.count()) == (before, 0)


@pytest.mark.parametrize("whose", ["somebody else's", "for another role", "ended"])
def test_not_by_the_model_with_a_certificate_that_is_not_hers(
    whose: str, autumn: Round, birch: Group, leader: User, coordinator: User, without: User
) -> None:
    borrowed = {
        "somebody else's": lambda: Certificate.objects.get(user=coordinator),
        "for another role": lambda: certificate_for(without, autumn.municipality, leader, role="volunteer"),
        "ended": lambda: ended(certificate_for(without, autumn.municipality, leader)),
    }[whose]()
    with pytest.raises(IntegrityError, match="without a police certificate in force"), transaction.atomic():
        put_on(birch, without, borrowed)
    gathering = gathering_of(birch)
    if whose != "for another role":  # whoever showed one as a volunteer may help at a gathering
        with pytest.raises(IntegrityError, match="without a police certificate in force"), transaction.atomic():
            GatheringHelper.objects.create(
                municipality=autumn.municipality, gathering=gathering, user=without, certificate=borrowed
            )


def ended(certificate: Certificate) -> Certificate:
    Certificate.objects.filter(pk=certificate.pk).update(ended_on=date(2026, 9, 1))
    return certificate


def test_not_by_raw_sql(birch: Group, coordinator: User, without: User) -> None:
    held = birch.coordinators.get()
    for statement, params in (
        ("update groups_groupcoordinator set user_id = %s where id = %s", [without.pk, held.pk]),
        ("update groups_groupcoordinator set certificate_id = null where id = %s", [held.pk]),
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, params)
    held.refresh_from_db()
    assert (held.user, held.certificate.user) == (coordinator, coordinator)


def test_nobody_stays_longer_after_it_ended(birch: Group, coordinator: User) -> None:
    held = birch.coordinators.get()
    GroupCoordinator.objects.filter(pk=held.pk).update(until=date(2026, 10, 1))
    Certificate.objects.filter(user=coordinator).update(ended_on=date(2026, 10, 1))
    with pytest.raises(IntegrityError, match="in force"), transaction.atomic():
        GroupCoordinator.objects.filter(pk=held.pk).update(until=None)
    GroupCoordinator.objects.filter(pk=held.pk).update(until=date(2026, 9, 30))  # ending it earlier is no matter


def test_a_volunteer_helps_with_her_own_certificate_only(birch: Group, leader: User) -> None:
    gathering = gathering_of(birch)
    with_one = volunteer_of(birch.municipality, "Bjørn Dahl", leader)
    none = volunteer_of(birch.municipality, "Lene Ruud", leader, certificate=False)
    with pytest.raises(IntegrityError, match="in force"), transaction.atomic():
        GatheringHelper.objects.create(
            municipality=birch.municipality, gathering=gathering, volunteer=none, certificate=with_one.certificate
        )
    made = GatheringHelper.objects.create(
        municipality=birch.municipality, gathering=gathering, volunteer=with_one, certificate=with_one.certificate
    )
    assert made.pk


@pytest.mark.parametrize(
    ("values", "refused"),
    [
        ({"issued_on": date(2026, 8, 31), "shown_on": date(2026, 12, 1)}, "certificate_fresh_when_shown"),
        ({"issued_on": date(2026, 11, 30), "shown_on": date(2027, 3, 1)}, "certificate_fresh_when_shown"),
        ({"issued_on": date(2026, 9, 2), "shown_on": date(2026, 9, 1)}, "certificate_issued_before_shown"),
        ({"asked_on": date(2026, 9, 2), "shown_on": date(2026, 9, 1)}, "certificate_asked_before_shown"),
        ({"shown_on": None}, "certificate_whole_or_emptied"),
        ({"ground": ""}, "certificate_whole_or_emptied"),
        ({"ground": "anmerkning om noe"}, "certificate_whole_or_emptied"),
        ({"role": "hemmelig merknad"}, "certificate_role_is_known"),
    ],
)
def test_the_database_itself_refuses(
    values: dict[str, object], refused: str, lillevik: Municipality, leader: User, without: User
) -> None:
    right = {"issued_on": date(2026, 8, 31), "shown_on": date(2026, 9, 1), "ground": "other", "role": "coordinator"}
    with pytest.raises(IntegrityError, match=refused), transaction.atomic():
        Certificate.objects.create(municipality=lillevik, user=without, checked_by=leader, **(right | values))


def test_three_months_are_counted_alike_in_the_database(lillevik: Municipality, leader: User, without: User) -> None:
    for issued, shown in (
        (date(2026, 8, 31), date(2026, 11, 30)),
        (date(2026, 11, 30), date(2027, 2, 28)),
        (date(2027, 11, 30), date(2028, 2, 29)),
        (date(2028, 2, 29), date(2028, 5, 29)),
    ):
        for day, holds in ((shown, True), (shown + timedelta(days=1), False)):
            made = True
            try:
                with transaction.atomic():
                    Certificate.objects.create(
                        municipality=lillevik,
                        user=without,
                        checked_by=leader,
                        role="coordinator",
                        ground="other",
                        issued_on=issued,
                        shown_on=day,
                    )
            except IntegrityError:
                made = False
            assert made is holds, (issued, day)
            Certificate.objects.all().delete()


def test_a_new_kind_of_role_asks_for_a_new_one(coordinator: User) -> None:
    assert valid_certificate(user=coordinator, role="coordinator")
    with pytest.raises(CertificateMissing):
        valid_certificate(user=coordinator, role="volunteer")
