"""When something fails on our side: a page that keeps what was typed, and needs no database."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.middleware.csrf import get_token
from django.template.loader import render_to_string

LONGEST = 100_000  # characters of typed text that the page carries
SECRET = ("csrfmiddlewaretoken", "password")


def failed(request: HttpRequest) -> HttpResponse:
    """The handler of status 500. A database that is away for a moment is 503: the same form can be sent again.

    What was typed comes back in the page itself, as hidden fields of a form with one button. Passwords do not.
    """
    away = isinstance(sys.exc_info()[1], OperationalError | InterfaceError)
    fields = typed(request)
    html = render_to_string(
        "500.html",
        {
            "away": away,
            "fields": fields,
            "action": request.get_full_path(),
            "again": get_token(request) if fields else "",
        },
    )
    response = HttpResponse(html, status=503 if away else 500)
    if away:
        response.headers["Retry-After"] = "10"
    return response


def typed(request: HttpRequest) -> list[tuple[str, str]]:
    """Names and values of the form as it was sent; none of a file, a log-in, or more than a page should carry."""
    if request.method != "POST" or request.path.startswith("/konto/"):
        return []
    try:
        given = [(name, str(value)) for name, values in request.POST.lists() for value in values]
    except (OSError, MultiPartParserError):  # the rest of it never came
        return []
    fields = [(name, value) for name, value in given if not name.startswith(SECRET)]
    return fields if sum(len(value) for _name, value in fields) <= LONGEST else []
