"""A municipality's own words: writing them, going back to ours, and noting who has read them."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from audit.services import record
from municipalities.models import Municipality
from outbox.catalogue import Template
from outbox.models import SignOff, Wording
from outbox.wordings import our_words, wordings

if TYPE_CHECKING:
    from accounts.models import User


class WordsChanged(Exception):
    """The words are others than those that were read."""


@transaction.atomic
def write_wording(
    *, kind: str, language: str, words: Template, municipality: Municipality, by: "User", now: datetime
) -> None:
    """Say it in these words from now on; a letter that is promised already keeps its own. Our own words again are no
    wording of the municipality's."""
    if words == our_words(kind, language):
        take_back_wording(kind=kind, language=language, municipality=municipality, by=by)
        return
    wording, _made = Wording.objects.update_or_create(
        municipality=municipality,
        kind=kind,
        language=language,
        defaults={
            "subject": words.subject,
            "body": words.body,
            "sms": words.sms,
            "written_by": by,
            "written_at": now,
        },
    )
    record("write_wording", by=by, municipality=municipality, wording=wording.pk)


@transaction.atomic
def take_back_wording(*, kind: str, language: str, municipality: Municipality, by: "User") -> None:
    """Back to our words; the history keeps the municipality's."""
    for wording in Wording.objects.filter(municipality=municipality, kind=kind, language=language):
        record("take_back_wording", by=by, municipality=municipality, wording=wording.pk)
        wording.delete()


@transaction.atomic
def sign_off(
    *, kind: str, language: str, digest: str, read_by: str, municipality: Municipality, by: "User", now: datetime
) -> None:
    """Note that `read_by`, who speaks the language at home, has read these very words. Raises WordsChanged."""
    if digest != wordings(kind).template(kind, language).digest:
        raise WordsChanged
    signed, _made = SignOff.objects.update_or_create(
        municipality=municipality,
        kind=kind,
        language=language,
        digest=digest,
        defaults={"read_by": read_by, "signed_by": by, "signed_at": now},
    )
    record("sign_off_wording", by=by, municipality=municipality, sign_off=signed.pk)
