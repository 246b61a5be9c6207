"""Nobody has an account who was not invited."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.core.cache import cache
from django.utils import timezone

from accounts.models import RoleAssignment, StaffInvitation, User
from municipalities.models import Municipality
from outbox.letters import as_it_goes
from outbox.models import Message
from tests.conftest import Browser

NEW = {"email": "ny.koordinator@example.org", "name": "Nora Ny", "password1": "lilla fjell under snøen"}


@pytest.fixture(autouse=True)
def no_rate_limits_from_before() -> None:
    cache.clear()


def link_for(browser: Browser, email: str, role: str) -> str:
    """Invite by the page; the link is only in the letter."""
    answer = browser.post("/k/9901/folk/inviter/", {"email": email, "role": role})
    assert answer.status_code == 302
    letter = Message.objects.get(kind="staff_invitation", address=email)
    assert "/invitasjon/" not in letter.body  # who reads the table cannot come in by it
    found = re.search(rf"{settings.SITE_URL}(/invitasjon/\S+/)", as_it_goes(letter).body)
    assert found, letter.body
    return found.group(1)


def test_an_invited_person_makes_her_account_and_has_the_role(
    leader: User, lillevik: Municipality, browse: Callable[[User | None], Browser]
) -> None:
    link = link_for(browse(leader), NEW["email"], "coordinator")
    newcomer = browse(None)
    assert newcomer.get(link).url == "/konto/signup/"
    answer = newcomer.post("/konto/signup/", NEW)
    assert (answer.status_code, answer.url) == (302, "/")
    user = User.objects.get(email=NEW["email"])
    assert user.name == "Nora Ny"
    assert list(user.role_assignments.values_list("municipality__number", "role")) == [("9901", "coordinator")]
    assert newcomer.get("/").url == "/k/9901/"
    assert browse(None).get(link).status_code == 410


def test_the_address_is_that_of_the_invitation_whatever_is_typed(
    leader: User, browse: Callable[[User | None], Browser]
) -> None:
    link = link_for(browse(leader), NEW["email"], "referrer")
    newcomer = browse(None)
    newcomer.get(link)
    newcomer.post("/konto/signup/", {**NEW, "email": "en.annen@example.org"})
    assert not User.objects.filter(email="en.annen@example.org").exists()
    assert User.objects.filter(email=NEW["email"]).exists()


def test_without_an_invitation_nobody_signs_up(
    lillevik: Municipality, browse: Callable[[User | None], Browser]
) -> None:
    page = browse(None).post("/konto/signup/", NEW)
    assert page.status_code == 200
    assert not User.objects.exists()


def test_an_old_link_has_ended(leader: User, browse: Callable[[User | None], Browser]) -> None:
    link = link_for(browse(leader), NEW["email"], "referrer")
    with time_machine.travel(timezone.now() + timedelta(days=15)):
        assert browse(None).get(link).status_code == 410


def test_only_the_hash_of_the_token_is_kept(leader: User, browse: Callable[[User | None], Browser]) -> None:
    link = link_for(browse(leader), NEW["email"], "referrer")
    token = link.split("/")[2]
    assert token not in str(StaffInvitation.objects.values().get())


def test_a_role_held_already_is_said_beside_the_field(
    leader: User, referrer: User, browse: Callable[[User | None], Browser]
) -> None:
    page = browse(leader).post("/k/9901/folk/inviter/", {"email": referrer.email, "role": "referrer"})
    assert page.context["form"].errors == {"email": ["Personen har den rollen her allerede."]}
    assert RoleAssignment.objects.filter(user=referrer).count() == 1


def test_a_wrong_password_five_times_closes_the_door(leader: User, browse: Callable[[User | None], Browser]) -> None:
    leader.set_password("riktig hest batteri stift")
    leader.save()
    browser = browse(None)
    for _ in range(5):
        assert browser.post("/konto/login/", {"login": leader.email, "password": "feil"}).status_code == 200
    page = browser.post("/konto/login/", {"login": leader.email, "password": "riktig hest batteri stift"})
    assert "_auth_user_id" not in browser.session
    assert page.status_code in {200, 429}


def test_the_language_is_the_persons_own(leader: User, browse: Callable[[User | None], Browser]) -> None:
    browser = browse(leader)
    assert browser.post("/sprak/", {"language": "nn", "next": "/k/9901/folk/"}).url == "/k/9901/folk/"
    leader.refresh_from_db()
    assert leader.language == "nn"
    assert browser.get("/k/9901/folk/").headers["Content-Language"] == "nn"
    assert browser.post("/sprak/", {"language": "nb", "next": "https://example.com/"}).url == "/"
