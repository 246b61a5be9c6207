"""What a provider tells afterwards: only when it is signed, and a message only moves on."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as how
from hypothesis import strategies as st

from municipalities.models import Municipality
from municipalities.tenancy import activate, municipality
from outbox.letters import LetterKind, Way, register
from outbox.models import Message
from outbox.rules.receipts import Description, Outcome, Receipt, Unreadable
from outbox.services.receipts import UnknownMessage, note_receipt
from outbox.signatures import SIGNATURE, TIMESTAMP, signature, signed
from tests.outbox.promises import NOON, promise, state

pytestmark = pytest.mark.usefixtures("at_noon", "kinds_as_before")
SECRET = "en hemmelighet for prøver"
ADDRESS = "/sms/kvittering/"


@pytest.fixture(autouse=True)
def with_a_secret(settings: Any) -> Iterator[None]:
    settings.SMS_WEBHOOK_SECRETS = [SECRET]
    cache.clear()
    yield
    cache.clear()


def went(town: Municipality, name: str = "a", **fields: object) -> Message:
    """A text message that the gateway has taken, under an id of its own."""
    message = promise(town, name, channel="sms")
    Message.objects.filter(pk=message.pk).update(
        **{"state": "sent", "sent_at": NOON, "provider_id": f"gw-{name}", **fields}
    )
    return message


def tell(content: Any, *, at: datetime | None = None, secret: str = SECRET, **extra: str) -> int:
    """Post a receipt, signed now unless told otherwise; the answer's status. No municipality is open."""
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    headers = {**signed(secret, body, at or timezone.now()), **extra}
    activate(None)
    return Client().post(ADDRESS, body, content_type="application/json", headers=headers).status_code


def test_a_receipt_moves_a_message_on(lillevik: Municipality) -> None:
    arrived, lost = went(lillevik), went(lillevik, "b")
    assert tell({"id": "gw-a", "state": "delivered"}) == 204
    assert tell({"id": "gw-b", "state": "Expired", "reason": "phone off"}) == 204
    activate(lillevik.pk)
    assert (state(arrived), arrived.delivered_at) == (("delivered", ""), NOON)
    assert state(lost) == ("failed", "Den ble sendt, men kom ikke fram. (phone off)")


def test_it_is_found_in_whichever_municipality_and_no_other_row_is_touched(
    lillevik: Municipality, storfjell: Municipality
) -> None:
    mine = went(lillevik)
    with municipality(storfjell):
        theirs = went(storfjell, "there")
    assert tell({"id": "gw-there", "state": "delivered"}) == 204
    with municipality(storfjell):
        assert state(theirs)[0] == "delivered"
    activate(lillevik.pk)
    assert state(mine)[0] == "sent"


def test_the_look_up_across_municipalities_gives_ids_and_nothing_more(lillevik: Municipality) -> None:
    message = went(lillevik)
    promise(lillevik, "unsent", channel="sms")
    activate(None)
    with connection.cursor() as cursor:
        cursor.execute("select * from outbox_by_provider_id('gw-a')")
        assert [column.name for column in cursor.description] == ["municipality_id", "id"]
        assert cursor.fetchall() == [(lillevik.pk, message.pk)]
        cursor.execute("select * from outbox_by_provider_id('')")
        assert cursor.fetchall() == []


