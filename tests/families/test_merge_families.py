"""Two families that were one all along become one, with both histories; for 30 days they can be two again."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.models import User
from accounts.queries import act_in
from audit.models import Event
from families.duplicates.fields import (
    CHOSEN,
    EITHER,
    JOINED,
    OWN,
    PERSON_CHOSEN,
    PERSON_OWN,
    PERSON_REACHED,
    PERSON_TOGETHER,
    STRICTEST,
)
from families.duplicates.relations import of, undecided
from families.models import (
    Background,
    Consent,
    Conversation,
    Family,
    ImportedRow,
    Merge,
    NotTheSame,
    NotTogether,
    Participation,
    Person,
    Referral,
    SupportAnswer,
    Trace,
)
from families.queries import own_referrals
from families.services.merging import (
    CannotBeMerged,
    CannotBeUndone,
    Choices,
    forget_values,
    merge_families,
    note_two,
    undo_merge,
)
from families.tasks import forget_merges
from groups.models import Group, Membership
from groups.services.groups import end_membership
from municipalities.models import Municipality, Owned
from outbox.models import Message
from planning.models import Round
from sessions_log.models import Attendance, CallNote, Reply, Ride
from sessions_log.services.announcements import invite
from tests.factories import FamilyFactory, RoundFactory, gathering_of, invited, waiting, wish

NOW = timezone.now()
# Logs only grow, and a merge itself stays: everything else must be as it was.
LOGS = {"families.Merge", "audit.Event", "audit.Read", "audit.Refusal", "outbox.Pulse"}


def everything() -> dict[str, set[Any]]:
    """Every row of every table, by model; traces without their own ids, for they are made anew."""
    rows = {}
    for model in apps.get_models():
        if model._meta.label in LOGS or hasattr(model, "pgh_tracked_model") or not issubclass(model, Owned):
            continue
        names = [field.attname for field in model._meta.concrete_fields if (model is not Trace or field.name != "id")]
        rows[model._meta.label] = {repr(row) for row in model._base_manager.values_list(*names)}
    return rows


@pytest.fixture
def kari(leader: User, lillevik: Municipality) -> User:
    return act_in(leader, lillevik)


@pytest.fixture
def ingrid(coordinator: User, lillevik: Municipality) -> User:
    return act_in(coordinator, lillevik)


@pytest.fixture
def both(birch: Group, autumn: Round, referrer: User, coordinator: User) -> tuple[Family, Family]:
    """One in Bjørka with a rich history; one that was referred again, and waits in the same round."""
    member = birch.memberships.first().family
    again = FamilyFactory(municipality=birch.municipality, name="Bjorkafamilie 1")
    way = waiting(again, autumn)
    town = birch.municipality
    for family, by in ((member, None), (again, referrer)):
        Referral.objects.create(
            municipality=town, family=family, round=autumn, referred_by=by, referred_on=date(2026, 8, 1)
        )
    wish(way, coordinator)
    first_way = member.participations.get()
    for each, text in ((first_way, "Liker å gå tur."), (way, "Baker gjerne.")):
        Conversation.objects.create(
            municipality=town, participation=each, held_on=date(2026, 8, 2), held_by=coordinator, who_they_are=text
        )
    gathering = gathering_of(birch, timezone.now() + timedelta(days=5))
    for family, coming in ((member, True), (again, False)):
        invited(gathering, family)
        Reply.objects.create(
            municipality=town, gathering=gathering, family=family, coming=coming, noted_at=NOW + timedelta(hours=coming)
        )
        CallNote.objects.create(
            municipality=town, gathering=gathering, family=family, outcome="called", by=coordinator, at=NOW
        )
        for person in family.people.all():
            Attendance.objects.create(
                municipality=town,
                gathering=gathering,
                family=family,
                person=person,
                state="present" if family == again else "absent",
            )
        adult = family.people.get(kind="adult")
        for purpose in ("photo", "sms") if family == member else ("photo", "invite_again"):
            Consent.objects.create(
                municipality=town,
                family=family,
                person=adult,
                given_by=adult,
                purpose=purpose,
                text_version="1",
                language="nb",
                given_at=NOW,
            )
        SupportAnswer.objects.create(
            municipality=town,
            participation=family.participations.get(),
            person=adult,
            moment="before",
            close=2,
            concern=3,
            help=3,
            answered_on=date(2026, 8, 2),
            noted_by=coordinator,
        )
    other = birch.memberships.last().family
    NotTogether.objects.create(municipality=town, first=other, second=again, noted_by=coordinator)
    note_two(first=again, second=other, by=coordinator)
    Background.objects.create(municipality=town, family=again, answer="moved_here", noted_by=coordinator)
    ImportedRow.objects.create(municipality=town, key="a" * 64)
    return member, again


def matched(kept: Family, merged: Family, *, without: int = 0) -> dict[int, int]:
    """Their people paired in their order, all but the last so many."""
    pairs = list(zip(merged.people.all(), kept.people.all(), strict=True))
    return {double.pk: person.pk for double, person in pairs[: len(pairs) - without]}


def test_both_histories_are_kept(both: tuple[Family, Family], ingrid: User, birch: Group) -> None:
    kept, merged = both
    wait = merged.participations.get()
    merge_families(
        kept=kept, merged=merged, choices=Choices(people=matched(kept, merged, without=1)), by=ingrid, now=NOW
    )
    kept.refresh_from_db()
    merged.refresh_from_db()
    assert (kept.merged_into, merged.merged_into) == (None, kept)
    assert list(Family.objects.visible_to(ingrid).filter(pk__in=(kept.pk, merged.pk))) == [kept]
    assert [(person.name, person.birth_year) for person in kept.people.filter(kind="child")] == [
        ("Barn1", 2017),
        ("Barn2", 2020),
        ("Barn2", 2020),  # whom nobody said to be the same
    ]
    way = kept.participations.get()
    wait.refresh_from_db()
    assert (wait.family, wait.ended_on, wait.ending) == (merged, timezone.localdate(NOW), "ended")
    assert (way.ended_on, way.memberships.get().group) == (None, birch)
    assert way.conversation.who_they_are == "Liker å gå tur.\nBaker gjerne."
    assert kept.referrals.count() == 2
    assert kept.background.answer == "moved_here"
    assert {reply.coming: reply.is_current for reply in kept.replies.all()} == {True: True, False: False}
    assert (kept.invitations.count(), kept.calls.count()) == (1, 2)
    assert {row.person.family_id for row in kept.attendances.all()} == {kept.pk}
    assert sorted(kept.attendances.values_list("state", flat=True)) == ["absent", "present", "present", "present"]
    assert sorted(kept.consents.values_list("purpose", flat=True)) == ["invite_again", "photo", "sms"]
    pair = NotTogether.objects.get()
    assert kept.pk in (pair.first_id, pair.second_id)
    assert pair.first_id < pair.second_id
    assert NotTheSame.objects.filter(first=pair.first, second=pair.second).exists()
    assert Event.objects.filter(verb="merge_families").get().ids == {"family": kept.pk, "merged": merged.pk}


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("without", [0, 1, 3])
def test_undoing_puts_everything_back(
    both: tuple[Family, Family], ingrid: User, turned: bool, without: int, lillevik: Municipality
) -> None:
    kept, merged = both[::-1] if turned else both
    Family.objects.filter(pk=merged.pk).update(
        address="Skolegata 4", languages=["ti"], food_needs="ikke svin", protection="confidential"
    )
    Person.objects.filter(family=kept, kind="adult").update(phone="", email="a@example.org", channel="email")
    before = everything()
    choices = Choices(
        frozenset({"name"}),
        matched(kept, merged, without=without),
        {double.pk: frozenset({"name", "phone"}) for double in merged.people.all()},
    )
    Person.objects.filter(family__in=both, kind="adult").update(channel="call", receives=False)
    before = everything()
    row = merge_families(kept=kept, merged=merged, choices=choices, by=ingrid, now=NOW)
    during = everything()
    assert during != before
    assert not Family.objects.get(pk=kept.pk).people.filter(receives=True).exclude(channel="call").exists()
    undo_merge(merge=row, by=ingrid, now=NOW + timedelta(days=30))
    assert everything() == before
    row.refresh_from_db()
    assert row.undone_at == NOW + timedelta(days=30)
    # And once more, in the other direction.
    second = merge_families(kept=merged, merged=kept, choices=Choices(), by=ingrid, now=NOW)
    undo_merge(merge=second, by=ingrid, now=NOW)
    assert everything() == before


def test_values_are_chosen_and_needs_are_never_lost(both: tuple[Family, Family], ingrid: User) -> None:
    kept, merged = both
    Family.objects.filter(pk=kept.pk).update(languages=["nb"], address="Gate 1", postcode="1440", no_photo=False)
    Family.objects.filter(pk=merged.pk).update(
        languages=["ti", "nb"], address="Gate 2", food_needs="ikke svin", needs_transport=True
    )
    adult, double = kept.people.get(kind="adult"), merged.people.get(kind="adult")
    Person.objects.filter(pk=adult.pk).update(name="Eva", phone="+4740000001")
    Person.objects.filter(pk=double.pk).update(name="Ewa", phone="+4740000002", email="ewa@example.org")
    choices = Choices(frozenset({"address"}), {double.pk: adult.pk}, {double.pk: frozenset({"phone"})})
    merge_families(kept=kept, merged=merged, choices=choices, by=ingrid, now=NOW)
    kept.refresh_from_db()
    adult.refresh_from_db()
    assert (kept.name, kept.languages, kept.address, kept.postcode) == ("Bjørkafamilie 1", ["nb", "ti"], "Gate 2", "")
    assert (kept.food_needs, kept.needs_transport, kept.no_photo) == ("ikke svin", True, True)
    assert (adult.name, adult.phone, adult.email, adult.receives) == ("Eva", "+4740000002", "ewa@example.org", True)


def test_every_relation_and_every_field_is_decided() -> None:
    """A new table that points at families, or a new field: say what a merge does with it, in its own room."""
    assert undecided() == []
    assert len(of(Family)) > 15
    assert {*CHOSEN, *JOINED, *EITHER, *STRICTEST, *OWN} == {each.name for each in Family._meta.concrete_fields}
    inside = {part for whole in PERSON_TOGETHER.values() for part in whole}
    assert {*PERSON_CHOSEN, *inside, *PERSON_REACHED, *PERSON_OWN} == {
        each.name for each in Person._meta.concrete_fields
    }


def test_two_groups_or_two_rounds_are_settled_first(
    both: tuple[Family, Family], ingrid: User, kari: User, coordinator: User, birch: Group, lillevik: Municipality
) -> None:
    kept, other = both[0], birch.memberships.last().family
    with pytest.raises(CannotBeMerged, match="gruppe"):
        merge_families(kept=kept, merged=other, choices=Choices(), by=ingrid, now=NOW)
    spring = RoundFactory(municipality=lillevik, project_leader=kari, name="Våren 2027")
    elsewhere = FamilyFactory(municipality=lillevik)
    waiting(elsewhere, spring)
    with pytest.raises(CannotBeMerged, match="Våren 2027"):
        merge_families(kept=kept, merged=elsewhere, choices=Choices(), by=kari, now=NOW)
    elsewhere.participations.update(ended_on=date(2026, 9, 1), ending="ended")
    merge_families(kept=kept, merged=elsewhere, choices=Choices(), by=kari, now=NOW)
    assert set(kept.participations.values_list("round__name", flat=True)) == {"Høsten 2026", "Våren 2027"}


def test_the_way_that_leads_to_a_group_goes_on(both: tuple[Family, Family], ingrid: User, birch: Group) -> None:
    member, again = both
    Participation.objects.filter(family=again).update(waiting_since=date(2026, 1, 5))
    merge_families(kept=again, merged=member, choices=Choices(), by=ingrid, now=NOW)
    way = Participation.objects.open().get(family=again)
    assert (way.memberships.get().group, way.waiting_since) == (birch, date(2026, 1, 5))
    assert Membership.objects.get(family=again).wish.participation == way


def test_both_were_in_a_group_of_the_round_and_one_has_left(
    both: tuple[Family, Family], kari: User, birch: Group
) -> None:
    """The wish that stands carries both memberships; undone, each rests on its own again."""
    member, again = both
    way = again.participations.get()
    left = Membership.objects.create(
        municipality=birch.municipality,
        participation=way,
        family=again,
        group=birch,
        wish=way.wishes.get(),
        since=date(2026, 8, 10),
        to=date(2026, 9, 1),
    )
    before = everything()
    row = merge_families(kept=member, merged=again, choices=Choices(), by=kari, now=NOW)
    connection.check_constraints()
    left.refresh_from_db()
    assert (left.family, left.participation) == (member, member.participations.get())
    assert left.wish == member.memberships.get(to__isnull=True).wish
    undo_merge(merge=row, by=kari, now=NOW)
    connection.check_constraints()
    assert everything() == before


def test_lifts_come_over_but_for_one_between_the_two(both: tuple[Family, Family], ingrid: User, birch: Group) -> None:
    member, again = both
    other = birch.memberships.last().family
    evenings = [gathering_of(birch, NOW + timedelta(days=days)) for days in (6, 7, 8, 9)]
    lifts = [(again, other), (other, again), (again, member), (member, again)]
    for gathering, (family, driver) in zip(evenings, lifts, strict=True):
        Ride.objects.create(municipality=birch.municipality, gathering=gathering, family=family, driver=driver)
    before = everything()
    row = merge_families(kept=member, merged=again, choices=Choices(), by=ingrid, now=NOW)
    told = list(Ride.objects.order_by("gathering__starts_at").values_list("family", "driver"))
    assert told == [
        (member.pk, other.pk),
        (other.pk, member.pk),
        (again.pk, member.pk),
        (member.pk, again.pk),
    ]
    undo_merge(merge=row, by=ingrid, now=NOW)
    assert everything() == before


def test_who_may_merge(
    both: tuple[Family, Family],
    other_coordinator: User,
    referrer: User,
    stranger: User,
    kari: User,
    ingrid: User,
    lillevik: Municipality,
) -> None:
    kept, merged = both
    for person in (other_coordinator, referrer, stranger):
        with pytest.raises(CannotBeMerged):
            merge_families(kept=kept, merged=merged, choices=Choices(), by=act_in(person, lillevik), now=NOW)
    Family.objects.filter(pk=merged.pk).update(protection="confidential")
    with pytest.raises(CannotBeMerged, match="beskyttet"):
        merge_families(kept=kept, merged=merged, choices=Choices(), by=kari, now=NOW)
    row = merge_families(kept=kept, merged=merged, choices=Choices(), by=ingrid, now=NOW)
    kept.refresh_from_db()
    assert kept.is_protected
    assert [person.channel for person in kept.people.filter(receives=True)] == ["call", "call"]
    with pytest.raises(CannotBeUndone):
        undo_merge(merge=row, by=kari, now=NOW)


@pytest.mark.parametrize("wrong", ["one for two", "kinds"])
def test_people_are_paired_one_by_one(both: tuple[Family, Family], ingrid: User, wrong: str) -> None:
    kept, merged = both
    adult, child = kept.people.filter(kind="adult").get(), kept.people.filter(kind="child").first()
    doubles = list(merged.people.all())
    people = {doubles[0].pk: adult.pk, doubles[1].pk: adult.pk} if wrong == "one for two" else {doubles[0].pk: child.pk}
    with pytest.raises(CannotBeMerged):
        merge_families(kept=kept, merged=merged, choices=Choices(people=people), by=ingrid, now=NOW)


def test_a_merge_is_undone_for_thirty_days_last_one_first(
    both: tuple[Family, Family], ingrid: User, autumn: Round
) -> None:
    kept, merged = both
    row = merge_families(kept=kept, merged=merged, choices=Choices(frozenset({"name"})), by=ingrid, now=NOW)
    with pytest.raises(CannotBeUndone):
        undo_merge(merge=row, by=ingrid, now=NOW + timedelta(days=30, seconds=1))
    third = FamilyFactory(municipality=kept.municipality)
    waiting(third, autumn)
    later = merge_families(kept=third, merged=kept, choices=Choices(), by=ingrid, now=NOW)
    with pytest.raises(CannotBeUndone):
        undo_merge(merge=row, by=ingrid, now=NOW)
    undo_merge(merge=later, by=ingrid, now=NOW)
    undo_merge(merge=row, by=ingrid, now=NOW)
    with pytest.raises(CannotBeUndone):
        undo_merge(merge=row, by=ingrid, now=NOW)


def test_what_was_changed_since_is_not_overwritten(both: tuple[Family, Family], ingrid: User) -> None:
    kept, merged = both
    row = merge_families(kept=kept, merged=merged, choices=Choices(frozenset({"name"})), by=ingrid, now=NOW)
    Family.objects.filter(pk=kept.pk).update(name="Bjørk")
    undo_merge(merge=row, by=ingrid, now=NOW)
    assert Family.objects.get(pk=kept.pk).name == "Bjørk"


def test_what_no_longer_goes_together_is_said(both: tuple[Family, Family], ingrid: User, birch: Group) -> None:
    member, again = both
    row = merge_families(kept=member, merged=again, choices=Choices(), by=ingrid, now=NOW)
    # The family began anew meanwhile: were the old way opened again, there would be two.
    end_membership(membership=member.memberships.get(), reason="", by=ingrid, now=NOW)
    Participation.objects.filter(family=member).update(ended_on=date(2026, 9, 1), ending="ended")
    waiting(again, birch.round)
    with pytest.raises(CannotBeUndone):
        undo_merge(merge=row, by=ingrid, now=NOW)


def test_values_are_forgotten_when_it_can_no_longer_be_undone(both: tuple[Family, Family], ingrid: User) -> None:
    kept, merged = both
    Family.objects.filter(pk=merged.pk).update(name="Hemmelignavn")
    merge_families(kept=kept, merged=merged, choices=Choices(frozenset({"name"})), by=ingrid, now=NOW)
    assert "Hemmelignavn" in str(Merge.objects.get().moved)
    assert forget_values(now=NOW + timedelta(days=30)) == 0
    assert forget_values(now=NOW + timedelta(days=31)) == 1
    row = Merge.objects.get()
    assert "Hemmelignavn" not in str(row.moved)
    assert any(label == "families.Referral" for label, _pk, _values in row.moved["changes"])
    assert forget_values(now=NOW + timedelta(days=31)) == 0


def test_the_worker_forgets_values_each_night(both: tuple[Family, Family], ingrid: User) -> None:
    merge_families(kept=both[0], merged=both[1], choices=Choices(), by=ingrid, now=NOW)
    Merge.objects.update(merged_at=NOW - timedelta(days=31))
    assert (forget_merges(), forget_merges()) == (1, 0)


def test_a_referrer_learns_nothing(both: tuple[Family, Family], ingrid: User, referrer: User) -> None:
    kept, merged = both
    before = own_referrals(referrer)
    merge_families(kept=kept, merged=merged, choices=Choices(), by=ingrid, now=NOW)
    assert own_referrals(referrer) == before
    forget_values(now=NOW + timedelta(days=31))
    assert own_referrals(referrer) == before


def test_letters_that_have_not_gone_go_once(both: tuple[Family, Family], ingrid: User, birch: Group) -> None:
    kept, merged = both
    gathering = gathering_of(birch, timezone.now() + timedelta(days=9), activity="Tur")
    invite(gathering=gathering, families=[kept, merged], generation=gathering.generation, by=ingrid)
    alone = gathering_of(birch, timezone.now() + timedelta(days=12), activity="Bading")
    invite(gathering=alone, families=[merged], generation=alone.generation, by=ingrid)
    adult, double = kept.people.get(kind="adult"), merged.people.get(kind="adult")
    merge_families(kept=kept, merged=merged, choices=Choices(people={double.pk: adult.pk}), by=ingrid, now=NOW)
    waiting_letters = Message.objects.filter(state="queued")
    assert set(waiting_letters.values_list("recipient", "about", "kind")) == {
        (f"person:{adult.pk}", f"gathering:{each.pk}", kind)
        for each in (gathering, alone)
        for kind in ("invitation", "reminder")
    }
    assert waiting_letters.count() == 4
    assert not Message.objects.filter(recipient=f"person:{double.pk}").exclude(state="cancelled").exists()


def test_a_row_that_was_imported_stays_remembered(both: tuple[Family, Family], ingrid: User) -> None:
    merge_families(kept=both[0], merged=both[1], choices=Choices(), by=ingrid, now=NOW)
    assert ImportedRow.objects.filter(key="a" * 64).exists()


def test_the_database_refuses_a_second_merge_of_one_family(both: tuple[Family, Family], ingrid: User) -> None:
    kept, merged = both
    row = merge_families(kept=kept, merged=merged, choices=Choices(), by=ingrid, now=NOW)
    for fields in ({"kept": kept, "merged": merged}, {"kept": kept, "merged": kept}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Merge.objects.create(municipality=row.municipality, merged_by=ingrid, merged_at=NOW, **fields)
    low, high = sorted(both, key=lambda family: family.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        NotTheSame.objects.create(municipality=row.municipality, first=high, second=low, noted_by=ingrid)
