"""Somebody wants no text messages any more."""

from datetime import datetime

from django.db import transaction

from audit.services import record
from families.models import Channel, Consent, Person, Purpose
from outbox.services.rerouting import reroute_text_messages


@transaction.atomic
def end_text_messages(*, person: Person, now: datetime) -> Person:
    """Whatever she gets from now on comes by e-mail where that is her second way, else somebody calls.

    Her consent to text messages ends, and what waits in the outbox changes its way at once. Twice is once.
    """
    person = Person.objects.select_for_update(of=("self",)).select_related("family").get(pk=person.pk)
    ended = Consent.objects.filter(person=person, purpose=Purpose.SMS, withdrawn_at__isnull=True)
    for consent in ended:
        record("withdraw_consent", by=None, municipality=person.municipality_id, consent=consent.pk)
    ended.update(withdrawn_at=now)
    by_mail = bool(person.email) and person.second_channel == Channel.EMAIL
    if person.channel == Channel.SMS:
        person.channel = Channel.EMAIL if by_mail else Channel.CALL
    if person.second_channel in {Channel.SMS, person.channel}:
        person.second_channel = ""
    person.save(update_fields=["channel", "second_channel"])
    reroute_text_messages(
        recipient=f"person:{person.pk}",
        channel=person.channel,
        address=person.email if person.channel == Channel.EMAIL else person.phone,
        now=now,
    )
    return person
