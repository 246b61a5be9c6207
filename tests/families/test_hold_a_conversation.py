"""The conversation: one page, kept whole or not at all, read by those who follow the family."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from audit.models import Event, Read
from families.models import Background, Conversation, Participation, SupportAnswer
from families.services.participations import end_participation
from planning.models import Round, RoundCoordinator
from tests.conftest import Browser
from tests.factories import FamilyFactory, certificate_for, person_with_role, waiting
from tests.questions import asked

Browse = Callable[[User | None], Browser]


@pytest.fixture
def participation(autumn: Round, coordinator: User) -> Participation:
    RoundCoordinator.objects.create(municipality=autumn.municipality, round=autumn, user=coordinator)
    return waiting(FamilyFactory(municipality=autumn.municipality, name="Familien Tesfay"), autumn)


def address(row: Participation) -> str:
    return reverse("families:conversation", args=["9901", row.family_id])


def typed(row: Participation, **more: Any) -> dict[str, Any]:
    """A whole conversation as a browser sends it."""
    adult = row.family.people.get(kind="adult")
    first, second = row.family.people.filter(kind="child")
    return {
        "held_on": "2026-11-20",
        "who_they_are": "Glade i fjell og mat.",
        "likes": "Å gå tur",
        "contributes": "Baker gjerne injera",
        "languages": ["ti", "nb"],
        "times": ["tue-eve", "sat-day"],
        "area": "Nordbyen",
        "travels": "bus",
        "food_needs": "ikke svin",
        "worries": "Om de forstår alt som blir sagt.",
        "background": "new_in_norway",
        f"interpreter-{adult.pk}": "ti",
        f"child-{first.pk}-name": "Selam",
        f"child-{first.pk}-year": "2016",
        f"child-{second.pk}-name": "Barn2",
        f"child-{second.pk}-year": "2020",
        f"child-{second.pk}-gone": "1",
        "child-new0-name": "Yonas",
        "child-new0-year": "2024",
        f"support-{adult.pk}-close": "2",
        f"support-{adult.pk}-concern": "4",
        f"support-{adult.pk}-help": "1",
        "wants_to": "yes",
        "said_by": str(adult.pk),
        "words": "Vi vil gjerne bli kjent.",
        "next_step": "Ringe om gruppe",
        "next_step_on": "2026-12-01",
        **more,
    }


def test_all_that_was_told_is_kept(participation: Participation, coordinator: User, browse: Browse) -> None:
    answer = browse(coordinator).post(address(participation), typed(participation))
    assert (answer.status_code, answer.url) == (302, f"/k/9901/familier/{participation.family_id}/")
    family = participation.family
    family.refresh_from_db()
    held = Conversation.objects.get(participation=participation)
    assert (family.likes, family.contributes, family.times, family.area, family.travels, family.languages) == (
        "Å gå tur",
        "Baker gjerne injera",
        ["tue-eve", "sat-day"],
        "Nordbyen",
        "bus",
        ["ti", "nb"],
    )
    assert (held.held_on, held.held_by, held.who_they_are, held.next_step, held.next_step_on) == (
        date(2026, 11, 20),
        coordinator,
        "Glade i fjell og mat.",
        "Ringe om gruppe",
        date(2026, 12, 1),
    )
    assert Background.objects.get(family=family).answer == "new_in_norway"
    people = family.people.filter(left_on__isnull=True).values_list(
        "kind", "name", "birth_year", "interpreter_language"
    )
    assert sorted((kind, name, year) for kind, name, year, _language in people) == [
        ("adult", "Voksen Familien Tesfay", None),
        ("child", "Selam", 2016),
        ("child", "Yonas", 2024),
    ]
    assert family.people.get(kind="adult").interpreter_language == "ti"
    assert [row.total for row in SupportAnswer.objects.all()] == [7]
    participation.refresh_from_db()
    assert participation.contacted_on == date(2026, 11, 20)
    assert participation.wishes.get().words == "Vi vil gjerne bli kjent."
    assert set(Event.objects.values_list("verb", flat=True)) == {"hold_conversation", "note_wish", "note_contacted"}


def test_a_yes_to_photos_is_kept_for_the_adult_and_the_children_one_by_one(
    participation: Participation, coordinator: User, browse: Browse
) -> None:
    adult = participation.family.people.get(kind="adult")
    browse(coordinator).post(address(participation), typed(participation, photos=str(adult.pk)))
    given = participation.family.consents.to("photo")
    assert sorted((row.person.name, row.given_by) for row in given) == [
        ("Selam", adult),
        ("Voksen Familien Tesfay", adult),
        ("Yonas", adult),
    ]
    participation.family.refresh_from_db()
    assert participation.family.no_photo is False
    assert "photos" not in browse(coordinator).get(address(participation)).context["form"].fields


def test_it_is_mended_later_and_an_answer_taken_back_is_gone(
    participation: Participation, coordinator: User, browse: Browse
) -> None:
    browse(coordinator).post(address(participation), typed(participation))
    adult = participation.family.people.get(kind="adult")
    shown = browse(coordinator).get(address(participation))
    assert shown.context["form"].initial["who_they_are"] == "Glade i fjell og mat."
    assert "wants_to" not in shown.context["form"].fields
    kept = {
        name: "" if value is None else value
        for name, value in shown.context["form"].initial.items()
        if name in shown.context["form"].fields
    }
    kept |= {f"support-{adult.pk}-{name}": "" for name in ("close", "concern", "help")}
    kept |= {"background": "", "who_they_are": "Glade i fjell."}
    assert browse(coordinator).post(address(participation), kept).status_code == 302
    assert Conversation.objects.get().who_they_are == "Glade i fjell."
    assert not Background.objects.exists()
    assert not SupportAnswer.objects.exists()
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from information_schema.tables where table_name = 'families_backgroundevent'")
        assert cursor.fetchone() == (0,)


def test_a_fault_stands_beside_its_field_and_nothing_is_half_kept(
    participation: Participation, coordinator: User, browse: Browse
) -> None:
    adult = participation.family.people.get(kind="adult")
    wrong = typed(
        participation,
        who_they_are="Mor er 01010750160 og bor her.",
        next_step="",
        **{f"support-{adult.pk}-help": "", "child-new0-year": "24"},
    )
    answer = browse(coordinator).post(address(participation), wrong)
    assert answer.status_code == 200
    assert set(answer.context["form"].errors) == {
        "who_they_are",
        "next_step",
        f"support-{adult.pk}-help",
        "child-new0-year",
    }
    assert "Baker gjerne injera" in answer.content.decode()
    assert not Conversation.objects.exists()
    assert not Background.objects.exists()
    assert participation.family.people.count() == 3


def test_nobody_reads_the_notes_but_those_who_follow_the_family(
    participation: Participation, coordinator: User, other_coordinator: User, leader: User, browse: Browse
) -> None:
    browse(coordinator).post(address(participation), typed(participation))
    assert browse(leader).get(address(participation)).status_code == 403
    assert browse(other_coordinator).get(address(participation)).status_code == 404
    page = reverse("families:family", args=["9901", participation.family_id])
    assert "Glade i fjell" not in browse(leader).get(page).content.decode()
    assert "Glade i fjell" in browse(coordinator).get(page).content.decode()
    readers = Read.objects.filter(kind="conversation").values_list("user", "ids")
    assert {(user, *ids) for user, ids in readers} == {(coordinator.pk, participation.family_id)}


def test_the_same_questions_for_one_child_and_for_ten(
    participation: Participation, coordinator: User, browse: Browse
) -> None:
    browser, counted = browse(coordinator), []
    for more in (0, 9):
        for n in range(more):
            participation.family.people.create(
                municipality_id=participation.municipality_id, kind="child", name=f"Barn {n}", position=9
            )
        counted.append(asked(browser, address(participation)))
    assert counted == [10, 10]


@pytest.mark.parametrize(("field", "value"), [("close", 5), ("close", 0), ("concern", 6), ("help", 0)])
def test_the_database_keeps_answers_on_the_scale(
    participation: Participation, coordinator: User, field: str, value: int
) -> None:
    answers = {"close": 1, "concern": 1, "help": 1, field: value}
    with pytest.raises(IntegrityError, match="support_answers_are_on_the_scale"), transaction.atomic():
        SupportAnswer.objects.create(
            municipality=participation.municipality,
            participation=participation,
            person=participation.family.people.first(),
            moment="before",
            answered_on=date(2026, 11, 20),
            noted_by=coordinator,
            **answers,
        )


def test_a_leader_who_coordinates_too_reads_her_own_families(
    participation: Participation, leader: User, browse: Browse
) -> None:
    both = person_with_role("Begge Deler", participation.municipality, "leader", "coordinator")
    certificate_for(both, participation.municipality, leader)
    assert browse(both).get(address(participation)).status_code == 404
    RoundCoordinator.objects.create(municipality=participation.municipality, round=participation.round, user=both)
    assert browse(both).get(address(participation)).status_code == 200


def test_a_leader_who_coordinates_other_families_does_not_read_why_one_ended(
    participation: Participation, coordinator: User, leader: User, browse: Browse
) -> None:
    both = person_with_role("Begge Deler", participation.municipality, "leader", "coordinator")
    certificate_for(both, participation.municipality, leader)
    end_participation(
        participation=participation, ending="not_now", reason="Ny jobb i nord", on=date(2026, 11, 20), by=coordinator
    )
    page = reverse("families:family", args=["9901", participation.family_id])
    seen = {
        user.name: "Ny jobb i nord" in browse(user).get(page).content.decode() for user in (coordinator, both, leader)
    }
    assert seen == {coordinator.name: True, both.name: False, leader.name: False}


def test_whoever_is_fifteen_is_asked_about_photos_herself(
    participation: Participation, coordinator: User, browse: Browse
) -> None:
    """A parent's yes covers the children who are too young to answer; the mark stays until she has said yes too."""
    adult = participation.family.people.get(kind="adult")
    child = participation.family.people.filter(kind="child")[0]
    sent = typed(participation, photos=str(adult.pk), **{f"child-{child.pk}-year": "2010"})
    browse(coordinator).post(address(participation), sent)
    given = participation.family.consents.to("photo")
    assert sorted(row.person.name for row in given) == ["Voksen Familien Tesfay", "Yonas"]
    participation.family.refresh_from_db()
    assert participation.family.no_photo


