"""The second channel of an adult: chosen where the first is, and it leads somewhere."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction

from accounts.models import User
from families.duplicates.fields import combined_person
from families.models import Family, Person
from families.services.referrals import NewAdult, NewFamily, people_of
from groups.models import Group
from tests.conftest import Browser

Browse = Callable[[User | None], Browser]


@pytest.fixture
def family(birch: Group) -> Family:
    return birch.memberships.order_by("pk").first().family


def form_for(person: Person, **answers: str) -> dict[str, object]:
    given = {"name": person.name, "phone": person.phone, "email": "", "receives": "on", "channel": "sms"}
    given |= {"language": "nb", **answers}
    mine = {f"person-{person.pk}-{name}": value for name, value in given.items()}
    return {"name": person.family.name, "protection": person.family.protection, **mine}


def post(browser: Browser, person: Person, **answers: str) -> object:
    return browser.post(f"/k/9901/familier/{person.family_id}/endre/", form_for(person, **answers))


def test_it_is_chosen_beside_the_first_and_told_on_the_page(family: Family, coordinator: User, browse: Browse) -> None:
    person, browser = family.people.get(kind="adult"), browse(coordinator)
    assert post(browser, person, second_channel="email", email="amina@example.org").status_code == 302
    person.refresh_from_db()
    assert (person.channel, person.second_channel, person.email) == ("sms", "email", "amina@example.org")
    assert "ellers på e-post" in browser.get(f"/k/9901/familier/{family.pk}/").content.decode()
    assert post(browser, person, second_channel="").status_code == 302
    person.refresh_from_db()
    assert person.second_channel == ""


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({"second_channel": "sms"}, "second_channel"),
        ({"second_channel": "email"}, "email"),
        ({"second_channel": "fax"}, "second_channel"),
        ({"channel": "call", "second_channel": "email", "email": "a@example.org"}, "second_channel"),
        ({"channel": "email", "email": "a@example.org", "phone": "", "second_channel": "sms"}, "phone"),
        ({"channel": "email", "email": "a@example.org", "phone": "", "second_channel": "call"}, "phone"),
    ],
)
def test_one_that_leads_nowhere_is_said_beside_the_field_and_what_was_typed_stays(
    answers: dict[str, str], field: str, family: Family, coordinator: User, browse: Browse
) -> None:
    person = family.people.get(kind="adult")
    shown = post(browse(coordinator), person, **answers, name="Amina Nytt Navn")
    assert list(shown.context["adults"][0].errors) == [field]
    assert shown.context["adults"][0]["name"].value() == "Amina Nytt Navn"
    person.refresh_from_db()
    assert person.second_channel == ""


def test_a_protected_family_has_none(family: Family, coordinator: User, browse: Browse) -> None:
    Family.objects.filter(pk=family.pk).update(protection="confidential")
    person = family.people.get(kind="adult")
    shown = post(browse(coordinator), person, channel="call", second_channel="email", email="a@example.org")
    assert list(shown.context["adults"][0].errors) == ["second_channel"]


def test_a_referral_with_phone_and_mail_gives_both(family: Family) -> None:
    def ways(**adult: str) -> tuple[str, str]:
        [person] = people_of(family, NewFamily(name="X", adults=[NewAdult(name="Amina", **adult)]))
        return str(person.channel), str(person.second_channel)

    assert ways(phone="+4740000001", email="a@example.org") == ("sms", "email")
    assert ways(phone="+4740000001", email="") == ("sms", "")
    assert ways(phone="", email="a@example.org") == ("email", "")


@pytest.mark.parametrize(
    ("kept", "merged", "then"),
    [
        ({"channel": "sms", "second_channel": "email", "email": "a@example.org"}, {}, ("sms", "email")),
        ({"channel": "sms", "second_channel": ""}, {"channel": "email", "email": "b@example.org"}, ("sms", "")),
        (
            {"receives": False},
            {"receives": True, "channel": "email", "email": "b@example.org", "second_channel": "call"},
            ("email", "call"),
        ),
    ],
)
def test_a_merged_person_keeps_ways_that_lead_to_her(
    kept: dict[str, object], merged: dict[str, object], then: tuple[str, str]
) -> None:
    one = Person(kind="adult", name="Amina", **{"phone": "+4740000001", "receives": True, "channel": "sms", **kept})
    other = Person(kind="adult", name="Amina", **{"phone": "+4740000001", **merged})
    values = combined_person(one, other, frozenset())
    assert (values["channel"], values["second_channel"]) == then


@pytest.mark.parametrize(
    "second", [{"second_channel": "email"}, {"second_channel": "sms", "phone": "", "receives": False}]
)
def test_the_database_itself_refuses(second: dict[str, object], family: Family) -> None:
    with pytest.raises(IntegrityError, match="a_second_channel_reaches_somebody"), transaction.atomic():
        family.people.filter(kind="adult").update(**second)
