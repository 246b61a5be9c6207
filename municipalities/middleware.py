"""One transaction around each request: the municipality's setting lives exactly as long as it."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse

from municipalities.models import Municipality
from municipalities.tenancy import municipality

OUTSIDE = ("/konto/", "/static/", "/healthz", "/readyz")


class InsideRequest(HttpRequest):
    """What this middleware adds to a request."""

    afterwards: list[Callable[[], object]]
    municipality: Municipality | None


class TransactionMiddleware:
    """Commits what a request did, or nothing of it.

    `ATOMIC_REQUESTS` cannot carry row-level security: its transaction begins after all middleware. What must survive
    a refused or failed request (the read log, the refusal) is put on `request.afterwards` as callables without
    arguments. It is written with what the request did; where that is undone, in a second transaction.
    """

    def __init__(self, get_response: Callable[[Any], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: InsideRequest) -> HttpResponse:
        request.afterwards = []
        request.municipality = None
        if request.path.startswith(OUTSIDE):
            return self.get_response(request)
        with transaction.atomic():
            response = self.get_response(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
            if not transaction.get_rollback():
                self.finish(request)  # the same transaction, and its municipality is still the active one
        if request.afterwards:
            if request.municipality is None:
                with transaction.atomic():
                    self.finish(request)
            else:
                with municipality(request.municipality):
                    self.finish(request)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """Undo all of a request that ends in an exception, a 404 and a 403 included."""
        if transaction.get_connection().in_atomic_block:
            transaction.set_rollback(True)

    @staticmethod
    def finish(request: InsideRequest) -> None:
        while request.afterwards:
            request.afterwards.pop(0)()
