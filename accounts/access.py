"""Who may open a view. Every view carries exactly one of these two."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse

from accounts.permissions import Permission
from accounts.requests import Request
from audit.services import note_refusal

View = Callable[..., HttpResponse]


def requires(permission: Permission) -> Callable[[View], View]:
    """Open the view to those whose roles in the municipality of the path hold the permission; 403 to the rest.

    Checked before any look-up. The refusal is noted.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def checked(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
            if permission not in request.user.permissions:
                note_refusal(request, permission)
                raise PermissionDenied
            return view(request, *args, **kwargs)

        checked.access = permission  # type: ignore[attr-defined]
        return checked

    return decorate


def signed_in(view: View) -> View:
    """Open the view to everybody with an account, whatever the role: only for a person's own matters."""
    view.access = "signed in"  # type: ignore[attr-defined]
    return view


def public(view: View) -> View:
    """Open the view to everybody, without log-in."""
    opened: View = login_not_required(view)
    opened.access = "public"  # type: ignore[attr-defined]
    return opened
