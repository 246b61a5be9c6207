"""A household asks for an interpreter itself: its language is there to be ordered, and the start page reminds."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from families.models import Family
from groups.models import Group
from sessions_log.models import Gathering, InterpreterBooking
from sessions_log.services.replies import note_reply
from tests.conftest import Browser
from tests.factories import gathering_of, invited

Browse = Callable[[User | None], Browser]


@pytest.fixture
def soon(birch: Group) -> Gathering:
    row = gathering_of(birch, timezone.now() + timedelta(days=2))
    for membership in birch.memberships.all():
        invited(row, membership.family)
    return row


def family(group: Group, n: int = 0) -> Family:
    return group.memberships.order_by("pk")[n].family


def ask(gathering: Gathering, of: Family, *, coming: bool = True, needs: bool = True) -> None:
    adults = 1 if coming else 0
    note_reply(
        gathering=gathering,
        family=of,
        coming=coming,
        adults=adults,
        needs_interpreter=needs,
        by=None,
        now=timezone.now(),
    )


def offered(browser: Browser, gathering: Gathering) -> list[str]:
    page = browser.get(f"/k/9901/samlinger/{gathering.pk}/")
    return [language for language, _booking in page.context["interpreters"]]


def reminded(browser: Browser) -> bool:
    return "Bestill tolk" in [todo.title for todo, _url in browser.get("/k/9901/").context["todos"]]


@pytest.mark.parametrize(
    ("writes", "speaks", "noted", "wanted"),
    [
        ("ar", ["nb", "ti"], "", "ar"),
        ("nb", ["nb", "vi", "ur"], "", "vi"),
        ("nn", [], "", "other"),
        ("ar", ["ar"], "ckb", "ckb"),  # what is noted of her counts
        ("en", ["so"], "", "en"),
    ],
)
def test_in_the_language_that_is_known_of_it(
    birch: Group,
    soon: Gathering,
    coordinator: User,
    browse: Browse,
    writes: str,
    speaks: list[str],
    noted: str,
    wanted: str,
) -> None:
    theirs, browser = family(birch), browse(coordinator)
    theirs.people.filter(kind="adult").update(language=writes, interpreter_language=noted)
    Family.objects.filter(pk=theirs.pk).update(languages=speaks)
    assert offered(browser, soon) == ([noted] if noted else [])
    ask(soon, theirs)
    assert (offered(browser, soon), reminded(browser)) == ([wanted], True)
    browser.post(f"/k/9901/samlinger/{soon.pk}/tolk/", {"language": wanted, "step": "ordered"})
    assert InterpreterBooking.objects.get().language == wanted
    assert (offered(browser, soon), reminded(browser)) == ([wanted], False)


def test_only_while_it_comes_and_asks(birch: Group, soon: Gathering, coordinator: User, browse: Browse) -> None:
    theirs, browser = family(birch), browse(coordinator)
    theirs.people.filter(kind="adult").update(language="so")
    for coming, needs, wanted in ((True, True, ["so"]), (True, False, []), (True, True, ["so"]), (False, True, [])):
        ask(soon, theirs, coming=coming, needs=needs)
        assert (offered(browser, soon), reminded(browser)) == (wanted, bool(wanted))


def test_the_languages_of_several_households_stand_once_each(
    birch: Group, soon: Gathering, coordinator: User, browse: Browse
) -> None:
    for n, language in enumerate(("so", "ar", "so")):
        family(birch, n).people.filter(kind="adult").update(language=language)
        ask(soon, family(birch, n))
    assert offered(browse(coordinator), soon) == ["ar", "so"]


def test_a_household_that_has_left_the_group_needs_none(
    birch: Group, soon: Gathering, coordinator: User, browse: Browse
) -> None:
    theirs = family(birch)
    theirs.people.filter(kind="adult").update(language="so")
    ask(soon, theirs)
    birch.memberships.filter(family=theirs).update(to=timezone.localdate(), reason="moved")
    assert (offered(browse(coordinator), soon), reminded(browse(coordinator))) == ([], False)
