"""Registering a family that wants to be contacted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction

from accounts.models import User
from audit.services import record
from families.models import Channel, Family, Participation, Person, PersonKind, Protection, Referral
from planning.models import Round

REFERRING = 770_301  # names the lock of those who refer, among all locks of the database


class StrictlyProtected(Exception):
    """A family with a strictly confidential address (kode 6) is not registered at all."""


class NotAgreed(Exception):
    """The family has not said that it wants to be contacted."""


@dataclass(frozen=True)
class NewAdult:
    """An adult as first told of. `phone` is E.164; codes of languages as in `families.languages`."""

    name: str
    phone: str = ""
    email: str = ""
    language: str = "nb"
    interpreter_language: str = ""


@dataclass(frozen=True)
class NewChild:
    """A child as first told of: a name may be missing, a year may be about right."""

    name: str = ""
    birth_year: int | None = None
    about: bool = False


@dataclass(frozen=True)
class NewFamily:
    """A household as first told of."""

    name: str
    adults: Sequence[NewAdult]
    children: Sequence[NewChild] = ()
    languages: Sequence[str] = ()
    protection: str = Protection.NONE
    address: str = ""
    postcode: str = ""
    place: str = ""
    food_needs: str = ""
    access_needs: str = ""
    needs_transport: bool = False
    can_meet: str = ""
    contributes: str = ""


def is_received(*, once: str, by: User) -> bool:
    """Whether the form of this name was received; what she sends at the same moment waits for the answer.

    Ask it before receiving or keeping what she typed: the lock holds to the end of the transaction.
    """
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s, %s)", [REFERRING, by.pk % 2**31])
    return bool(once) and Referral.objects.filter(once=once).exists()


@transaction.atomic
def refer_family(
    *,
    family: NewFamily,
    in_round: Round,
    referred_on: date,
    agreed_to_contact: bool,
    agreed_on: date | None = None,
    referrer_sees_status: bool = False,
    reason: str = "",
    source: str = "",
    source_kind: str = "",
    once: str = "",
    by: User | None,
    is_own: bool = True,
) -> Family:
    """Register a family as waiting in a round, with its people and its referral.

    `is_own` False when somebody else's list is brought in: `by` is then not the referrer. `by` None when it came by the
    public form. A household that is here already becomes a second one, for a coordinator to find: whoever refers never
    learns of the first. Raises NotAgreed, and StrictlyProtected before anything is stored.
    """
    if family.protection == "strict":
        raise StrictlyProtected
    if not agreed_to_contact:
        raise NotAgreed
    town = in_round.municipality
    row = Family.objects.create(
        municipality=town,
        name=family.name,
        languages=list(family.languages),
        protection=family.protection,
        address=family.address,
        postcode=family.postcode,
        place=family.place,
        food_needs=family.food_needs,
        access_needs=family.access_needs,
        needs_transport=family.needs_transport,
        can_meet=family.can_meet,
        contributes=family.contributes,
    )
    Person.objects.bulk_create(people_of(row, family))
    Referral.objects.create(
        municipality=town,
        family=row,
        round=in_round,
        referred_by=by if is_own else None,
        source=source,
        source_kind=source_kind,
        named=family.name,
        once=once,
        referred_on=referred_on,
        agreed_to_contact=True,
        agreed_to_contact_on=agreed_on or referred_on,
        referrer_sees_status=referrer_sees_status,
        reason=reason,
    )
    Participation.objects.create(municipality=town, family=row, round=in_round, waiting_since=referred_on)
    record("refer_family", by=by, municipality=town, family=row.pk)
    return row


def people_of(row: Family, family: NewFamily) -> list[Person]:
    """The rows of its people. An adult who can be reached gets the messages, by
    e-mail when a text message does not arrive; somebody calls a protected family."""
    protected = family.protection != Protection.NONE
    adults = [
        Person(
            municipality_id=row.municipality_id,
            family=row,
            kind=PersonKind.ADULT,
            name=adult.name,
            position=position,
            phone=adult.phone,
            email=adult.email,
            receives=bool(adult.phone or (adult.email and not protected)),
            channel=Channel.CALL if protected else Channel.SMS if adult.phone else Channel.EMAIL,
            second_channel=Channel.EMAIL if adult.phone and adult.email and not protected else "",
            language=adult.language,
            interpreter_language=adult.interpreter_language,
        )
        for position, adult in enumerate(family.adults)
    ]
    children = [
        Person(
            municipality_id=row.municipality_id,
            family=row,
            kind=PersonKind.CHILD,
            name=child.name,
            position=position,
            birth_year=child.birth_year,
            birth_year_about=child.about,
        )
        for position, child in enumerate(family.children)
    ]
    return adults + children
