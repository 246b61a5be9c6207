"""Whatever fails on our side, what somebody typed comes back to her."""

from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
from django.db import connections
from django.test import Client

from sammen.urls import handler500

pytestmark = [pytest.mark.urls("tests.web.urls"), pytest.mark.django_db(transaction=True)]
TYPED = {
    "did": "Vi bakte «brød» <sammen>\nog pratet",
    "family": ["4", "9"],
    "csrfmiddlewaretoken": "x",
    "password1": "hemmelig",
}


@pytest.fixture(autouse=True)
def plain(settings: Any) -> Iterator[None]:
    """None of the middleware that knows other rooms."""
    settings.MIDDLEWARE = ["csp.middleware.CSPMiddleware", "django.middleware.common.CommonMiddleware"]
    yield
    connections["default"].close()


def hidden(html: str) -> list[tuple[str, str]]:
    found = [part.split('" value="') for part in html.split('<input type="hidden" name="')[1:]]
    return [(name, unescape(rest.split('">')[0])) for name, rest in found]


def send(path: str, data: dict[str, Any]) -> Any:
    return Client(raise_request_exception=False).post(path, data)


def test_a_database_that_is_cut_off_gives_a_form_to_send_again() -> None:
    response = send("/cut-off/?page=2", TYPED)
    html = response.content.decode()
    assert (response.status_code, response["Retry-After"]) == (503, "10")
    assert 'action="/cut-off/?page=2"' in html
    assert hidden(html)[1:] == [("did", TYPED["did"]), ("family", "4"), ("family", "9")]
    assert hidden(html)[0][0] == "csrfmiddlewaretoken"
    assert "hemmelig" not in html
    assert "<sammen>" not in html


def test_a_mistake_of_ours_keeps_it_too() -> None:
    response = send("/broken/", {"did": "Vi bakte"})
    assert response.status_code == 500
    assert hidden(response.content.decode())[1:] == [("did", "Vi bakte")]


def test_a_log_in_and_a_page_that_was_only_read_carry_nothing() -> None:
    assert hidden(send("/konto/cut-off/", {"login": "kari@example.org"}).content.decode()) == []
    response = Client(raise_request_exception=False).get("/cut-off/")
    assert (response.status_code, hidden(response.content.decode())) == (503, [])


def test_more_than_a_page_should_carry_is_not_carried() -> None:
    assert hidden(send("/cut-off/", {"did": "å" * 100_001}).content.decode()) == []


def test_the_product_uses_it() -> None:
    assert handler500 == "web.views.failed.failed"
