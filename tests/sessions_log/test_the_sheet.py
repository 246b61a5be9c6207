"""The practical sheet: what somebody who helps needs, and no more; and who drives whom."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from families.models import Family, Protection
from groups.models import Group
from sessions_log.models import Contribution, Gathering, GatheringHelper, Ride
from sessions_log.services.gatherings import cancel_gathering
from sessions_log.services.replies import note_reply
from tests.conftest import Browser
from tests.factories import gathering_of, invited, volunteer_of
from tests.questions import asked

Browse = Callable[[User | None], Browser]


@pytest.fixture
def families(birch: Group) -> list[Family]:
    return [membership.family for membership in birch.memberships.order_by("pk")[:4]]


@pytest.fixture
def evening(birch: Group, families: list[Family], coordinator: User) -> Gathering:
    """Three families come; the second needs a lift."""
    gathering = gathering_of(birch)
    for n, family in enumerate(families[:3]):
        invited(gathering, family)
        note_reply(
            gathering=gathering,
            family=family,
            coming=True,
            adults=n + 1,
            children=1,
            needs_lift=n == 1,
            by=coordinator,
            now=timezone.now(),
        )
    return gathering


@pytest.fixture
def helper(evening: Gathering, volunteer_user: User, leader: User) -> GatheringHelper:
    """The volunteer, who helps that evening."""
    volunteer = volunteer_of(evening.municipality, volunteer_user.name, leader)
    volunteer.user = volunteer_user
    volunteer.save()
    return GatheringHelper.objects.create(
        municipality=evening.municipality, gathering=evening, volunteer=volunteer, certificate=volunteer.certificate
    )


def sheet(browser: Browser, gathering: Gathering) -> str:
    answer = browser.get(f"/k/9901/samlinger/{gathering.pk}/ark/")
    assert answer.status_code == 200
    return str(answer.content.decode())


def arrange(browser: Browser, gathering: Gathering, **fields: str) -> int:
    named = {name.replace("_", "-"): value for name, value in fields.items()}
    return int(browser.post(f"/k/9901/samlinger/{gathering.pk}/ordne/", named).status_code)


def phone_of(family: Family) -> str:
    adult = family.people.filter(kind="adult").exclude(phone="")[0]
    return str(adult.phone)


def test_lifts_and_tasks_are_arranged_in_one_form_and_stand_on_the_sheet(
    evening: Gathering, families: list[Family], helper: GatheringHelper, coordinator: User, browse: Browse
) -> None:
    browser = browse(coordinator)
    assert "ikke ordnet ennå" in sheet(browser, evening)
    fields = {
        f"ride_{families[1].pk}": f"helper:{helper.pk}",
        f"task_{helper.pk}": "Tenner bålet",
        f"brings_{families[0].pk}": "Brød",
    }
    assert arrange(browser, evening, **fields) == 302
    page = sheet(browser, evening)
    for words in ("Tenner bålet", "Brød", f"Skyss: {helper}"):
        assert words in page
    evening.refresh_from_db()
    assert evening.lifts_confirmed
    fields |= {f"ride_{families[1].pk}": "", f"brings_{families[0].pk}": ""}
    assert arrange(browser, evening, **fields) == 302
    evening.refresh_from_db()
    assert (evening.lifts_confirmed, Ride.objects.count(), Contribution.objects.count()) == (False, 0, 0)


@pytest.mark.parametrize("kind", ["family", "taxi"])
def test_a_family_drives_another_or_a_taxi_comes(
    evening: Gathering, families: list[Family], coordinator: User, browse: Browse, kind: str
) -> None:
    way = f"family:{families[2].pk}" if kind == "family" else "taxi"
    assert arrange(browse(coordinator), evening, **{f"ride_{families[1].pk}": way}) == 302
    ride = Ride.objects.get()
    assert (ride.driver, ride.by_taxi) == ((families[2], False) if kind == "family" else (None, True))


def test_what_is_not_offered_is_refused_and_what_was_typed_stays(
    evening: Gathering, families: list[Family], coordinator: User, browse: Browse
) -> None:
    for way in (f"family:{families[1].pk}", f"family:{families[3].pk}", "helper:0", "bil"):
        fields = {f"ride-{families[1].pk}": way, f"brings-{families[0].pk}": "Suppe"}
        page = browse(coordinator).post(f"/k/9901/samlinger/{evening.pk}/ordne/", fields)
        assert page.status_code == 200
        assert f"ride-{families[1].pk}" in page.context["form"].errors
        assert "Suppe" in page.content.decode()
    assert not Ride.objects.exists()
    assert not Contribution.objects.exists()


def test_no_identity_number_in_what_somebody_does(
    evening: Gathering, families: list[Family], coordinator: User, browse: Browse
) -> None:
    name = f"brings-{families[0].pk}"
    page = browse(coordinator).post(f"/k/9901/samlinger/{evening.pk}/ordne/", {name: "Kake, 13097248022"})
    assert name in page.context["form"].errors


def test_a_volunteer_sees_her_evening_and_calls_only_whom_she_drives(
    evening: Gathering, families: list[Family], helper: GatheringHelper, volunteer_user: User, browse: Browse
) -> None:
    hers, others = phone_of(families[1]), [phone_of(families[0]), phone_of(families[2])]
    browser = browse(volunteer_user)
    page = sheet(browser, evening)
    assert families[0].name in page
    assert not [number for number in (hers, *others) if number in page]
    Ride.objects.create(municipality=evening.municipality, gathering=evening, family=families[1], helper=helper)
    page = sheet(browser, evening)
    assert hers in page
    assert not [number for number in others if number in page]
    assert f"/k/9901/samlinger/{evening.pk}/ark/" in browser.get("/k/9901/").content.decode()
    assert browser.get(f"/k/9901/samlinger/{evening.pk}/").status_code == 403
    assert browser.get(f"/k/9901/samlinger/{evening.pk}/ordne/").status_code == 403


def test_a_volunteer_sees_no_other_evening_and_none_that_is_cancelled(
    evening: Gathering,
    birch: Group,
    helper: GatheringHelper,
    coordinator: User,
    volunteer_user: User,
    other_coordinator: User,
    browse: Browse,
) -> None:
    other = gathering_of(birch, activity="En annen kveld")
    assert browse(volunteer_user).get(f"/k/9901/samlinger/{other.pk}/ark/").status_code == 404
    assert browse(other_coordinator).get(f"/k/9901/samlinger/{evening.pk}/ark/").status_code == 404
    cancel_gathering(gathering=evening, by=coordinator, now=timezone.now())
    assert browse(volunteer_user).get(f"/k/9901/samlinger/{evening.pk}/ark/").status_code == 404


def test_a_protected_family_is_a_number_to_a_volunteer(
    evening: Gathering, families: list[Family], helper: GatheringHelper, volunteer_user: User, browse: Browse
) -> None:
    Family.objects.filter(pk=families[2].pk).update(protection=Protection.CONFIDENTIAL)
    page = sheet(browse(volunteer_user), evening)
    assert families[2].name not in page
    assert "Og 4 til." in page  # three adults and a child


def test_the_database_holds_what_a_ride_is(evening: Gathering, families: list[Family], helper: GatheringHelper) -> None:
    base = {"municipality": evening.municipality, "gathering": evening, "family": families[1]}
    for wrong in (
        {},
        {"helper": helper, "by_taxi": True},
        {"helper": helper, "driver": families[0]},
        {"driver": families[1]},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Ride.objects.create(**base, **wrong)
    Ride.objects.create(**base, by_taxi=True)
    with pytest.raises(IntegrityError, match="one_ride_to_a_gathering"), transaction.atomic():
        Ride.objects.create(**base, helper=helper)


def test_the_same_questions_for_one_family_and_for_four(
    birch: Group, families: list[Family], coordinator: User, browse: Browse
) -> None:
    gathering = gathering_of(birch)
    url, counted = f"/k/9901/samlinger/{gathering.pk}/ark/", []
    for few in (families[:1], families[1:]):
        for family in few:
            note_reply(gathering=gathering, family=family, coming=True, adults=1, by=coordinator, now=timezone.now())
        counted.append(asked(browse(coordinator), url))
    assert counted == [12, 12]
