"""Views know nothing of htmx: partials, redirects, messages and refusals are put right around them."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib import messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden, HttpResponseRedirect
from django.test import RequestFactory

from web.htmx import HtmxResponseMiddleware
from web.partials import render

HX = {"HX-Request": "true"}


def answer(view: Callable[[HttpRequest], HttpResponse], **headers: str) -> HttpResponse:
    request = RequestFactory().get("/", headers=headers)
    request._messages = CookieStorage(request)
    return HtmxResponseMiddleware(view)(request)


def saved(request: HttpRequest) -> HttpResponse:
    messages.success(request, "Kept <safe>.")
    return HttpResponse("<p>row</p>")


def test_a_redirect_leads_the_whole_page() -> None:
    response = answer(lambda _request: HttpResponseRedirect("/next/"), **HX)
    assert (response.status_code, response["HX-Redirect"], response.content) == (200, "/next/", b"")
    assert "Location" not in response.headers


def test_without_htmx_a_redirect_is_a_redirect() -> None:
    response = answer(lambda _request: HttpResponseRedirect("/next/"))
    assert (response.status_code, response["Location"]) == (302, "/next/")


def test_messages_come_along_out_of_band_and_only_once() -> None:
    response = answer(saved, **HX)
    html = response.content.decode()
    assert html.startswith("<p>row</p>")
    assert 'hx-swap-oob="beforeend:#messages"' in html
    assert "Kept &lt;safe&gt;." in html
    assert response.cookies["messages"].value == ""


def test_without_htmx_the_answer_is_left_alone() -> None:
    assert answer(saved).content == b"<p>row</p>"


def test_a_refusal_becomes_one_sentence_among_the_messages() -> None:
    response = answer(lambda _request: HttpResponseForbidden("<html>a whole page</html>"), **HX)
    assert (response.status_code, response["HX-Retarget"], response["HX-Reswap"]) == (403, "#messages", "beforeend")
    assert "a whole page" not in response.content.decode()


@pytest.mark.parametrize("status", [409, 422])
def test_a_views_own_answer_to_a_conflict_is_kept(status: int) -> None:
    response = answer(lambda _request: HttpResponse("both versions", status=status), **HX)
    assert (response.content, "HX-Retarget" in response.headers) == (b"both versions", False)


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({}, "page(rows)"),
        ({**HX, "HX-Target": "rows"}, "rows"),
        ({**HX, "HX-Target": "other"}, "page(rows)"),
        ({**HX, "HX-Target": "rows", "HX-Boosted": "true"}, "page(rows)"),
    ],
)
def test_only_the_piece_that_was_asked_for_is_drawn(
    headers: dict[str, str], expected: str, tmp_path: Path, settings: object
) -> None:
    (tmp_path / "families.html").write_text("page({% include 'families_rows.html' %})")
    (tmp_path / "families_rows.html").write_text("rows")
    settings.TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "DIRS": [tmp_path]}]
    response = render(RequestFactory().get("/", headers=headers), "families.html", partial="rows")
    assert (response.content.decode(), response["Vary"]) == (expected, "HX-Request, HX-Target")