def test_two_messages_of_one_id_are_not_guessed_between(lillevik: Municipality) -> None:
    first, second = went(lillevik, provider_id="same"), went(lillevik, "b", provider_id="same")
    assert tell({"id": "same", "state": "failed"}) == 404
    activate(lillevik.pk)
    assert (state(first)[0], state(second)[0]) == ("sent", "sent")


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({}, 204),
        ({"secret": "en annen"}, 401),
        ({"secret": ""}, 401),
        ({"at": NOON - timedelta(minutes=4, seconds=59)}, 204),
        ({"at": NOON + timedelta(minutes=4, seconds=59)}, 204),
        ({"at": NOON - timedelta(minutes=5, seconds=1)}, 401),  # replayed later
        ({"at": NOON + timedelta(minutes=5, seconds=1)}, 401),
        ({SIGNATURE: "æ" * 64}, 401),
        ({SIGNATURE: ""}, 401),
        ({TIMESTAMP: ""}, 401),
        ({TIMESTAMP: "9" * 400}, 401),
        ({TIMESTAMP: "nå"}, 401),
        ({TIMESTAMP: "-1"}, 401),
    ],
)
def test_only_what_is_signed_just_now_is_read(change: dict[str, Any], status: int, lillevik: Municipality) -> None:
    message = went(lillevik)
    assert tell({"id": "gw-a", "state": "delivered"}, **change) == status
    activate(lillevik.pk)
    assert state(message)[0] == ("delivered" if status == 204 else "sent")


def test_a_signature_belongs_to_its_body_and_its_time(lillevik: Municipality) -> None:
    message = went(lillevik)
    body = json.dumps({"id": "gw-a", "state": "failed"}).encode()
    stamp = str(int(NOON.timestamp()))
    for other in (body + b" ", body.replace(b"a", b"b", 1)):
        assert tell(other, **{SIGNATURE: signature(SECRET, stamp, body)}) == 401
    assert tell(body, **{TIMESTAMP: str(int(stamp) + 1), SIGNATURE: signature(SECRET, stamp, body)}) == 401
    activate(lillevik.pk)
    assert state(message)[0] == "sent"


def test_a_secret_can_be_changed_without_losing_receipts_and_without_one_none_is_taken(
    lillevik: Municipality, settings: Any
) -> None:
    went(lillevik)
    settings.SMS_WEBHOOK_SECRETS = ["den nye", SECRET]
    assert tell({"id": "gw-a", "state": "delivered"}) == 204
    settings.SMS_WEBHOOK_SECRETS = []
    assert tell({"id": "gw-a", "state": "delivered"}) == 401


@pytest.mark.parametrize(
    "content",
    [
        *(b"", b"{", b"[]", b'"gw-a"', b"\xff\xfe", b"[" * 9000, {}, {"id": "gw-a"}, {"state": "delivered"}),
        *({"id": wrong, "state": "delivered"} for wrong in (None, {"a": 1}, True, "gw-a\x00", "")),
        {"id": "gw-a", "state": "delivered", "more": "x" * 20_001},
    ],
)
def test_what_cannot_be_read_is_400_and_changes_nothing(content: Any, lillevik: Municipality) -> None:
    message = went(lillevik)
    assert tell(content) == 400
    activate(lillevik.pk)
    assert state(message)[0] == "sent"


def test_an_unknown_id_is_404_and_other_news_changes_nothing(lillevik: Municipality) -> None:
    message = went(lillevik)
    assert tell({"id": "gw-nobody", "state": "delivered"}) == 404
    assert tell({"id": "gw-" + "x" * 400, "state": "delivered"}) == 404
    assert tell({"id": "gw-a", "state": "buffered"}) == 204
    activate(lillevik.pk)
    assert state(message)[0] == "sent"


def test_only_a_post_is_answered(lillevik: Municipality) -> None:
    assert Client().get(ADDRESS).status_code == 405
    assert Client(enforce_csrf_checks=True).post(ADDRESS, b"{}", content_type="application/json").status_code == 401