def test_a_child_that_comes_later_brings_the_photo_mark_back(
    participation: Participation, coordinator: User, browse: Browse
) -> None:
    adult = participation.family.people.get(kind="adult")
    browse(coordinator).post(address(participation), typed(participation, photos=str(adult.pk)))
    participation.family.refresh_from_db()
    assert not participation.family.no_photo
    later = {"held_on": "2026-11-27", "child-new0-name": "Lille", "child-new0-year": "2026"}
    assert browse(coordinator).post(address(participation), later).status_code == 302
    participation.family.refresh_from_db()
    assert participation.family.people.filter(name="Lille").exists()
    assert participation.family.no_photo


def test_a_parent_of_seventeen_is_not_asked_the_three_questions(
    participation: Participation, coordinator: User, browse: Browse
) -> None:
    """A special category, from 18: not by a made-up request either. All the rest is kept."""
    adult = participation.family.people.get(kind="adult")
    adult.birth_year = timezone.localdate().year - 17
    adult.save()
    page = browse(coordinator).get(address(participation))
    assert f"support-{adult.pk}-close" not in page.content.decode()
    assert browse(coordinator).post(address(participation), typed(participation)).status_code == 302
    assert not SupportAnswer.objects.exists()
    assert participation.wishes.get().said_by == adult


def test_a_yes_to_text_messages_is_noted_in_passing(
    participation: Participation, coordinator: User, browse: Browse
) -> None:
    """Of each adult who would get them; left out it is no answer, and once it stands nobody asks again."""
    family = participation.family
    adult, told = family.people.get(kind="adult"), typed(participation)
    mailed = family.people.create(
        municipality_id=family.municipality_id,
        kind="adult",
        name="Far",
        email="far@example.org",
        receives=True,
        channel="email",
    )
    browser = browse(coordinator)
    offered = browser.get(address(participation)).context["form"].fields
    assert (f"sms-{adult.pk}" in offered, f"sms-{mailed.pk}" in offered) == (True, False)
    browser.post(address(participation), told)
    assert not family.consents.exists()
    browser.post(address(participation), {"held_on": "2026-11-20", f"sms-{adult.pk}": "on"})
    consent = family.consents.get()
    assert (consent.purpose, consent.person, consent.given_by, consent.noted_by) == ("sms", adult, adult, coordinator)
    assert f"sms-{adult.pk}" not in browser.get(address(participation)).context["form"].fields
