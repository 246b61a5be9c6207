"""Partners of the municipality, and who takes part in a round."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import User
from audit.models import Event
from municipalities.models import Municipality
from planning.models import Partner, Round, RoundPartner
from tests.conftest import Browser
from tests.planning.resources import partner_of

Browse = Callable[[User | None], Browser]


def address(name: str, *arguments: Any) -> str:
    return reverse(f"planning:{name}", args=["9901", *arguments])


@pytest.fixture
def english(coordinator: User) -> User:
    coordinator.language = "en"
    coordinator.save()
    return coordinator


def test_a_partner_is_added_and_can_be_called(browse: Browse, english: User, lillevik: Municipality) -> None:
    me = browse(english)
    assert "No partner yet" in me.get(address("partners")).content.decode()
    form = {
        "name": "Helsestasjonen",
        "kind": "municipal",
        "contact_person": "Anne Lunde",
        "phone": "400 00 042",
        "email": "anne@example.org",
        "offers": "Møter alle med små barn.",
        "recruits": "on",
    }
    assert me.post(address("new_partner"), form).url == address("partners")
    row = Partner.objects.get()
    kept = (row.name, row.kind, row.phone, row.recruits, row.ended_on, row.municipality)
    assert kept == ("Helsestasjonen", "municipal", "+4740000042", True, None, lillevik)
    page = me.get(address("partners")).content.decode()
    for words in ("Helsestasjonen", "municipal unit · Anne Lunde", "tel:+4740000042", "can be found through them"):
        assert words in page
    event = Event.objects.get()
    assert (event.verb, event.ids, event.user) == ("add_partner", {"partner": row.pk}, english)


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("name", "", "Fill in this field."),
        ("kind", "friend", "Select a valid choice"),
        ("phone", "fire null null", "This is not a phone number."),
        ("offers", "Spør etter 01017512345 i døra", ""),
        ("contact_person", "13097248022", "There is an identity number in the text."),
    ],
)
def test_what_was_typed_stays_beside_a_clear_sentence(
    browse: Browse, english: User, field: str, typed: str, words: str
) -> None:
    form = {"name": "Skolen", "kind": "school", field: typed}
    answer = browse(english).post(address("new_partner"), form)
    if not words:
        assert answer.status_code == 302
        return
    assert (answer.status_code, Partner.objects.count()) == (200, 0)
    page = answer.content.decode()
    assert words in page
    assert typed in page


def test_a_partner_goes_out_of_use_and_comes_back(browse: Browse, english: User, lillevik: Municipality) -> None:
    row = partner_of(lillevik)
    partner_of(lillevik, "Zumbaklubben", kind="club")
    me = browse(english)
    form = {"name": row.name, "kind": row.kind, "ended": "on"}
    assert me.post(address("edit_partner", row.pk), form).status_code == 302
    row.refresh_from_db()
    assert row.ended_on is not None
    page = me.get(address("partners")).content.decode()
    assert page.index("Zumbaklubben") < page.index("Helsestasjonen")
    assert "no longer in use" in page
    del form["ended"]
    me.post(address("edit_partner", row.pk), form)
    row.refresh_from_db()
    assert row.ended_on is None
    assert [event.verb for event in Event.objects.order_by("pk")] == ["change_partner", "change_partner"]


def test_the_list_is_narrowed_by_kind_and_recruiting(browse: Browse, english: User, lillevik: Municipality) -> None:
    partner_of(lillevik, "Skolen", kind="school", recruits=True)
    partner_of(lillevik, "Bakeren", kind="business")
    me = browse(english)
    by_kind = me.get(address("partners") + "?kind=business").content.decode()
    assert ("Bakeren" in by_kind, "Skolen" in by_kind) == (True, False)
    recruiting = me.get(address("partners") + "?recruits=True").content.decode()
    assert ("Bakeren" in recruiting, "Skolen" in recruiting) == (False, True)
    assert "Nothing fits." in me.get(address("partners") + "?kind=media").content.decode()


def test_who_takes_part_in_a_round_and_what_they_promised(
    browse: Browse, english: User, lillevik: Municipality, autumn: Round, birch: Any
) -> None:
    unit = partner_of(lillevik)
    me = browse(english)
    promised = {"partner": unit.pk, "commitment": "Én ansatt to timer i uka."}
    new = address("new_round_partner", autumn.pk)
    assert me.post(new, promised).url == address("round_partners", autumn.pk)
    page = me.get(address("round_partners", autumn.pk)).content.decode()
    assert "Helsestasjonen" in page
    assert "Én ansatt to timer i uka." in page
    again = me.post(new, promised).content.decode()
    assert "Choose a partner who is not in the round already." in again
    assert "Én ansatt to timer i uka." in again
    assert RoundPartner.objects.count() == 1


def test_the_municipalitys_own_units_come_first_on_the_list_and_on_the_plan(
    browse: Browse, english: User, lillevik: Municipality, autumn: Round, birch: Any
) -> None:
    for kind, name in (("business", "Bakeriet"), ("municipal", "NAV"), ("club", "Turlaget")):
        partner = partner_of(lillevik, name, kind=kind, contact_person=f"Anne i {name}", phone="+4740000042")
        promised = "Mel til alle" if kind == "business" else ""
        RoundPartner.objects.create(municipality=lillevik, round=autumn, partner=partner, commitment=promised)
    me = browse(english)
    for url in (address("round_partners", autumn.pk), address("plan", autumn.pk)):
        page = me.get(url).content.decode()
        places = [page.index(words) for words in ("Anne i NAV", "Anne i Bakeriet", "Mel til alle", "Anne i Turlaget")]
        assert places == sorted(places)
        assert "tel:+4740000042" in page


def test_a_coordinator_of_another_round_sees_no_commitments(
    browse: Browse, other_coordinator: User, lillevik: Municipality, autumn: Round, birch: Any
) -> None:
    row = RoundPartner.objects.create(municipality=lillevik, round=autumn, partner=partner_of(lillevik))
    me = browse(other_coordinator)
    for path in (address("round_partners", autumn.pk), address("edit_round_partner", row.pk)):
        assert me.get(path).status_code == 404


def test_the_database_lets_a_partner_into_a_round_once(lillevik: Municipality, autumn: Round) -> None:
    partner = partner_of(lillevik)
    RoundPartner.objects.create(municipality=lillevik, round=autumn, partner=partner)
    with pytest.raises(IntegrityError, match="a_partner_is_in_a_round_once"), transaction.atomic():
        RoundPartner.objects.create(municipality=lillevik, round=autumn, partner=partner, ended_on=date(2026, 9, 1))
