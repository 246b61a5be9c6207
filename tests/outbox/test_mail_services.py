"""Mail by a sending service: a real Anymail backend that speaks to a server on loopback."""

import base64
import json
from typing import Any

import pytest
from django.test import Client

from municipalities.models import Municipality
from municipalities.tenancy import activate
from outbox.channels.email import message_id
from outbox.delivery import sweep
from outbox.models import Message
from tests.outbox.promises import promise, state
from tests.outbox.servers import Provider

pytestmark = pytest.mark.usefixtures("at_noon", "kinds_as_before")
ADDRESS = "/epost/kvittering/"
INACTIVE = "Found inactive addresses: a@example.org. Inactive recipients are ones that have bounced."
TAKEN = {"ErrorCode": 0, "Message": "OK", "MessageID": "pm-1", "SubmittedAt": "2026-11-24T11:00:00Z"}


@pytest.fixture
def postmark(provider: Provider, settings: Any) -> Provider:
    settings.EMAIL_BACKEND = "anymail.backends.postmark.EmailBackend"
    settings.ANYMAIL = {
        "POSTMARK_SERVER_TOKEN": "hemmelig",
        "POSTMARK_API_URL": f"{provider.url}/",
        "WEBHOOK_SECRET": "navn:passord",
    }
    provider.answer = {**TAKEN, "To": "a@example.org"}
    return provider


def test_a_mail_goes_by_the_service_and_its_id_is_kept(lillevik: Municipality, postmark: Provider) -> None:
    message = promise(lillevik)
    assert sweep() == 1
    [request] = postmark.got
    sent = request.json()
    assert request.headers["x-postmark-server-token"] == "hemmelig"
    assert (sent["To"], sent["Subject"], sent["TextBody"]) == ("a@example.org", "Emne", "Hei\n\nVi ses")
    assert 'lang="nb"' in sent["HtmlBody"]
    headers = {header["Name"].lower(): header["Value"] for header in sent["Headers"]}
    assert headers["message-id"] == message_id(message)
    assert (state(message), message.provider_id) == (("sent", ""), "pm-1")


@pytest.mark.parametrize(
    ("status", "answer", "then"),
    [
        (422, {"ErrorCode": 406, "Message": INACTIVE}, "Adressen ble ikke godtatt."),
        (422, {"ErrorCode": 300, "Message": "Invalid 'From' address"}, "E-posttjeneren avviste meldingen."),
    ],
)
def test_what_the_service_refuses_for_good_has_failed(
    status: int, answer: dict[str, Any], then: str, lillevik: Municipality, postmark: Provider
) -> None:
    postmark.status, postmark.answer = status, answer
    message = promise(lillevik)
    assert sweep() == 0
    assert state(message) == ("failed", then)


@pytest.mark.parametrize("status", [401, 429, 500, 503])
def test_what_is_not_about_the_mail_is_tried_later(status: int, lillevik: Municipality, postmark: Provider) -> None:
    postmark.status, postmark.answer = status, {"ErrorCode": 10, "Message": "no"}
    message = promise(lillevik)
    assert sweep() == 0
    assert state(message) == ("queued", "E-posttjeneren avviste meldingen.")
    postmark.status, postmark.answer = 200, {**TAKEN, "To": "a@example.org"}
    assert sweep(message.due_at) == 1


def test_a_service_that_is_away_is_asked_later(lillevik: Municipality, postmark: Provider, settings: Any) -> None:
    settings.ANYMAIL = {**settings.ANYMAIL, "POSTMARK_API_URL": "http://127.0.0.1:1/"}
    message = promise(lillevik)
    assert sweep() == 0
    assert state(message) == ("queued", "E-posttjeneren svarer ikke.")


def tell(event: dict[str, Any], signed: str = "navn:passord") -> int:
    who = base64.b64encode(signed.encode()).decode()
    activate(None)
    return (
        Client()
        .post(ADDRESS, json.dumps(event), content_type="application/json", headers={"Authorization": f"Basic {who}"})
        .status_code
    )


def test_what_the_service_tells_afterwards_is_noted(lillevik: Municipality, postmark: Provider) -> None:
    message = promise(lillevik)
    sweep()
    event = {"RecordType": "Delivery", "MessageID": "pm-1", "Recipient": "a@example.org"}
    assert tell({**event, "DeliveredAt": "2026-11-24T11:00:05Z"}) == 200
    activate(lillevik.pk)
    assert state(message)[0] == "delivered"
    assert tell({"RecordType": "Bounce", "MessageID": "pm-1", "ID": 1, "Type": "HardBounce", "TypeCode": 1}) == 200
    activate(lillevik.pk)
    assert state(message)[0] == "delivered"


def test_a_bounce_has_failed_and_a_strangers_mail_is_let_be(lillevik: Municipality, postmark: Provider) -> None:
    message = promise(lillevik)
    sweep()
    bounce = {"RecordType": "Bounce", "ID": 1, "Type": "HardBounce", "TypeCode": 1, "Email": "a@example.org"}
    assert tell({**bounce, "MessageID": "of-somebody-else"}) == 200
    assert tell({**bounce, "MessageID": "pm-1"}) == 200
    activate(lillevik.pk)
    assert state(message) == ("failed", "Den ble sendt, men kom ikke fram. (bounced)")


def test_only_the_service_itself_is_heard(lillevik: Municipality, postmark: Provider, settings: Any) -> None:
    Message.objects.filter(pk=promise(lillevik).pk).update(
        state="sent", sent_at="2026-11-24T11:00Z", provider_id="pm-1"
    )
    event = {"RecordType": "Delivery", "MessageID": "pm-1", "DeliveredAt": "2026-11-24T11:00:05Z"}
    assert tell(event, signed="navn:gjettet") == 400
    settings.ANYMAIL = {**settings.ANYMAIL, "WEBHOOK_SECRET": ""}
    assert tell(event) == 404
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    assert tell(event) == 404
    activate(lillevik.pk)
    assert Message.objects.get().state == "sent"