def test_who_guesses_is_stopped_and_the_provider_is_not(lillevik: Municipality) -> None:
    went(lillevik)
    wrong = [tell({"id": "gw-a", "state": "failed"}, secret="gjettet") for _time in range(31)]
    assert (wrong[:30], wrong[30]) == ([401] * 30, 429)
    cache.clear()
    assert [tell({"id": "gw-a", "state": "delivered"}) for _time in range(40)] == [204] * 40


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b'{"report": {"ref": "gw-a", "code": "DELIVRD"}}', "application/json"),
        (b'{"report": {"ref": "gw-a", "code": "delivrd", "text": ["x"]}}', "application/json"),
    ],
)
def test_fields_and_words_are_the_providers(body: bytes, kind: str) -> None:
    described = Description(id="report.ref", state="report.code", reason="report.text.0", delivered=("DELIVRD",))
    found = described.read(body, kind)
    assert (found.provider_id, found.outcome) == ("gw-a", Outcome.DELIVERED)


def test_a_form_is_read_as_well() -> None:
    described = Description(id="MessageSid", state="MessageStatus", reason="ErrorCode")
    body = b"MessageSid=gw-a&MessageStatus=undelivered&ErrorCode=30003"
    found = described.read(body, "application/x-www-form-urlencoded")
    assert found == Receipt("gw-a", Outcome.FAILED, "30003")
    with pytest.raises(Unreadable):
        described.read(b"=&=;;", "application/x-www-form-urlencoded")


def test_a_failure_after_it_was_sent_opens_the_next_way(lillevik: Municipality) -> None:
    message = went(lillevik, attempts=3)
    register(LetterKind("try", reach=lambda message: [Way("sms", "+4740000001"), Way("email", "a@example.org")]))
    failed = Receipt("gw-a", Outcome.FAILED, "")
    note_receipt(receipt=failed, now=NOON)
    message.refresh_from_db()
    assert (message.state, message.channel, message.attempts, message.provider_id) == ("queued", "email", 0, "")
    assert [attempt["channel"] for attempt in message.tried] == ["sms"]
    with pytest.raises(UnknownMessage):  # the id was that of an attempt which is over
        note_receipt(receipt=failed, now=NOON)


# What one message may look like to its provider: gave it this id, told of it so and so often, in any order.
NEWS = st.lists(
    st.tuples(st.sampled_from(["now", "before", "nobody"]), st.sampled_from(list(Outcome))), min_size=1, max_size=12
)
RANK = {"queued": 0, "sent": 1, "failed": 2, "delivered": 3}


@how(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(news=NEWS, ways=st.integers(min_value=1, max_value=3))
def test_whatever_comes_late_twice_or_for_nobody_it_only_moves_on(
    news: list[tuple[str, Outcome]], ways: int, lillevik: Municipality
) -> None:
    """Against a plain model: attempts one after another, each sent under a new id; a receipt counts for the one under
    way, a delivery is the end."""
    Message.objects.all().delete()
    chosen = [Way("sms", "+4740000001"), Way("email", "a@example.org"), Way("call", "+4740000001")][:ways]
    register(LetterKind("try", reach=lambda message: chosen))
    message = went(lillevik, "0")
    attempt, expected = 0, "sent"
    for which, outcome in news:
        number = {"now": f"gw-{attempt}", "before": f"gw-{attempt - 1}", "nobody": "gw-nobody"}[which]
        known = which == "now" and expected != "queued"
        before = state(message)[0]
        if known:
            note_receipt(receipt=Receipt(number, outcome, ""), now=NOON)
        else:
            with pytest.raises(UnknownMessage):
                note_receipt(receipt=Receipt(number, outcome, ""), now=NOON)
        if known and outcome == Outcome.DELIVERED:
            expected = "delivered"
        elif known and outcome == Outcome.FAILED and expected == "sent":
            attempt += 1
            expected = "queued" if attempt < ways else "failed"
            attempt -= expected == "failed"  # its id stays: the provider may still be mistaken
        assert state(message)[0] == expected
        assert RANK[before] < RANK["delivered"] or expected == "delivered"
        if expected == "queued" and message.channel != "call":  # the worker sends it by its new way
            Message.objects.filter(pk=message.pk).update(state="sent", sent_at=NOON, provider_id=f"gw-{attempt}")
            expected = "sent"
