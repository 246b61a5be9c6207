"""A family's address becomes confidential (kode 7), or is so no longer."""

from django.db import transaction

from accounts.models import User
from audit.services import record
from families.models import Channel, Family, Protection
from families.services.referrals import StrictlyProtected
from outbox.services import reach_anew


@transaction.atomic
def change_protection(*, family: Family, protection: str, by: User) -> None:
    """From now on it is only called, or may be written to again once it says so itself (domain rule 10).

    What is promised already becomes a call that says nothing: at once, or when it was to go. Raises StrictlyProtected:
    kode 6 is not kept here.
    """
    if protection not in Protection.values:
        raise StrictlyProtected
    family.protection = protection
    family.save(update_fields=["protection"])
    if family.is_protected:
        for person in family.people.filter(receives=True).exclude(channel=Channel.CALL, second_channel=""):
            person.channel, person.second_channel, person.receives = Channel.CALL, "", bool(person.phone)
            person.save(update_fields=["channel", "second_channel", "receives"])
    for person in family.people.filter(receives=True):
        reach_anew(recipient=f"person:{person.pk}")
    record("change_protection", by=by, municipality=family.municipality_id, family=family.pk)
