"""Consents: given and withdrawn, and what that changes at once."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from audit.services import record
from families.models import Channel, Consent, Family, How, Person, PersonKind, Purpose
from families.rules.consents import ConsentText, answers_for_herself, text_of
from families.services.text_messages import end_text_messages


class CannotAnswer(Exception):
    """Somebody outside the family, or a child that is too young, cannot say yes for this person."""


@transaction.atomic
def give_consent(
    *,
    family: Family,
    purpose: str,
    person: Person | None,
    given_by: Person,
    language: str = "",
    how: str = How.SPOKEN,
    by: User | None,
    now: datetime,
) -> Consent:
    """Note a yes to the latest text. One that stands already is left as it is. Raises CannotAnswer."""
    text = text_of(purpose)
    if (person is None) != (text.whom == "family"):
        raise CannotAnswer
    check_answer(family, text, person, given_by, timezone.localdate(now).year)
    try:
        with transaction.atomic():
            consent = Consent.objects.create(
                municipality_id=family.municipality_id,
                family=family,
                purpose=purpose,
                person=person,
                given_by=given_by,
                text_version=text.version,
                language=language or given_by.language,
                how=how,
                given_at=now,
                noted_by=by,
            )
    except IntegrityError:
        return family.consents.to(purpose).get(person=person)
    follow(family, purpose, person, given=True)
    record("give_consent", by=by, municipality=family.municipality_id, family=family.pk, consent=consent.pk)
    return consent


def check_answer(family: Family, text: ConsentText, person: Person | None, given_by: Person, year: int) -> None:
    """Nobody outside the family answers, and inside it only who may (`may_answer`)."""
    if given_by.family_id != family.pk or (person is not None and person.family_id != family.pk):
        raise CannotAnswer
    if not may_answer(text, person, given_by, year):
        raise CannotAnswer


def may_answer(text: ConsentText, person: Person | None, given_by: Person, year: int) -> bool:
    """An adult answers for herself, the family and its children. From the matter's age a young person answers for
    herself, and nobody else does; where her year of birth is only about right, either of them may."""
    is_adult = given_by.kind == PersonKind.ADULT
    if person is None:
        return is_adult
    if person.kind == PersonKind.ADULT:
        return given_by == person
    old_enough = answers_for_herself(person.kind, person.birth_year, year, text.matter)
    by_a_parent = is_adult and (not old_enough or person.birth_year_about)
    return text.whom == "person" and (by_a_parent or (old_enough and given_by == person))


@transaction.atomic
def withdraw_consent(*, consent: Consent, by: User | None, now: datetime) -> None:
    """Note that a yes is taken back. Twice is the same as once."""
    changed = Consent.objects.filter(pk=consent.pk, withdrawn_at__isnull=True).update(
        withdrawn_at=now, withdrawal_noted_by=by
    )
    if not changed:
        return
    follow(consent.family, consent.purpose, consent.person, given=False)
    record(
        "withdraw_consent", by=by, municipality=consent.municipality_id, family=consent.family_id, consent=consent.pk
    )


def follow(family: Family, purpose: str, person: Person | None, *, given: bool) -> None:
    """What a yes or a no changes at once."""
    if purpose == Purpose.PHOTO:
        family.no_photo = lacks_a_yes(family)
        family.save(update_fields=["no_photo"])
    elif purpose == Purpose.REFERRER_STATUS:
        for referral in family.referrals.exclude(referrer_sees_status=given):
            referral.referrer_sees_status = given
            referral.save(update_fields=["referrer_sees_status"])
    elif purpose == Purpose.SMS and person is not None:
        if given and person.phone and not family.is_protected:
            person.receives, person.channel = True, Channel.SMS
            person.save(update_fields=["receives", "channel"])
        elif not given:
            end_text_messages(person=person, now=timezone.now())


def lacks_a_yes(family: Family) -> bool:
    """Whether somebody at home has not said yes to photos. One is enough: nobody sorts faces at a party."""
    agreed = family.consents.to(Purpose.PHOTO).values("person")
    return family.people.filter(left_on__isnull=True).exclude(pk__in=agreed).exists()


def mark_newcomers(family: Family) -> None:
    """Somebody has come into the household: what the others said yes to before is no yes of hers."""
    if not family.no_photo and lacks_a_yes(family):
        family.no_photo = True
        family.save(update_fields=["no_photo"])
