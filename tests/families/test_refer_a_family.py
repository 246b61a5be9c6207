"""Referring a family: few answers, nothing lost, nothing kept that must not be, and little to see afterwards."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Draft, User
from families.models import Consent, Family, Participation, Person, Referral
from families.queries import own_referrals
from families.services.wishes import note_contacted
from groups.models import Group
from municipalities.models import Municipality
from outbox.models import Message
from planning.models import Round
from tests.conftest import Browser
from tests.factories import member

Browse = Callable[[User | None], Browser]
REFER, DRAFT, MINE = "/k/9901/henvis/", "/k/9901/henvis/utkast/", "/k/9901/mine-henvisninger/"
IDENTITY_NUMBER = "13097248022"
NEEDED = {
    "once": "a" * 32,
    "protection": "none",
    "adult": "Yasmin Rahimi",
    "phone": "400 00 777",
    "language": "fa_AF",
    "source_kind": "nav",
    "agreed_to_contact": "on",
}


def kept() -> tuple[int, int, int, int]:
    """How much there is of families, people, referrals and drafts."""
    return Family.objects.count(), Person.objects.count(), Referral.objects.count(), Draft.objects.count()


def test_four_answers_and_a_workplace_are_enough(browse: Browse, referrer: User, autumn: Round) -> None:
    answer = browse(referrer).post(REFER, NEEDED)
    assert answer.url == MINE
    referral = Referral.objects.get()
    assert {
        "family": referral.family.name,
        "named": referral.named,
        "by": referral.referred_by,
        "source": (referral.source_kind, referral.source),
        "sees": referral.referrer_sees_status,
        "agreed": (referral.agreed_to_contact, referral.agreed_to_contact_on),
        "people": list(referral.family.people.values_list("kind", "name", "phone", "receives")),
        "waits": list(Participation.objects.values_list("round", "waiting_since")),
    } == {
        "family": "Rahimi",
        "named": "Rahimi",
        "by": referrer,
        "source": ("nav", "Tor Henviser"),
        "sees": False,
        "agreed": (True, timezone.localdate()),
        "people": [("adult", "Yasmin Rahimi", "+4740000777", True)],
        "waits": [(autumn.pk, timezone.localdate())],
    }


def test_the_workplace_is_remembered(browse: Browse, referrer: User, autumn: Round) -> None:
    browser = browse(referrer)
    assert b'value="nav" selected' not in browser.get(REFER).content
    browser.post(REFER, NEEDED)
    assert b'value="nav" selected' in browser.get(REFER).content


def test_what_is_missing_is_said_beside_the_field_and_what_was_typed_stays(
    browse: Browse, referrer: User, autumn: Round
) -> None:
    page = browse(referrer).post(REFER, {"adult": "Yasmin", "wishes": "Noen å gå tur med", "protection": "none"})
    assert set(page.context["form"].errors) == {"phone", "language", "source_kind", "agreed_to_contact"}
    assert "Noen å gå tur med" in page.content.decode()
    assert kept() == (0, 0, 0, 0)


@pytest.mark.parametrize("field", ["adult", "family_name", "wishes", "child_1_name"])
def test_an_identity_number_is_refused_in_every_text(browse: Browse, referrer: User, autumn: Round, field: str) -> None:
    page = browse(referrer).post(REFER, {**NEEDED, field: f"Født {IDENTITY_NUMBER}"})
    assert set(page.context["form"].errors) == {field}
    assert kept() == (0, 0, 0, 0)


def test_what_is_typed_is_kept_for_her_alone(browse: Browse, referrer: User, coordinator: User, autumn: Round) -> None:
    browser = browse(referrer)
    answer = browser.post(
        DRAFT, {**NEEDED, "wishes": f"Fnr {IDENTITY_NUMBER} og tur", "child_3_name": "Omid", "stray": "x"}
    )
    assert "Utkast" in answer.content.decode()
    fields = Draft.objects.get(user=referrer).fields
    assert (fields["wishes"], fields["adult"], "stray" in fields) == (["Fnr  og tur"], ["Yasmin Rahimi"], False)
    page = browser.get(REFER)
    form = page.context["form"]
    assert (form["adult"].value(), form["agreed_to_contact"].value()) == ("Yasmin Rahimi", "on")
    assert "Omid" in page.content.decode()
    assert "Yasmin" not in browse(coordinator).get(REFER).content.decode()
    assert browser.post(REFER, {"discard": "1"}).url == REFER
    assert kept() == (0, 0, 0, 0)


def test_the_draft_goes_when_the_referral_is_sent_and_a_late_one_does_not_come_back(
    browse: Browse, referrer: User, autumn: Round
) -> None:
    browser = browse(referrer)
    browser.post(DRAFT, NEEDED)
    browser.post(REFER, NEEDED)
    assert browser.post(DRAFT, NEEDED).status_code == 204
    assert browser.post(REFER, NEEDED).url == MINE  # tapped twice
    assert kept() == (1, 1, 1, 0)


def test_the_database_itself_receives_a_form_once(browse: Browse, referrer: User, autumn: Round) -> None:
    browse(referrer).post(REFER, NEEDED)
    first = Referral.objects.get()
    first.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        first.save()


def test_of_a_strictly_protected_family_nothing_stays(
    browse: Browse, referrer: User, leader: User, autumn: Round
) -> None:
    browser = browse(referrer)
    browser.post(DRAFT, NEEDED)
    told = browser.post(DRAFT, {**NEEDED, "protection": "strict"})
    assert "Draft" not in told.content.decode()
    assert kept() == (0, 0, 0, 0)
    browser.post(DRAFT, NEEDED)
    # Whatever else is missing: nobody has to write more about them.
    page = browser.post(REFER, {"adult": "Yasmin Rahimi", "protection": "strict"}).content.decode()
    assert leader.name in page
    assert "Yasmin" not in page
    assert kept() == (0, 0, 0, 0)
    letter = Message.objects.get()
    assert (letter.kind, letter.address) == ("strictly_protected", leader.email)
    assert "Tor" not in letter.body
    assert "Yasmin" not in letter.body


def test_the_leader_is_told_of_it_once_a_day(browse: Browse, referrer: User, autumn: Round) -> None:
    for _time in range(3):
        browse(referrer).post(REFER, {"protection": "strict"})
    assert Message.objects.count() == 1


def test_a_family_that_is_here_already_is_received_like_any_other(
    browse: Browse, referrer: User, coordinator: User, autumn: Round, birch: Group
) -> None:
    known = birch.memberships.first().family
    phone = known.people.get(kind="adult").phone
    first = browse(referrer).post(REFER, NEEDED, follow=True).content
    second = browse(referrer).post(REFER, {**NEEDED, "once": "b" * 32, "phone": phone}, follow=True).content
    assert first.count(b"Rahimi") == 1
    assert second.count(b"Rahimi") == 2
    assert known.name.encode() not in second
    assert known.name in browse(coordinator).get("/k/9901/familier/like/").content.decode()


def test_the_referrer_sees_her_own_word_for_the_family(browse: Browse, referrer: User, autumn: Round) -> None:
    browse(referrer).post(REFER, NEEDED)
    Family.objects.update(name="Noe helt annet")
    page = browse(referrer).get(MINE).content.decode()
    assert "Rahimi" in page
    assert "Noe helt annet" not in page


def status(referrer: User) -> str:
    return own_referrals(referrer)[0].status


def test_the_referrer_follows_a_word_if_the_family_agreed(
    browse: Browse, referrer: User, coordinator: User, autumn: Round, birch: Group
) -> None:
    browse(referrer).post(REFER, {**NEEDED, "referrer_sees_status": "on"})
    participation = Participation.objects.get(family__name="Rahimi")
    seen = [status(referrer)]
    note_contacted(participation=participation, on=timezone.localdate(), by=coordinator)
    seen.append(status(referrer))
    participation.delete()
    membership = member(Family.objects.get(name="Rahimi"), birch, coordinator)
    seen.append(status(referrer))
    membership.to = timezone.localdate()
    membership.save()
    Participation.objects.filter(pk=membership.participation_id).update(ended_on=timezone.localdate(), ending="ended")
    seen.append(status(referrer))
    Participation.objects.update(ending="not_now")
    seen.append(status(referrer))
    assert seen == ["mottatt", "vi snakker sammen", "er med", "avsluttet", "ikke nå"]


def test_a_consent_taken_back_ends_it_and_a_new_one_opens_it(
    browse: Browse, referrer: User, coordinator: User, autumn: Round
) -> None:
    browse(referrer).post(REFER, {**NEEDED, "referrer_sees_status": "on"})
    family = Family.objects.get()
    Participation.objects.update(contacted_on=timezone.localdate())
    fields: dict[str, Any] = {
        "municipality": family.municipality,
        "family": family,
        "given_by": family.people.get(),
        "purpose": "referrer_status",
        "text_version": "1",
        "language": "nb",
        "given_at": timezone.now(),
    }
    assert status(referrer) == "vi snakker sammen"
    first = Consent.objects.create(**fields)
    assert status(referrer) == "vi snakker sammen"
    first.withdrawn_at = timezone.now()
    first.save()
    assert status(referrer) == "mottatt"
    Consent.objects.create(**fields)
    assert status(referrer) == "vi snakker sammen"


def test_a_later_round_is_not_hers_to_follow(
    browse: Browse, referrer: User, leader: User, lillevik: Municipality, autumn: Round
) -> None:
    browse(referrer).post(REFER, {**NEEDED, "referrer_sees_status": "on"})
    Participation.objects.update(ended_on=timezone.localdate(), ending="ended")
    spring = Round.objects.create(
        municipality=lillevik,
        name="Våren",
        project_leader=leader,
        starts_on=date(2027, 1, 1),
        ends_on=date(2027, 6, 1),
    )
    Participation.objects.create(
        municipality=lillevik,
        family=Family.objects.get(),
        round=spring,
        waiting_since=date(2027, 1, 2),
        contacted_on=date(2027, 1, 3),
    )
    assert status(referrer) == "avsluttet"


@pytest.mark.parametrize("families", [1, 30])
def test_her_list_asks_the_database_as_often_for_one_as_for_thirty(
    browse: Browse, referrer: User, autumn: Round, families: int, django_assert_num_queries: Any
) -> None:
    browser = browse(referrer)
    for n in range(families):
        browser.post(REFER, {**NEEDED, "once": f"{n:032}"})
    with django_assert_num_queries(13):
        browser.get(MINE)
