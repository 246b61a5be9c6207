"""Sending what staff wrote: rows in the outbox, one for each recipient, or nothing at all."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.models import User
from audit.services import record
from families.models import Family
from groups.models import Group
from messaging.audience import audience_of
from messaging.letters import write
from messaging.models import OWN, OwnMessage
from municipalities.models import Municipality
from outbox.catalogue import letter_language
from outbox.services import enqueue
from outbox.texts import Text
from outbox.wordings import wordings
from web.identity_numbers import holds_identity_number


class AudienceChanged(Exception):
    """Others would get it than she looked at."""


class NobodyToReach(Exception):
    """No family was chosen, or none of them can be reached."""


class HoldsIdentityNumber(Exception):
    """An identity number is never sent."""


@transaction.atomic
def send_own_message(
    *,
    words: str,
    families: list[Family],
    group: Group | None,
    seen: str,
    form: UUID,
    municipality: Municipality,
    by: User,
    now: datetime,
) -> OwnMessage:
    """Promise these words to each recipient; `seen` is the fingerprint of the audience she looked at.

    A family with a protected address, or one that is called, becomes a call; the protected one's row holds no text.
    The same form again gives the first message back. Raises AudienceChanged, NobodyToReach, HoldsIdentityNumber.
    """
    own, made = OwnMessage.objects.get_or_create(
        municipality=municipality,
        form=form,
        defaults={"words": words, "group": group, "sent_by": by, "sent_at": now},
    )
    if not made:
        return own
    if holds_identity_number(words):
        raise HoldsIdentityNumber
    audience = audience_of(families)
    if not audience.addressees:
        raise NobodyToReach
    if audience.fingerprint != seen:
        raise AudienceChanged
    said = wordings(OWN)
    for to in audience.addressees:
        person = to.person
        text = Text(subject="", body="") if person.family.is_protected else write(words, person, by, said)
        enqueue(
            key=f"{OWN}:{own.pk}:1:{person.pk}",
            kind=OWN,
            channel=to.channel,
            address=to.address,
            recipient=f"person:{person.pk}",
            recipient_name=person.first_name,
            about=own.about,
            language=letter_language(person.language),
            due_at=now,
            text=text,
            municipality=municipality,
            by=by,
        )
    record("send_own_message", by=by, municipality=municipality, own_message=own.pk)
    return own
