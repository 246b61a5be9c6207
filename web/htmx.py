"""What an answer needs when htmx asked for it, so that views need not know."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation

OWN_ANSWERS = {409, 422}  # a view's own partial: what somebody else saved, or a form with errors


class HtmxResponseMiddleware:
    """Redirects lead the whole page, messages come along, and a refusal is shown instead of swallowed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.headers.get("HX-Request") != "true" or request.headers.get("HX-Boosted") == "true":
            return response
        if response.status_code in {301, 302, 303, 307, 308}:
            return lead_on(response)
        if response.status_code >= 400 and response.status_code not in OWN_ANSWERS:
            return refused(request, response)
        if response.get("Content-Type", "").startswith("text/html") and not response.streaming:
            add_messages(request, response)
        return response


def lead_on(response: HttpResponse) -> HttpResponse:
    """The browser goes to the new address itself; followed by htmx, a page would land inside a page."""
    response.headers["HX-Redirect"] = response.headers["Location"]
    del response.headers["Location"]
    response.status_code = 200
    response.content = b""
    return response


def refused(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """One sentence among the messages, in place of a whole error page inside a page."""
    response.headers["HX-Retarget"] = "#messages"
    response.headers["HX-Reswap"] = "beforeend"
    response.headers["Content-Type"] = "text/html; charset=utf-8"
    response.content = piece(request, "components/refused.html", {"status": response.status_code})
    return response


def piece(request: HttpRequest, template: str, context: dict[str, Any]) -> bytes:
    """A component in the person's language, which the middleware inside this one has already put back."""
    with translation.override(getattr(request, "LANGUAGE_CODE", None) or translation.get_language()):
        return render_to_string(template, context).encode()


def add_messages(request: HttpRequest, response: HttpResponse) -> None:
    """Append waiting messages to the answer, out of band, and mark them as shown."""
    storage = getattr(request, "_messages", None)
    if storage is None or not len(storage):
        return
    waiting = list(messages.get_messages(request))
    response.content += piece(request, "components/messages.html", {"messages": waiting, "out_of_band": True})
    # The message middleware may already have stored them on its way out: stored again, now they are used up.
    storage.update(response)
