"""A question goes to the round's contact at SOS-barnebyer, and the answer to whoever asked."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from audit.models import Event
from groups.models import Group
from outbox.models import Message
from planning.models import Round
from planning.rules.questions import Topic
from planning.services.questions import NobodyToAsk, ask_sos
from tests.conftest import Browser

Browse = Callable[[User | None], Browser]
ASKED = {"topic": "media", "question": "Avisa vil møte én familie alene. Hva svarer vi?"}


def url(found: Round) -> str:
    return f"/k/9901/runder/{found.pk}/spor-sos/"


@pytest.fixture
def supported(autumn: Round, birch: Group) -> Round:
    autumn.contact_name, autumn.contact_phone = "Maja Lund", "+4740000911"
    autumn.contact_email = "maja.lund@example.org"
    autumn.save()
    return autumn


def test_a_coordinator_asks_and_sees_how_far_it_has_come(supported: Round, coordinator: User, browse: Browse) -> None:
    browser = browse(coordinator)
    page = browser.get(url(supported) + "?about=media")
    assert page.context["form"].initial == {"topic": "media"}
    assert "tel:+4740000911" in page.content.decode()
    assert browser.post(url(supported), ASKED).url == url(supported)
    row = Message.objects.get()
    assert (row.kind, row.channel, row.address, row.recipient_name, row.language, row.created_by) == (
        "question_to_sos",
        "email",
        "maja.lund@example.org",
        "Maja Lund",
        "nb",
        coordinator,
    )
    assert row.subject == "SAMMEN i Lillevik spør: media, og hvilken vinkel"
    assert ASKED["question"] in row.body
    assert coordinator.email in row.body  # the answer goes to her
    assert list(Event.objects.values_list("verb", "ids")) == [("ask_sos", {"round": supported.pk, "message": row.pk})]
    assert row.subject in browser.get(url(supported)).content.decode()


def test_the_same_question_twice_is_one_letter_and_a_failed_one_is_tried_again(
    supported: Round, coordinator: User
) -> None:
    values = {"round": supported, "topic": Topic.PLAN, "question": "Når?", "by": coordinator, "now": timezone.now()}
    first = ask_sos(**values)
    assert ask_sos(**values) == first
    Message.objects.filter(pk=first.pk).update(state="failed", error="The address was not accepted.")
    ask_sos(**values)
    assert list(Message.objects.values_list("state", "error")) == [("queued", "")]


def test_what_is_wrong_is_said_and_what_was_typed_stays(supported: Round, coordinator: User, browse: Browse) -> None:
    browser = browse(coordinator)
    for typed, field in (
        (ASKED | {"question": ""}, "question"),
        (ASKED | {"question": "Hun heter 010190 12345?"}, None),
        (ASKED | {"question": "Født 13097248022, hva nå?"}, "question"),
        (ASKED | {"topic": "gossip"}, "topic"),
    ):
        answer = browser.post(url(supported), typed)
        if field is not None:
            assert list(answer.context["form"].errors) == [field]
            assert typed["question"] in answer.content.decode()
    assert Message.objects.filter(body__contains="13097248022").count() == 0


def test_without_a_contact_the_page_leads_to_where_one_is_noted(
    autumn: Round, birch: Group, leader: User, coordinator: User, browse: Browse
) -> None:
    page = browse(leader).get(url(autumn)).content.decode()
    assert f"/k/9901/runder/{autumn.pk}/endre/" in page
    assert "<textarea" not in page
    assert f"/k/9901/runder/{autumn.pk}/endre/" not in browse(coordinator).get(url(autumn)).content.decode()
    assert list(browse(leader).post(url(autumn), ASKED).context["form"].errors) == ["__all__"]
    with pytest.raises(NobodyToAsk):
        ask_sos(round=autumn, topic=Topic.MEDIA, question="Hei?", by=leader, now=timezone.now())
    assert Message.objects.count() == 0


def test_the_advice_for_the_media_leads_there(supported: Round, coordinator: User, browse: Browse) -> None:
    browser = browse(coordinator)
    assert f"{url(supported)}?about=media" in browser.get("/k/9901/media/rad/").content.decode()
    Round.objects.filter(pk=supported.pk).update(closed_at=timezone.now() - timedelta(days=1))
    assert url(supported) not in browser.get("/k/9901/media/rad/").content.decode()


def test_a_coordinator_of_another_round_cannot_ask(supported: Round, other_coordinator: User, browse: Browse) -> None:
    browser = browse(other_coordinator)
    assert browser.get(url(supported)).status_code == browser.post(url(supported), ASKED).status_code == 404
    assert Message.objects.count() == 0
