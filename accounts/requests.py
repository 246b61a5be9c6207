"""What a request carries once the middleware is done with it: for signatures of views."""

from collections.abc import Callable

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from accounts.models import User
from accounts.permissions import Permission
from municipalities.models import Municipality


class Request(HttpRequest):
    """A signed-in person's request inside a municipality.

    `municipality` is that of the path. `afterwards` runs when the request is over, whatever became of it.
    """

    user: User
    municipality: Municipality
    permissions: frozenset[Permission]
    afterwards: list[Callable[[], object]]
    htmx: HtmxDetails
