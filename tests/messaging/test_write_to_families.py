"""A coordinator's own message: whom it reaches, what it says, what it costs, and that it goes once."""

from collections.abc import Callable
from datetime import time
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Draft, User
from audit.models import Event, Read
from families.models import Family, Person, Protection
from groups.models import Group
from messaging.models import OwnMessage
from messaging.rules.telling_words import telling_words
from outbox.delivery import sweep
from outbox.models import Message
from planning.models import Round
from tests.conftest import Browser
from tests.factories import FamilyFactory, group_of, waiting
from tests.outbox.sinks import Sink
from tests.questions import asked

Browse = Callable[[User | None], Browser]
WRITE = "/k/9901/meldinger/ny/"
WORDS = "Vi møtes ved broen i stedet.\nTa med votter."


@pytest.fixture(autouse=True)
def no_quiet_hours(lillevik: Any) -> None:
    lillevik.quiet_from = lillevik.quiet_to = time(8)
    lillevik.quiet_on_holidays = False
    lillevik.save()


def look(browser: Browser, words: str = WORDS, **fields: Any) -> Any:
    return browser.post(WRITE, {"words": words, **fields})


def send(browser: Browser, page: Any, **more: Any) -> Any:
    """Press the button on the page that shows what they get."""
    form, preview = page.context["form"], page.context["preview"]
    fields = {"to": form["to"].value(), "families": form["families"].value() or [], "words": form["words"].value()}
    hidden = {"seen": preview.audience.fingerprint, "key": str(page.context["key"]), "send": "1"}
    return browser.post(WRITE, {**fields, **hidden, **more})


def to(group: Group) -> dict[str, str]:
    return {"to": f"group-{group.pk}"}


def rows() -> list[tuple[str, str, str]]:
    return list(Message.objects.order_by("pk").values_list("recipient_name", "channel", "state"))


def adults(group: Group) -> list[Person]:
    return [each.family.people.get(kind="adult") for each in group.memberships.order_by("pk")]


def change(person: Person, **fields: object) -> None:
    Person.objects.filter(pk=person.pk).update(**fields)


def test_to_a_group_each_recipient_gets_her_words_in_a_frame_of_her_language(
    birch: Group, coordinator: User, browse: Browse, sink: Sink
) -> None:
    first, second, *_rest = adults(birch)
    change(first, name="Amira Haddad", language="ar")
    change(second, name="Olena", channel="email", email="olena@example.org", language="uk")
    mine = browse(coordinator)
    page = look(mine, **to(birch))
    html = page.content.decode()
    assert Message.objects.count() == 0  # looking sends nothing
    assert 'lang="ar"' in html
    assert 'dir="rtl"' in html
    preview = page.context["preview"]
    assert (len(preview.texts), len(preview.mails)) == (5, 1)
    assert len(preview.unchecked) == 2
    answer = send(mine, page)
    own = OwnMessage.objects.get()
    assert answer.url == f"/k/9901/meldinger/{own.pk}/"
    assert (own.words, own.group, own.sent_by) == (WORDS, birch, coordinator)
    assert Event.objects.get(verb="send_own_message").ids == {"own_message": own.pk}
    assert sweep() == 6
    [(address, _subject, mail, _id)] = sink.mails
    assert (address, WORDS in mail) == ("olena@example.org", True)
    assert {text["to"] for text in sink.texts} == {person.phone for person in adults(birch) if person != second}
    assert all("Ta med votter." in text["text"] for text in sink.texts)
    arabic = next(text["text"] for text in sink.texts if text["to"] == first.phone)
    assert "Amira" in arabic
    assert "Haddad" not in arabic
    assert "Amira" in mine.get(answer.url).content.decode()


def test_what_it_costs_is_said_before_it_is_sent(
    birch: Group, coordinator: User, browse: Browse, lillevik: Any
) -> None:
    lillevik.sms_price_ore = 45
    lillevik.save()
    preview = look(browse(coordinator), **to(birch)).context["preview"]
    assert preview.parts == sum(letter.parts.parts for letter in preview.texts) == 6
    assert str(preview.price) == "2.7"


def test_a_protected_family_becomes_a_call_without_a_text(
    birch: Group, coordinator: User, leader: User, browse: Browse
) -> None:
    person = adults(birch)[0]
    Family.objects.filter(pk=person.family_id).update(protection=Protection.CONFIDENTIAL)
    caller = adults(birch)[1]
    change(caller, channel="call")
    mine = browse(coordinator)
    page = look(mine, **to(birch))
    assert [each.family.pk for each in page.context["preview"].audience.called] == [person.family_id, caller.family_id]
    send(mine, page)
    hidden = Message.objects.get(recipient=f"person:{person.pk}")
    assert (hidden.channel, hidden.body, hidden.sms, hidden.subject) == ("call", "", "", "")
    assert Message.objects.get(recipient=f"person:{caller.pk}").channel == "call"
    assert Message.objects.filter(channel="sms").count() == 4
    own = OwnMessage.objects.get()
    url = f"/k/9901/meldinger/{own.pk}/"
    name = person.family.name

    def told(user: User) -> list[int]:
        return [row.message.pk for row in browse(user).get(url).context["sent"].letters]

    assert hidden.pk in told(coordinator)
    assert hidden.pk not in told(leader)
    assert name not in browse(leader).get(WRITE).content.decode()


