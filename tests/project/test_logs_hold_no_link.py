"""What the log says of a request never holds the token of a personal link."""

import logging

import pytest

from sammen.logs import WithoutLinks

TOKEN = "Ab3-_deFGh1jKLmnopQRst"


@pytest.mark.parametrize(
    "path",
    [
        f"/s/{TOKEN}",
        f"/invitasjon/{TOKEN}/",
        "/konto/password/reset/key/3-diqsea-483fedd78e8b623522e7fb5a282e44ac/",
        "/konto/confirm-email/MQ:1wPqRs:sgXk-7hd_2/",
    ],
)
def test_a_token_is_masked_wherever_it_stands(path: str) -> None:
    record = logging.LogRecord("django.request", logging.WARNING, "", 0, "Forbidden: %s", (path,), None)
    assert WithoutLinks().filter(record)
    said = record.getMessage()
    assert "…" in said
    assert not any(part in said for part in path.strip("/").split("/")[-1].split(":"))


def test_other_addresses_are_said_as_they_are() -> None:
    record = logging.LogRecord("django.request", logging.WARNING, "", 0, "Not Found: %s", ("/k/9901/folk/7/",), None)
    assert WithoutLinks().filter(record)
    assert record.getMessage() == "Not Found: /k/9901/folk/7/"
