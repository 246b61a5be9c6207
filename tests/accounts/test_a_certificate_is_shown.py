"""Police certificates: at most three calendar months old when shown, and no way around."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Certificate, User
from accounts.rules.certificates import is_fresh
from accounts.services.certificates import CertificateMissing, CertificateTooOld, note_certificate, valid_certificate
from audit.models import Event
from groups.models import Group, GroupCoordinator
from municipalities.models import Municipality
from planning.models import Round
from tests.conftest import Browser


@pytest.mark.parametrize(
    ("issued", "last_day"),
    [
        (date(2026, 8, 12), date(2026, 11, 12)),
        (date(2026, 8, 31), date(2026, 11, 30)),
        (date(2026, 11, 30), date(2027, 2, 28)),
        (date(2027, 11, 30), date(2028, 2, 29)),
        (date(2028, 2, 29), date(2028, 5, 29)),
        (date(2027, 1, 31), date(2027, 4, 30)),
        (date(2027, 12, 31), date(2028, 3, 31)),
        (date(2028, 11, 29), date(2029, 2, 28)),
        (date(2027, 2, 28), date(2027, 5, 28)),
    ],
)
def test_it_may_be_three_calendar_months_old(issued: date, last_day: date) -> None:
    assert is_fresh(issued_on=issued, shown_on=issued)
    assert is_fresh(issued_on=issued, shown_on=last_day)
    assert not is_fresh(issued_on=issued, shown_on=date.fromordinal(last_day.toordinal() + 1))
    assert not is_fresh(issued_on=issued, shown_on=date.fromordinal(issued.toordinal() - 1))


def test_the_leader_notes_that_it_was_shown(
    lillevik: Municipality, leader: User, nobody: User, browse: Callable[[User], Browser]
) -> None:
    with pytest.raises(CertificateMissing):
        valid_certificate(user=nobody, role="coordinator")
    first = note_certificate(
        user=nobody,
        role="coordinator",
        ground="health_and_care",
        issued_on=date(2026, 9, 1),
        shown_on=date(2026, 9, 20),
        municipality=lillevik,
        by=leader,
    )
    assert valid_certificate(user=nobody, role="coordinator") == first
    with pytest.raises(CertificateMissing):
        valid_certificate(user=nobody, role="volunteer")
    assert list(Event.objects.values_list("verb", "user", "ids")) == [
        ("note_certificate", leader.pk, {"certificate": first.pk})
    ]


def test_a_new_one_ends_the_earlier(lillevik: Municipality, leader: User, coordinator: User) -> None:
    earlier = Certificate.objects.get(user=coordinator)
    later = note_certificate(
        user=coordinator,
        role="coordinator",
        ground="health_and_care",
        issued_on=date(2026, 10, 1),
        shown_on=date(2026, 10, 2),
        municipality=lillevik,
        by=leader,
    )
    earlier.refresh_from_db()
    assert earlier.ended_on == date(2026, 10, 2)
    assert valid_certificate(user=coordinator, role="coordinator") == later


def test_one_too_old_is_refused_and_nothing_is_kept(lillevik: Municipality, leader: User, nobody: User) -> None:
    with pytest.raises(CertificateTooOld):
        note_certificate(
            user=nobody,
            role="coordinator",
            ground="health_and_care",
            issued_on=date(2026, 5, 1),
            shown_on=date(2026, 8, 2),
            municipality=lillevik,
            by=leader,
        )
    assert Certificate.objects.count() == 0


def test_the_database_knows_no_coordinator_without_one(autumn: Round, nobody: User) -> None:
    group = Group.objects.create(municipality=autumn.municipality, round=autumn, name="Rogn")
    with pytest.raises(IntegrityError, match="certificate"), transaction.atomic():
        GroupCoordinator.objects.create(
            municipality=autumn.municipality, group=group, user=nobody, since=date(2026, 9, 1)
        )


def test_the_page_says_what_is_wrong_and_keeps_what_was_typed(
    lillevik: Municipality, leader: User, coordinator: User, browse: Callable[[User], Browser]
) -> None:
    page = browse(leader).post(
        f"/k/9901/folk/{coordinator.pk}/politiattest/",
        {"role": "coordinator", "ground": "other", "issued_on": "2026-05-01", "shown_on": "2026-08-02"},
    )
    assert page.status_code == 200
    assert page.context["form"].errors == {
        "issued_on": ["Den var mer enn tre måneder gammel den dagen den ble vist. Be om en ny."]
    }
    assert 'value="2026-05-01"' in page.content.decode()
    assert Certificate.objects.filter(ground="other").count() == 0
