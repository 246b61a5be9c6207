"""What allauth writes goes by the outbox: promised in the request's transaction, its link stored nowhere."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.utils import timezone

from accounts.letters import ADDRESS_CONFIRMATION, PASSWORD_RESET
from accounts.models import User
from accounts.services.invitations import invite_staff
from municipalities.models import Municipality
from outbox.letters import as_it_goes
from outbox.models import Message
from tests.conftest import Browser

Browse = Callable[[User | None], Browser]
NEW = "grønn sykkel ved fjorden"


@pytest.fixture(autouse=True)
def no_rate_limits_from_before() -> None:
    cache.clear()


def link_of(kind: str, address: str) -> str:
    letter = Message.objects.get(kind=kind, address=address)
    assert "{link}" in letter.body
    assert settings.SITE_URL not in letter.body
    found = re.search(rf"{settings.SITE_URL}(/konto/\S+)", as_it_goes(letter).body)
    assert found, letter.body
    return found.group(1)


def ask_for_password(browser: Browser, address: str) -> None:
    answer = browser.post("/konto/password/reset/", {"email": address})
    assert (answer.status_code, answer.url) == (302, "/konto/password/reset/done/")


def choose_password(browser: Browser, link: str) -> bool:
    """Whether the link led to a new password."""
    answer = browser.get(link)
    if answer.status_code != 302:
        return False
    answer = browser.post(answer.url, {"password1": NEW, "password2": NEW})
    return bool(answer.status_code == 302 and answer.url == "/konto/password/reset/key/done/")


def test_a_new_password_by_the_link_of_the_letter_which_works_once(leader: User, browse: Browse) -> None:
    ask_for_password(browse(None), leader.email)
    assert mail.outbox == []  # nothing beside the outbox
    link = link_of(PASSWORD_RESET, leader.email)
    token = link.rstrip("/").rsplit("-", 1)[1]
    assert token not in str(Message.objects.values().get(kind=PASSWORD_RESET))
    assert choose_password(browse(None), link)
    leader.refresh_from_db()
    assert leader.check_password(NEW)
    assert not choose_password(browse(None), link)


def test_the_letter_is_in_her_language(leader: User, browse: Browse) -> None:
    leader.language = "nn"
    leader.save()
    ask_for_password(browse(None), leader.email)
    letter = Message.objects.get(kind=PASSWORD_RESET)
    assert (letter.language, letter.subject) == ("nn", "Nytt passord til SAMMEN")


def test_the_link_ends_after_a_day_and_when_an_address_is_taken_away(leader: User, browse: Browse) -> None:
    other = EmailAddress.objects.create(user=leader, email="kari.privat@example.org", verified=True)
    ask_for_password(browse(None), leader.email)
    link = link_of(PASSWORD_RESET, leader.email)
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        assert not choose_password(browse(None), link)
    other.delete()
    assert not choose_password(browse(None), link)


def test_the_key_of_a_letter_makes_no_token_for_who_lacks_the_servers_key(
    leader: User, browse: Browse, settings: Any
) -> None:
    ask_for_password(browse(None), leader.email)
    link = link_of(PASSWORD_RESET, leader.email)
    settings.SECRET_KEY = "another server's key, as long as it is not ours"
    assert link_of(PASSWORD_RESET, leader.email) != link
    assert not choose_password(browse(None), link)


def test_a_stranger_is_answered_the_same_and_gets_nothing(lillevik: Municipality, browse: Browse) -> None:
    ask_for_password(browse(None), "fremmed@example.org")
    assert not Message.objects.exists()
    assert mail.outbox == []


def test_who_has_no_municipality_gets_the_letter_at_once(db: None, browse: Browse) -> None:
    User.objects.create_superuser("drift@example.org", "et passord for drift", name="Dina Drift")
    ask_for_password(browse(None), "drift@example.org")
    [letter] = mail.outbox
    found = re.search(rf"{settings.SITE_URL}(/konto/\S+)", str(letter.body))
    assert found
    assert choose_password(browse(None), found.group(1))


def test_a_new_address_is_shown_to_be_hers_by_the_letter(leader: User, browse: Browse) -> None:
    browser = browse(leader)
    browser.post("/konto/email/", {"email": "kari.ny@example.org", "action_add": ""})
    assert mail.outbox == []
    link = link_of(ADDRESS_CONFIRMATION, "kari.ny@example.org")
    assert link.rstrip("/").rsplit(":", 1)[1] not in str(Message.objects.values().get(kind=ADDRESS_CONFIRMATION))
    browser.post(link)
    assert EmailAddress.objects.get(email="kari.ny@example.org").verified


def test_who_has_an_account_takes_one_more_role_with_it(leader: User, referrer: User, browse: Browse) -> None:
    town = leader.role_assignments.get().municipality
    invite_staff(email=referrer.email, role="coordinator", municipality=town, by=leader)
    letter = Message.objects.get(kind="staff_invitation")
    found = re.search(rf"{settings.SITE_URL}(/invitasjon/\S+/)", as_it_goes(letter).body)
    assert found
    link = found.group(1)
    assert browse(None).get(link).url == "/invitasjon/svar/"
    stranger = browse(leader)
    stranger.get(link)
    assert stranger.post("/invitasjon/svar/").status_code == 403
    browser = browse(referrer)
    assert browser.get(link).url == "/invitasjon/svar/"
    assert "koordinator" in browser.get("/invitasjon/svar/").content.decode()
    assert set(referrer.role_assignments.values_list("role", flat=True)) == {"referrer"}  # looking changes nothing
    assert browser.post("/invitasjon/svar/").url == "/k/9901/"
    assert set(referrer.role_assignments.values_list("role", flat=True)) == {"referrer", "coordinator"}
    assert browser.get("/invitasjon/svar/").status_code == 410
