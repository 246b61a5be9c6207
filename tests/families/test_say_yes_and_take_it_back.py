"""Consents: a yes for one thing, with its text, and as easy to take back."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from families.models import Consent, Family, Person, Purpose, Referral
from families.rules.consents import TEXTS, Matter, answers_for_herself, text_of
from families.services.consents import CannotAnswer, give_consent, withdraw_consent
from groups.models import Group
from planning.models import Round
from tests.conftest import Browser
from tests.factories import FamilyFactory

NOW = datetime(2026, 11, 20, 12, tzinfo=ZoneInfo("Europe/Oslo"))
Browse = Callable[[User | None], Browser]


@pytest.fixture
def family(birch: Group) -> Family:
    return birch.memberships.first().family


def adult(family: Family) -> Person:
    return family.people.get(kind="adult")


def say(family: Family, purpose: str, person: Person | None, by: User, given_by: Person | None = None) -> Consent:
    return give_consent(
        family=family, purpose=purpose, person=person, given_by=given_by or adult(family), by=by, now=NOW
    )


def test_one_tap_gives_and_one_tap_takes_back(family: Family, coordinator: User, browse: Browse) -> None:
    browser, address = browse(coordinator), reverse("families:consents", args=["9901", family.pk])
    page = browser.get(address)
    assert page.content.decode().count('name="give"') == 1 + 1 + 3 + 1 + 1
    form = page.context["form"]
    answers = {name: form[name].value() for name in form.fields}
    browser.post(address, {**answers, "give": "invite_again:"})
    consent = Consent.objects.get()
    assert (
        consent.purpose,
        consent.given_by,
        consent.noted_by,
        consent.text_version,
        consent.language,
        consent.how,
    ) == (
        "invite_again",
        adult(family),
        coordinator,
        TEXTS["invite_again"][-1].version,
        "nb",
        "spoken",
    )
    assert consent.withdrawn_at is None
    browser.post(address, {"withdraw": str(consent.pk)})
    consent.refresh_from_db()
    assert consent.withdrawn_at is not None
    assert consent.withdrawal_noted_by == coordinator
    assert "invite_again" not in [row.purpose for row in family.consents.standing()]


def test_a_yes_twice_is_one_yes_and_the_database_holds_it(family: Family, coordinator: User) -> None:
    first = say(family, Purpose.INVITE_AGAIN, None, coordinator)
    assert say(family, Purpose.INVITE_AGAIN, None, coordinator) == first
    with pytest.raises(IntegrityError, match="one_standing_consent_per_purpose"), transaction.atomic():
        Consent.objects.create(
            municipality=family.municipality,
            family=family,
            purpose="invite_again",
            given_by=adult(family),
            text_version="2026-11",
            language="nb",
            given_at=NOW,
        )
    withdraw_consent(consent=first, by=coordinator, now=NOW)
    again = say(family, Purpose.INVITE_AGAIN, None, coordinator)
    assert again != first


def test_the_photo_mark_falls_only_when_everybody_has_said_yes(family: Family, coordinator: User) -> None:
    given = [say(family, Purpose.PHOTO, person, coordinator) for person in family.people.all()[:2]]
    family.refresh_from_db()
    assert family.no_photo
    say(family, Purpose.PHOTO, family.people.all()[2], coordinator)
    family.refresh_from_db()
    assert not family.no_photo
    withdraw_consent(consent=given[0], by=coordinator, now=NOW)
    family.refresh_from_db()
    assert family.no_photo


def test_no_to_text_messages_means_a_call(family: Family, coordinator: User) -> None:
    person = adult(family)
    consent = say(family, Purpose.SMS, person, coordinator)
    person.refresh_from_db()
    assert (person.receives, person.channel) == (True, "sms")
    withdraw_consent(consent=consent, by=coordinator, now=NOW)
    person.refresh_from_db()
    assert (person.receives, person.channel, person.phone != "") == (True, "call", True)


def test_the_referrer_sees_the_status_only_while_the_yes_stands(
    family: Family, autumn: Round, coordinator: User, referrer: User, browse: Browse
) -> None:
    Referral.objects.create(
        municipality=family.municipality,
        family=family,
        round=autumn,
        referred_by=referrer,
        referred_on=NOW.date(),
        agreed_to_contact=True,
    )
    address = reverse("families:my_referrals", args=["9901"])
    words = lambda: [row.status for row in browse(referrer).get(address).context["referrals"]]  # noqa: E731
    assert words() == ["mottatt"]
    consent = say(family, Purpose.REFERRER_STATUS, None, coordinator)
    assert words() == ["er med"]
    withdraw_consent(consent=consent, by=coordinator, now=NOW)
    assert words() == ["mottatt"]


def test_who_may_say_yes_for_whom(family: Family, coordinator: User) -> None:
    child = family.people.get(position=1)
    other = FamilyFactory(municipality=family.municipality)
    refused: list[tuple[str, Person | None, Person]] = [
        (Purpose.PHOTO, child, child),  # nine years old
        (Purpose.INVITE_AGAIN, None, child),
        (Purpose.SMS, child, adult(family)),  # never a child's phone
        (Purpose.PHOTO, child, adult(other)),
        (Purpose.PHOTO, adult(other), adult(family)),
        (Purpose.PHOTO, None, adult(family)),
    ]
    for purpose, person, given_by in refused:
        with pytest.raises(CannotAnswer):
            say(family, purpose, person, coordinator, given_by)
    child.birth_year = 2010
    child.save()
    with pytest.raises(CannotAnswer):  # old enough to answer: nobody does it for her
        say(family, Purpose.PHOTO, child, coordinator)
    assert say(family, Purpose.PHOTO, child, coordinator, child).given_by == child


def test_where_the_year_of_birth_is_about_right_parent_and_child_may_answer(family: Family, coordinator: User) -> None:
    child = family.people.get(position=1)
    child.birth_year, child.birth_year_about = 2010, True
    child.save()
    first = say(family, Purpose.PHOTO, child, coordinator)
    withdraw_consent(consent=first, by=coordinator, now=NOW)
    assert say(family, Purpose.PHOTO, child, coordinator, child).given_by == child


def test_a_child_of_twelve_is_heard_first(family: Family, coordinator: User, browse: Browse) -> None:
    said = ("Spør barnet også, før en forelder svarer.", "Gammel nok til å svare selv.")
    child, page = family.people.get(position=1), reverse("families:consents", args=["9901", family.pk])
    for years, which in ((11, None), (12, 0), (15, 0), (16, 1)):
        child.birth_year = timezone.localdate().year - years
        child.save()
        text = browse(coordinator).get(page).content.decode()
        found = [words in text for words in said]
        assert found == [which == 0, which == 1], years


def test_the_page_says_who_has_to_answer_instead(family: Family, coordinator: User, browse: Browse) -> None:
    child = family.people.get(position=1)
    child.birth_year = 2010
    child.save()
    page, browser = reverse("families:consents", args=["9901", family.pk]), browse(coordinator)
    said = {"given_by": adult(family).pk, "how": "spoken", "language": "nb", "give": f"photo:{child.pk}"}
    errors = browser.post(page, said).context["form"].errors["given_by"]
    assert errors == [f"{child} svarer selv. Velg {child} her."]
    said |= {"given_by": child.pk, "give": "invite_again:"}
    assert browser.post(page, said).context["form"].errors["given_by"] == [
        "Velg en voksen: dette gjelder hele familien."
    ]
    assert not Consent.objects.exists()
    assert browser.post(page, said | {"give": f"photo:{child.pk}"}).status_code == 302
    assert Consent.objects.get().given_by == child


@pytest.mark.parametrize(
    ("kind", "born", "expected"),
    [("adult", None, True), ("child", None, False), ("child", 2011, False), ("child", 2010, True)],
)
def test_a_child_answers_from_fifteen(kind: str, born: int | None, expected: bool) -> None:
    assert answers_for_herself(kind, born, 2026) is expected


def test_every_purpose_has_a_text_and_an_unknown_version_is_an_error() -> None:
    assert set(TEXTS) == set(Purpose.values)
    assert all(len({text.version for text in texts}) == len(texts) for texts in TEXTS.values())
    with pytest.raises(KeyError):
        text_of("photo", "1999-01")


@pytest.mark.parametrize("key", ["photo:", "photo:x", "nonsense:1", "invite_again:{adult}", "photo:{stranger}", ""])
def test_a_made_up_line_is_not_found(family: Family, coordinator: User, browse: Browse, key: str) -> None:
    stranger = adult(FamilyFactory(municipality=family.municipality))
    asked = key.format(adult=adult(family).pk, stranger=stranger.pk)
    answers: dict[str, Any] = {"given_by": adult(family).pk, "how": "spoken", "language": "nb", "give": asked}
    browser = browse(coordinator)
    assert browser.post(reverse("families:consents", args=["9901", family.pk]), answers).status_code == 404
    assert (
        browser.post(reverse("families:consents", args=["9901", family.pk]), {"withdraw": "99999"}).status_code == 404
    )
    assert not Consent.objects.exists()


@pytest.mark.parametrize(
    ("kind", "born", "matter", "expected"),
    [
        ("child", 2008, "special", False),  # turns 18 some day of 2026
        ("child", 2007, "special", True),
        ("child", 2013, "online", False),
        ("child", 2012, "online", True),
        ("child", 2012, "general", False),
        ("adult", None, "special", True),
        ("adult", 2009, "special", False),  # a parent of 17
        ("adult", 2009, "general", True),
        ("adult", 2008, "special", True),
    ],
)
def test_each_matter_has_its_age(kind: str, born: int | None, matter: str, expected: bool) -> None:
    assert answers_for_herself(kind, born, 2026, Matter(matter)) is expected


def test_taking_it_back_takes_as_many_clicks_as_giving_it(family: Family, coordinator: User, browse: Browse) -> None:
    """One button each on the same page, and neither leads to another question."""
    page = reverse("families:consents", args=["9901", family.pk])
    said = {"given_by": adult(family).pk, "how": "spoken", "language": "nb", "give": f"photo:{adult(family).pk}"}
    browser = browse(coordinator)
    assert browser.post(page, said).url == page
    assert browser.post(page, {"withdraw": Consent.objects.get().pk}).url == page
    kept = Consent.objects.get()
    told = (kept.text_version, kept.language, kept.how, kept.noted_by, kept.withdrawal_noted_by)
    assert told == (text_of("photo").version, "nb", "spoken", coordinator, coordinator)
    assert kept.withdrawn_at is not None
    assert kept.given_at < kept.withdrawn_at
