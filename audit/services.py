"""The only ways into the logs."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from audit.models import Event, Read, Refusal

if TYPE_CHECKING:
    from accounts.models import User
    from accounts.requests import Request
    from municipalities.models import Municipality


def record(verb: str, *, by: "User | None", municipality: "Municipality | int", **ids: int) -> None:
    """Note what was done, inside the transaction that did it."""
    pk = municipality if isinstance(municipality, int) else municipality.pk
    Event.objects.create(municipality_id=pk, user=by, verb=verb, ids=ids)


def note_read(request: "Request", kind: str, ids: Iterable[int]) -> None:
    """Note which rows of `kind` (family, referral …) this page shows; written once the page is made.

    It survives a page that fails half-way: what was fetched may have been seen.
    """
    shown = sorted(set(ids))
    if not shown or request.municipality is None:
        return
    page = request.resolver_match.view_name if request.resolver_match else ""
    row = Read(municipality=request.municipality, user_id=request.user.pk, page=page, kind=kind, ids=shown)
    request.afterwards.append(row.save)


def note_refusal(request: "Request", permission: str) -> None:
    """Note that a signed-in person was refused a page."""
    page = request.resolver_match.view_name if request.resolver_match else ""
    row = Refusal(user_id=request.user.pk, page=page, permission=permission)
    request.afterwards.append(row.save)
