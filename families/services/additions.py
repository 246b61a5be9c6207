"""A family is told of once more: what is new is added, and nothing that stands is overwritten."""

from datetime import date

from django.db import transaction

from accounts.models import User
from audit.services import record
from families.duplicates.people import proposed_pairs
from families.models import Channel, Family, Participation, Person, PersonKind, Protection, Referral
from families.services.consents import mark_newcomers
from families.services.protection import change_protection
from families.services.referrals import NewFamily, people_of
from planning.models import Round

# Texts that are taken over where the family has none.
TEXTS = ("food_needs", "access_needs", "can_meet", "contributes")
HOME = ("address", "postcode", "place")


@transaction.atomic
def add_to_family(
    *,
    family: Family,
    told: NewFamily,
    in_round: Round,
    referred_on: date,
    agreed_on: date,
    reason: str = "",
    source: str = "",
    by: User,
) -> None:
    """Add people, ways to reach them and needs that are new, and the referral as one more.

    The family waits in the round, unless it waits or takes part already.
    """
    row = Family.objects.select_for_update().get(pk=family.pk)
    add_household(row, told, by)
    add_people(row, told)
    town = row.municipality_id
    Referral.objects.create(
        municipality_id=town,
        family=row,
        round=in_round,
        source=source,
        referred_on=referred_on,
        agreed_to_contact=True,
        agreed_to_contact_on=agreed_on,
        reason=reason,
    )
    if not Participation.objects.open().filter(family=row).exists():
        Participation.objects.create(municipality_id=town, family=row, round=in_round, waiting_since=referred_on)
    record("add_to_family", by=by, municipality=town, family=row.pk)


def add_household(row: Family, told: NewFamily, by: User) -> None:
    """Needs where none stand, languages as well; a confidential address stays one, or becomes one."""
    for name in TEXTS:
        setattr(row, name, getattr(row, name) or getattr(told, name))
    if not row.address:
        for name in HOME:
            setattr(row, name, getattr(told, name) or getattr(row, name))
    row.languages = list(dict.fromkeys([*row.languages, *told.languages]))
    row.needs_transport = row.needs_transport or told.needs_transport
    if told.protection != Protection.NONE and not row.is_protected:
        change_protection(family=row, protection=told.protection, by=by)
    row.save()


def add_people(row: Family, told: NewFamily) -> None:
    """Who is not there yet; and of who is, a phone, an e-mail or a year that was missing."""
    here = list(row.people.filter(left_on__isnull=True))
    new = people_of(row, told)
    pairs = proposed_pairs(here, new)
    for person, again in pairs:
        reached = person.phone or person.email
        person.name = person.name or again.name
        person.phone = person.phone or again.phone
        person.email = person.email or again.email
        if person.kind == PersonKind.CHILD and person.birth_year is None:
            person.birth_year, person.birth_year_about = again.birth_year, again.birth_year_about
        if not reached and again.receives:
            protected = row.is_protected
            person.receives = bool(person.phone) if protected else True
            person.channel = Channel.CALL if protected else again.channel
            person.second_channel = "" if protected else again.second_channel
        person.save()
    known = {id(again) for _person, again in pairs}
    unknown = [each for each in new if id(each) not in known]
    for position, each in enumerate(unknown, start=len(here)):
        each.position = position
        if row.is_protected and each.receives:
            each.channel, each.receives, each.second_channel = Channel.CALL, bool(each.phone), ""
    Person.objects.bulk_create(unknown)
    mark_newcomers(row)
