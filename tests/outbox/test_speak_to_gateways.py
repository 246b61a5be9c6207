"""SMS gateways as the environment describes them, and vendors by Apprise: over real HTTP on loopback."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest

from municipalities.models import Municipality
from outbox.delivery import sweep
from outbox.rules.gateways import Gateway, WrongSetting, at, fill, gateways, json_object
from outbox.rules.receipts import receipts_described
from outbox.texts import Text
from tests.outbox.promises import promise, state
from tests.outbox.servers import Provider, answering

pytestmark = pytest.mark.usefixtures("at_noon", "kinds_as_before")
ROOT = Path(__file__).resolve().parents[2]
TEXT = 'Hei {to}, «vi» ses & "hilsen" 50 % 👋'


def text(words: str) -> Text:
    return Text(subject="", body="", sms=words)


@pytest.fixture
def second() -> Iterator[Provider]:
    with answering() as one:
        yield one


def test_a_gateway_gets_its_own_fields_and_headers_and_its_id_is_found(
    lillevik: Municipality, provider: Provider, settings: Any
) -> None:
    settings.SMS_URLS = [f"{provider.url}/v1/send"]
    settings.SMS_GATEWAYS = {
        provider.host: {
            "headers": {"Authorization": "Bearer hemmelig"},
            "body": {"sms": [{"dest": ["{to_digits}"], "content": "{text}", "ref": "{id}", "flash": False}]},
            "id": "result.0.messageId",
        }
    }
    provider.answer = {"result": [{"messageId": 4711}]}
    message = promise(lillevik, channel="sms", text=text(TEXT))
    assert sweep() == 1
    [request] = provider.got
    assert request.path == "/v1/send"
    assert request.json() == {
        "sms": [{"dest": ["4740000001"], "content": TEXT, "ref": f"{lillevik.pk}:try:1:1:a", "flash": False}]
    }
    assert request.headers["authorization"] == "Bearer hemmelig"
    assert request.headers["idempotency-key"] == f"{lillevik.pk}:try:1:1:a"
    assert (state(message), message.provider_id) == (("sent", ""), "4711")


def test_a_gateway_may_want_a_form_and_the_number_in_its_address(
    lillevik: Municipality, provider: Provider, settings: Any
) -> None:
    settings.SMS_URLS = [f"{provider.url}/send/{{to}}?from={{from}}"]
    settings.SMS_GATEWAYS = {provider.host: {"format": "form", "body": {"To": "{to}", "Body": "{text}"}, "id": "sid"}}
    provider.status, provider.answer = 201, {"sid": "SM1"}
    message = promise(lillevik, channel="sms", text=text(TEXT))
    assert sweep() == 1
    [request] = provider.got
    assert request.path == "/send/%2B4740000001?from=SAMMEN"
    assert parse_qs(request.body.decode()) == {"To": ["+4740000001"], "Body": [TEXT]}
    assert (state(message)[0], message.provider_id) == ("sent", "SM1")


@pytest.mark.parametrize("answer", ["ok", ["x"], {"id": None}, {"id": {"a": 1}}, {"id": True}, 7])
def test_a_gateway_without_an_id_is_believed(
    answer: Any, lillevik: Municipality, provider: Provider, settings: Any
) -> None:
    settings.SMS_URLS, provider.answer = [provider.url], answer
    message = promise(lillevik, channel="sms")
    assert sweep() == 1
    assert (state(message)[0], message.provider_id) == ("sent", "")


@pytest.mark.parametrize("status", [503, 400])
def test_the_next_gateway_is_asked_when_the_first_refuses(
    status: int, lillevik: Municipality, provider: Provider, second: Provider, settings: Any
) -> None:
    settings.SMS_URLS = [provider.url, second.url]
    provider.status, second.answer = status, {"id": "second"}
    message = promise(lillevik, channel="sms")
    assert sweep() == 1
    assert (state(message)[0], message.provider_id) == ("sent", "second")
    keys = {request.headers["idempotency-key"] for request in [*provider.got, *second.got]}
    assert keys == {f"{lillevik.pk}:try:1:1:a"}


@pytest.mark.parametrize("status", [401, 402, 403, 404, 429, 500, 503])
def test_what_is_our_own_fault_never_counts_against_the_number(
    status: int, lillevik: Municipality, provider: Provider, settings: Any
) -> None:
    settings.SMS_URLS, provider.status = [provider.url], status
    message = promise(lillevik, channel="sms")
    assert sweep() == 0
    assert state(message) == ("queued", "SMS-tjenesten kan ikke sende nå.")


def vendor(provider: Provider) -> str:
    return f"json://{provider.host}/sms?:recipient={{to}}"


def test_a_vendor_is_spoken_to_by_apprise(lillevik: Municipality, provider: Provider, settings: Any) -> None:
    settings.SMS_URLS = [vendor(provider)]
    message = promise(lillevik, channel="sms", text=text(TEXT))
    assert sweep() == 1
    [request] = provider.got
    assert (request.json()["message"], request.json()["recipient"]) == (TEXT, "+4740000001")
    assert (state(message)[0], message.provider_id) == ("sent", "")


@pytest.mark.parametrize(
    ("status", "then"),
    [
        (400, ("failed", "Nummeret ble ikke godtatt.")),
        (401, ("queued", "SMS-tjenesten kan ikke sende nå.")),
        (500, ("queued", "SMS-tjenesten kan ikke sende nå.")),
    ],
)
def test_what_a_vendor_answers_is_understood(
    status: int, then: tuple[str, str], lillevik: Municipality, provider: Provider, settings: Any, caplog: Any
) -> None:
    settings.SMS_URLS, provider.status = [vendor(provider)], status
    message = promise(lillevik, channel="sms")
    assert sweep() == 0
    assert state(message) == then
    assert "40000001" not in caplog.text  # a number of a person belongs in no log


def test_a_vendor_that_is_away_is_asked_later(lillevik: Municipality, settings: Any) -> None:
    settings.SMS_URLS = ["json://127.0.0.1:1/sms?:to={to}"]
    message = promise(lillevik, channel="sms")
    assert sweep() == 0
    assert state(message) == ("queued", "SMS-tjenesten svarer ikke.")


def test_templates_are_filled_once() -> None:
    values = {"to": "{text}", "text": "{to}", "id": "1"}
    assert fill({"a": ["{to}", 3, None], "b": "x{text}y{id}"}, values) == {"a": ["{text}", 3, None], "b": "x{to}y1"}
    assert at("a.1.b", {"a": [0, {"b": "found"}]}) == "found"
    assert at("a.9.b", {"a": [0]}) == at("a.b", {"a": "b"}) == ""


@pytest.mark.parametrize(
    ("urls", "described", "words"),
    [
        (["sms.example.org/send"], {}, "scheme and a host"),
        (["https:///send"], {}, "scheme and a host"),
        (["twilio://SID:TOKEN@+4790000000/"], {}, "{to}"),
        (["https://a.example.org/{phone}"], {}, "{phone} is not known"),
        (["https://a.example.org"], {"b.example.org": {}}, "describes b.example.org"),
        (["https://a.example.org"], {"a.example.org": []}, "must be a JSON object"),
        (["https://a.example.org"], {"a.example.org": {"boddy": {}}}, "«boddy» is not known"),
        (["https://a.example.org"], {"a.example.org": {"format": "xml"}}, "json or form"),
        (["https://a.example.org"], {"a.example.org": {"body": {"to": "{to}"}}}, "{text}"),
        (["https://a.example.org"], {"a.example.org": {"body": {"x": "{text}"}}}, "{to}"),
        (["https://a.example.org"], {"a.example.org": {"body": {"x": "{text}{to}{name}"}}}, "{name} is not known"),
        (["https://a.example.org"], {"a.example.org": {"format": "form", "body": {"x": ["{text}{to}"]}}}, "texts"),
        (["https://a.example.org"], {"a.example.org": {"headers": {"X": 1}}}, "headers"),
        (["https://a.example.org"], {"a.example.org": {"id": 1}}, "id must be a path"),
    ],
)
def test_a_description_that_cannot_be_used_is_said(urls: list[str], described: dict[str, Any], words: str) -> None:
    with pytest.raises(WrongSetting) as refused:
        gateways(urls, described)
    assert words in str(refused.value)


def test_a_vendor_needs_no_description() -> None:
    found = gateways(["46elks://name:password@SAMMEN/{to}", "https://a.example.org:8443/x"], {})
    assert [gateway.is_plain for gateway in found] == [False, True]
    assert found[0].address({"to": "+4740000001"}) == "46elks://name:password@SAMMEN/%2B4740000001"
    assert found[1] == Gateway("https://a.example.org:8443/x")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"colour": "red"}, "«colour» is not known"),
        ({"delivered": "DELIVRD"}, "list of words"),
        ({"id": ""}, "must be a text"),
        ({"delivered": ["Done"], "failed": ["done"]}, "both"),
    ],
)
def test_a_receipt_described_wrongly_is_said(given: dict[str, Any], words: str) -> None:
    with pytest.raises(WrongSetting, match=words):
        receipts_described(given)


@pytest.mark.parametrize("words", ["{", "[]", "7"])
def test_only_a_json_object_describes(words: str) -> None:
    with pytest.raises(WrongSetting, match="SMS_GATEWAYS"):
        json_object("SMS_GATEWAYS", words)


@pytest.mark.parametrize(
    ("name", "value"),
    [("SMS_GATEWAYS", '{"sms.example.org": {"format": "xml"}}'), ("ANYMAIL", "{"), ("SMS_RECEIPTS", "[]")],
)
def test_a_malformed_setting_stops_the_start_with_one_sentence(name: str, value: str) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", "import sammen.settings"],
        cwd=ROOT,
        env={**os.environ, "SMS_URLS": "https://sms.example.org/send", name: value},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 1
    last = ended.stderr.strip().splitlines()[-1]
    assert last.startswith(f"django.core.exceptions.ImproperlyConfigured: {name}")
    assert last.endswith("See .env.example.")
