"""The promise: once, in time, or shown as failed. On the real database, over real SMTP and HTTP."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from municipalities.models import Municipality
from municipalities.tenancy import municipality
from outbox.claims import LEASE, claim
from outbox.delivery import BATCH, MOST_ATTEMPTS, sweep
from outbox.letters import LetterKind, register
from outbox.models import Message
from outbox.queries import oldest_due
from outbox.rules.quiet_hours import OSLO
from outbox.services import cancel, retry
from outbox.texts import Text
from tests.outbox.promises import NOON, promise, state
from tests.outbox.sinks import Sink

pytestmark = pytest.mark.usefixtures("at_noon", "kinds_as_before")


def test_mail_and_text_message_arrive(lillevik: Municipality, sink: Sink) -> None:
    mail, text = promise(lillevik), promise(lillevik, "b", "sms")
    assert sweep() == 2
    assert [(to, subject, words) for to, subject, words, _id in sink.mails] == [
        ("a@example.org", "Emne", "Hei\n\nVi ses")
    ]
    assert sink.texts == [
        {"to": "+4740000001", "text": "Hei, vi ses", "from": "SAMMEN", "id": f"{lillevik.pk}:try:1:1:b"}
    ]
    assert (state(mail), state(text)) == (("sent", ""), ("sent", ""))
    assert text.provider_id == "sms-1"
    assert sweep() == 0
    assert len(sink.mails) == 1


def test_the_same_key_promises_once(lillevik: Municipality, sink: Sink) -> None:
    assert promise(lillevik) == promise(lillevik, text=Text(subject="Annet", body="Annet"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.create(municipality=lillevik, key="try:1:1:a", due_at=NOON)
    assert sweep() == 1


def test_each_municipality_is_served_within_its_own_walls(
    lillevik: Municipality, storfjell: Municipality, sink: Sink
) -> None:
    promise(lillevik)
    with municipality(storfjell):
        promise(storfjell, "b")
    assert sweep() == 2
    assert sorted(to for to, *_ in sink.mails) == ["a@example.org", "b@example.org"]
    assert Message.objects.count() == 1


def test_nobody_is_woken_at_night(lillevik: Municipality, sink: Sink) -> None:
    night = datetime(2026, 11, 24, 23, 30, tzinfo=OSLO)
    quiet, urgent = promise(lillevik), promise(lillevik, "b", passes_quiet_hours=True)
    assert sweep(night) == 1
    quiet.refresh_from_db()
    assert (quiet.state, quiet.due_at) == ("queued", datetime(2026, 11, 25, 8, 0, tzinfo=OSLO))
    assert state(urgent)[0] == "sent"
    assert sweep(datetime(2026, 11, 25, 8, 0, tzinfo=OSLO)) == 1


def test_what_is_no_longer_wanted_is_stopped_at_the_last_moment(lillevik: Municipality, sink: Sink) -> None:
    register(LetterKind("try", still_wanted=lambda message: "Samlingen er avlyst."))
    message = promise(lillevik)
    assert sweep() == 0
    assert state(message) == ("cancelled", "Samlingen er avlyst.")
    assert sink.mails == []


def test_a_planned_message_says_what_is_true_when_it_goes(lillevik: Municipality, sink: Sink) -> None:
    register(LetterKind("try", render=lambda message: Text(subject="I morgen", body="kl. 17")))
    message = promise(lillevik, text=None, due_at=NOON + timedelta(hours=1))
    assert sweep() == 0
    assert sweep(NOON + timedelta(hours=1)) == 1
    assert sink.mails[0][1:3] == ("I morgen", "kl. 17")
    message.refresh_from_db()
    assert (message.is_rendered, message.body) == (True, "kl. 17")


def test_a_refused_address_is_shown_as_failed_and_told(lillevik: Municipality, sink: Sink) -> None:
    told: list[str] = []
    register(LetterKind("try", on_failed=lambda message: told.append(message.key)))
    sink.refuse_mail = "550 no such person"
    message = promise(lillevik)
    assert sweep() == 0
    assert state(message) == ("failed", "Adressen ble ikke godtatt.")
    assert told == ["try:1:1:a"]
    sink.refuse_mail = ""
    retry(message=message, now=NOON)
    assert sweep() == 1


@pytest.mark.parametrize("status", [503, 429])
def test_a_gateway_that_cannot_now_is_asked_later(lillevik: Municipality, sink: Sink, status: int) -> None:
    sink.sms_status = status
    message = promise(lillevik, channel="sms")
    assert sweep() == 0
    assert state(message) == ("queued", "SMS-tjenesten kan ikke sende nå.")
    assert NOON < message.due_at < NOON + timedelta(minutes=1)
    sink.sms_status = 202
    assert sweep(message.due_at) == 1


def test_a_number_refused_is_final(lillevik: Municipality, sink: Sink) -> None:
    sink.sms_status = 400
    message = promise(lillevik, channel="sms")
    sweep()
    assert state(message) == ("failed", "Nummeret ble ikke godtatt.")


def test_a_mail_server_away_for_three_days_is_reported(lillevik: Municipality, sink: Sink, settings: object) -> None:
    settings.EMAIL_PORT = 1
    message = promise(lillevik)
    sweep()
    assert state(message) == ("queued", "E-posttjeneren svarer ikke.")
    Message.objects.update(due_at=NOON, created_at=NOON - timedelta(days=20))
    sweep(NOON + timedelta(hours=1))
    assert state(message)[0] == "queued"  # promised long ago, but tried only twice
    Message.objects.update(due_at=NOON, attempts=MOST_ATTEMPTS - 1)
    sweep(NOON + timedelta(hours=73))
    assert state(message) == ("failed", "E-posttjeneren svarer ikke.")


def test_a_message_left_half_way_is_taken_over_when_its_lease_is_out(lillevik: Municipality, sink: Sink) -> None:
    message = promise(lillevik)
    Message.objects.update(state="sending", claimed_at=NOON, attempts=1)
    assert sweep(NOON + LEASE - timedelta(seconds=1)) == 0
    assert sweep(NOON + LEASE) == 1
    message.refresh_from_db()
    assert (message.state, message.crashes) == ("sent", 1)
    assert sink.mails[0][3].endswith("@sammen.invalid>")


def test_a_message_that_breaks_workers_is_set_aside_and_the_queue_goes_on(lillevik: Municipality, sink: Sink) -> None:
    poison, other = promise(lillevik), promise(lillevik, "b")
    Message.objects.filter(pk=poison.pk).update(state="sending", claimed_at=NOON - LEASE, crashes=2)
    assert sweep() == 1
    assert state(poison) == ("failed", "Den kunne ikke behandles og er lagt til side.")
    assert state(other)[0] == "sent"


def test_a_letter_that_cannot_be_written_fails_alone(lillevik: Municipality, sink: Sink) -> None:
    planned, other = promise(lillevik, text=None), promise(lillevik, "b")
    assert sweep() == 1
    assert state(planned) == ("failed", "Den kunne ikke skrives.")
    assert state(other)[0] == "sent"


def test_a_promise_can_be_taken_back_until_it_goes(lillevik: Municipality, sink: Sink) -> None:
    first, second = promise(lillevik), promise(lillevik, "b")
    assert cancel(about="gathering:1", kinds=["try"], reason="Flyttet.", recipients=["person:a"]) == 1
    assert sweep() == 1
    assert state(first) == ("cancelled", "Flyttet.")
    assert state(second)[0] == "sent"
    assert cancel(about="gathering:1", kinds=["try"], reason="Flyttet.") == 0


def test_how_long_the_oldest_has_waited_is_known_without_any_municipality(lillevik: Municipality, sink: Sink) -> None:
    assert oldest_due(NOON) is None
    promise(lillevik, due_at=NOON - timedelta(minutes=3))
    assert oldest_due(NOON) == 180.0


@pytest.mark.parametrize(("waiting", "woken"), [(BATCH, 0), (BATCH + 1, 1)])
def test_a_worker_that_finds_more_than_a_batch_wakes_one_colleague(
    lillevik: Municipality, sink: Sink, waiting: int, woken: int
) -> None:
    for number in range(waiting):
        promise(lillevik, str(number), key=f"try:1:1:{number}")
    calls: list[None] = []
    assert sweep(wake=lambda: calls.append(None)) == waiting
    assert len(calls) == woken


def test_those_left_half_way_go_one_at_a_time_and_cost_nobody_else_a_try(lillevik: Municipality, sink: Sink) -> None:
    """Three were in the hands of a worker that died; a fourth is new, and goes with none of them."""
    left = [promise(lillevik, name) for name in "abc"]
    Message.objects.update(state="sending", claimed_at=NOON - LEASE)
    new = promise(lillevik, "d")
    found = claim(lillevik.pk, [message.pk for message in (*left, new)], NOON)
    assert ([message.pk for message in found.ours], found.alone) == ([new.pk], [message.pk for message in left])
    first = claim(lillevik.pk, found.alone, NOON, alone=True)
    assert [message.pk for message in first.ours] == [left[0].pk]
    second = claim(lillevik.pk, found.alone, NOON, alone=True)
    assert [message.pk for message in second.ours] == [left[1].pk]
    assert list(Message.objects.order_by("pk").values_list("state", "crashes")) == [
        ("sending", 1),
        ("sending", 1),
        ("queued", 1),
        ("sending", 0),
    ]