def test_chosen_families_are_those_she_may_see(
    birch: Group, autumn: Round, coordinator: User, other_coordinator: User, browse: Browse
) -> None:
    theirs = group_of(autumn, other_coordinator, "Furu", families=1).memberships.get().family
    waits = FamilyFactory(municipality=birch.municipality, name="Venter")
    waiting(waits, autumn)
    mine = browse(coordinator)
    page = look(mine, to="chosen", families=[waits.pk])
    send(mine, page)
    assert list(Message.objects.values_list("recipient", flat=True)) == [f"person:{waits.people.get(kind='adult').pk}"]
    refused = look(mine, to="chosen", families=[theirs.pk])
    assert refused.context["form"].errors.keys() == {"families"}
    assert look(mine, to=f"group-{theirs.memberships.get().group_id}").context["form"].errors.keys() == {"to"}
    assert look(mine, to="chosen").context["form"].errors.keys() == {"families"}
    assert Message.objects.count() == 1


def test_an_identity_number_is_refused_and_what_was_typed_stays(
    birch: Group, coordinator: User, browse: Browse
) -> None:
    page = look(browse(coordinator), "Han er 130972 48022", **to(birch))
    assert page.context["form"].errors.keys() == {"words"}
    assert "Han er 130972 48022" in page.content.decode()
    assert "48022" not in str(Draft.objects.values_list("fields", flat=True))
    assert OwnMessage.objects.count() == Message.objects.count() == 0


def test_words_that_tell_too_much_are_shown_before_sending(birch: Group, coordinator: User, browse: Browse) -> None:
    child = birch.memberships.first().family.people.filter(kind="child").first()
    page = look(browse(coordinator), f"Barnevernet og NAV kommer. Hilsen {child.name}", **to(birch))
    assert page.context["preview"].telling == ["Barnevernet", "NAV", child.name]
    assert page.context["preview"].letters  # a warning, not a refusal


@pytest.mark.parametrize("text", ["Navnet ditt står på listen", "En russisk suppe", "Vi tar med saft", ""])
def test_ordinary_words_are_left_in_peace(text: str) -> None:
    assert telling_words(text, ["Rahimi"]) == []


def test_a_form_sent_twice_is_one_message(birch: Group, coordinator: User, browse: Browse) -> None:
    mine = browse(coordinator)
    page = look(mine, **to(birch))
    assert send(mine, page).url == send(mine, page).url
    assert (OwnMessage.objects.count(), Message.objects.count()) == (1, 6)
    own = OwnMessage.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        OwnMessage.objects.create(
            municipality=own.municipality, words="x", form=own.form, sent_by=coordinator, sent_at=own.sent_at
        )


def test_who_joined_meanwhile_is_shown_first(birch: Group, coordinator: User, browse: Browse) -> None:
    mine = browse(coordinator)
    page = look(mine, **to(birch))
    change(adults(birch)[0], channel="call")
    again = send(mine, page)
    assert again.status_code == 200
    assert (OwnMessage.objects.count(), Message.objects.count()) == (0, 0)
    assert send(mine, again).status_code == 302
    assert send(mine, page, key="nonsense").status_code == 200
    assert OwnMessage.objects.count() == 1


def test_nobody_to_reach_is_said_and_nothing_is_saved(birch: Group, coordinator: User, browse: Browse) -> None:
    Person.objects.filter(kind="adult").update(receives=False, phone="", email="")
    page = look(browse(coordinator), **to(birch))
    assert page.context["form"].non_field_errors()
    assert OwnMessage.objects.count() == 0


def test_the_draft_is_kept_and_filled_in_and_thrown_away(birch: Group, coordinator: User, browse: Browse) -> None:
    mine = browse(coordinator)
    mine.post("/k/9901/meldinger/utkast/", {"words": "Halvferdig", "to": f"group-{birch.pk}"})
    assert "Halvferdig" in mine.get(WRITE).content.decode()
    mine.post(WRITE, {"discard": "1"})
    assert "Halvferdig" not in mine.get(WRITE).content.decode()
    send(mine, look(mine, **to(birch)))
    assert Draft.objects.count() == 0


def test_only_who_may_see_it_sees_it(
    birch: Group, coordinator: User, other_coordinator: User, leader: User, browse: Browse
) -> None:
    mine = browse(coordinator)
    url = send(mine, look(mine, **to(birch))).url
    assert browse(other_coordinator).get(url).status_code == 404
    assert "broen" not in browse(other_coordinator).get("/k/9901/meldinger/").content.decode()
    assert "broen" in browse(leader).get("/k/9901/meldinger/").content.decode()
    mine.get(url)
    assert Read.objects.filter(user=coordinator, page="messaging:message", kind="family").exists()


def test_a_family_that_stops_getting_messages_gets_none(
    birch: Group, coordinator: User, browse: Browse, sink: Sink
) -> None:
    mine = browse(coordinator)
    send(mine, look(mine, **to(birch)))
    change(adults(birch)[0], receives=False)
    sweep()
    assert len(sink.texts) == 5


@pytest.mark.parametrize("size", [1, 12])
def test_pages_ask_the_same_for_one_family_and_for_twelve(
    size: int, autumn: Round, coordinator: User, browse: Browse
) -> None:
    group = group_of(autumn, coordinator, "Bjørka", families=size)
    mine = browse(coordinator)
    for n in range(size):
        url = send(mine, look(mine, f"Melding {n}", **to(group))).url
    counted = {"list": asked(mine, "/k/9901/meldinger/"), "one": asked(mine, url), "form": asked(mine, WRITE)}
    assert counted == {"list": 6, "one": 7, "form": 9}
