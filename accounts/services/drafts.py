"""What is being typed, kept for the person who types it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from accounts.models import Draft, User
from municipalities.models import Municipality
from web.identity_numbers import without_identity_numbers

LONGEST = 20_000  # characters of one field; more is not typed on a phone


def save_draft(*, form: str, fields: Mapping[str, list[str]], user: User, municipality: Municipality) -> datetime:
    """Keep the fields as last typed (each name with its values); returns when."""
    kept = {name: [value[:LONGEST] for value in values] for name, values in fields.items()}
    draft, _made = Draft.objects.update_or_create(
        municipality=municipality, user=user, form=form, defaults={"fields": kept}
    )
    return draft.saved_at


def load_draft(*, form: str, user: User, municipality: Municipality) -> Draft | None:
    """Her own draft of this form, or None. Nobody else's is ever shown."""
    return Draft.objects.filter(municipality=municipality, user=user, form=form).first()


def discard_draft(*, form: str, user: User, municipality: Municipality) -> None:
    """The form was saved, or she chose to begin again."""
    Draft.objects.filter(municipality=municipality, user=user, form=form).delete()


def typed(request_data: Any) -> dict[str, list[str]]:
    """The fields of a posted form, without its token. Identity numbers are not kept, in drafts either."""
    return {
        name: [without_identity_numbers(value.replace("\x00", "")) for value in request_data.getlist(name)]
        for name in request_data
        if name != "csrfmiddlewaretoken" and "\x00" not in name
    }


def forget_old_drafts(*, before: datetime) -> int:
    """Drafts that nobody has come back to; returns how many."""
    return Draft.objects.filter(saved_at__lt=before).delete()[0]
