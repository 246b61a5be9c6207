"""One view, one answer: the whole page, or only the piece of it that htmx asked for."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render as render_template
from django.utils.cache import patch_vary_headers


def render(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    partial: str | tuple[str, ...] = (),
    status: int | None = None,
) -> HttpResponse:
    """The page `families/waiting.html`; or, when htmx aims at the element whose id is the `partial`'s name
    ("rows"), only `families/waiting_rows.html`, the file that the page includes inside that element.
    """
    names = (partial,) if isinstance(partial, str) else partial
    wanted = request.headers.get("HX-Target", "") if request.headers.get("HX-Request") == "true" else ""
    if wanted in names and request.headers.get("HX-Boosted") != "true":
        template = f"{template.removesuffix('.html')}_{wanted}.html"
    response = render_template(request, template, context, status=status)
    if names:
        patch_vary_headers(response, ("HX-Request", "HX-Target"))
    return response
