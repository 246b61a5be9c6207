"""What a family says yes to, in versions. A version that somebody has said yes to is never changed: add a new one."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Matter(StrEnum):
    """What a yes is about decides from which age a young person says it herself."""

    GENERAL = "general"
    SPECIAL = "special"  # special categories, such as background and how much support somebody has
    ONLINE = "online"  # an account or a chat with an online service


# Sources: the general age of consent in Norway, 15; a guardian's consent to special categories until 18;
# personopplysningsloven § 5 for online services, 13.
OLD_ENOUGH = {Matter.GENERAL: 15, Matter.SPECIAL: 18, Matter.ONLINE: 13}


# From this age a child is heard before its parents answer for it. Source: vergemålsloven § 17.
IS_HEARD = 12


@dataclass(frozen=True)
class ConsentText:
    """One version of one text. `whom`: about the whole family, each adult, or each person; `matter` sets the age."""

    version: str
    title: str | Promise
    text: str | Promise
    whom: str
    matter: Matter = Matter.GENERAL


# The latest version of each purpose comes last. Keys are `models.Purpose`.
TEXTS: dict[str, list[ConsentText]] = {
    "sms": [
        ConsentText(
            "2026-11",
            _("Text messages"),
            _("I get invitations and reminders as text messages. If I say no, somebody calls me instead."),
            "adult",
        )
    ],
    "share_contact": [
        ConsentText(
            "2026-11",
            _("My phone number in the group"),
            _("The other families in my group may see my first name and my phone number."),
            "adult",
        )
    ],
    "photo": [
        ConsentText(
            "2026-11",
            _("Photos"),
            _("Photos where I can be recognised may be taken at gatherings. Before one is published, we ask again."),
            "person",
        )
    ],
    "invite_again": [
        ConsentText(
            "2026-11",
            _("Ask us again"),
            _("You may ask us again after the round, for up to two years. Otherwise what you know about us is erased."),
            "family",
        )
    ],
    "referrer_status": [
        ConsentText(
            "2026-11",
            _("Who referred us may see how it goes"),
            _("Only one word: received, talking, taking part, not now or ended."),
            "family",
        )
    ],
}


def text_of(purpose: str, version: str = "") -> ConsentText:
    """A version of a purpose's text, the latest when none is named. Raises KeyError for one that never was."""
    versions = TEXTS[purpose]
    if not version:
        return versions[-1]
    return {text.version: text for text in versions}[version]


def answers_for_herself(kind: str, birth_year: int | None, year: int, matter: Matter = Matter.GENERAL) -> bool:
    """An adult does; a young person from the age of the matter, counted so that nobody is asked too early: a year of
    birth says nothing about the day (from 15: born 2011, in 2027). An adult who is known to be younger than that does
    not either, such as a parent of 17 in a special matter."""
    if birth_year is None:
        return kind == "adult"
    if kind == "adult" and year - birth_year == OLD_ENOUGH[matter]:
        return True
    return year - birth_year > OLD_ENOUGH[matter]


def is_heard(kind: str, birth_year: int | None, year: int) -> bool:
    """Whether a child is so old that it is asked what it means itself, also where its parents answer. From the year in
    which it turns twelve: to ask too early does no harm."""
    return kind == "child" and birth_year is not None and year - birth_year >= IS_HEARD
