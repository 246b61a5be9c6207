"""The welcome on coming into a group, and the thank-you with the next date: whom they are for, and what they say."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from accounts.models import User
from families.models import Channel, Person
from groups.models import Group, GroupCoordinator, Membership
from outbox.catalogue import Facts
from outbox.clock import moment
from outbox.letters import LetterKind
from outbox.models import Message
from outbox.texts import Text
from outbox.wordings import wordings
from sessions_log.letters import about, gathering_and_person, host_of, person_of, reach, recipient
from sessions_log.models import Attendance, AttendanceState, Gathering
from web.phones import shown

WELCOME, THANKS = "welcome", "thanks"


def about_group(group: Group) -> str:
    """How a message names the group it welcomes into."""
    return f"group:{group.pk}"


def not_yet(people: list[Person], kind: str, about: str) -> list[Person]:
    """Those of them who get messages by themselves, and have not got this one. One query."""
    got = set(Message.objects.filter(kind=kind, about=about).values_list("recipient", flat=True))
    return [
        person
        for person in people
        if person.channel != Channel.CALL and not person.family.is_protected and recipient(person) not in got
    ]


def to_welcome(group: Group) -> list[Person]:
    """Adults of the group's families now who have not had the welcome. Two queries."""
    here = Membership.objects.filter(group=group, to__isnull=True).values("family")
    people = Person.objects.recipients().filter(family__in=here).select_related("family").order_by("family", "position")
    return not_yet(list(people), WELCOME, about_group(group))


def to_thank(gathering: Gathering, now: datetime) -> list[Person]:
    """Adults of the families that were there who have not been thanked, for a week. Two queries."""
    if now > gathering.ends_at + timedelta(days=7):
        return []
    there = Attendance.objects.filter(gathering=gathering, state=AttendanceState.PRESENT).values("family")
    people = Person.objects.recipients().filter(family__in=there).select_related("family")
    return not_yet(list(people.order_by("family", "position")), THANKS, about(gathering))


def next_after(gathering: Gathering, now: datetime) -> Gathering | None:
    """The next gathering that one of its groups has, where the day and the place are known."""
    coming = Gathering.objects.live().filter(
        groups__in=gathering.groups.all(), starts_at__gt=max(now, gathering.ends_at)
    )
    return coming.exclude(place="").order_by("starts_at", "pk").first()


def host_of_group(group: Group) -> User | None:
    """Its primary coordinator."""
    held = GroupCoordinator.objects.current().filter(group=group).select_related("user")
    first = held.order_by("-is_primary", "since", "pk").first()
    return first.user if first else None


def facts_of(person: Person, host: User | None, coming: Gathering | None = None, town: str = "") -> Facts:
    return Facts(
        first_name=person.first_name,
        host=host.first_name if host else "",
        host_phone=shown(host.phone) if host and host.phone else "",
        starts_at=coming.starts_at if coming else None,
        ends_at=coming.ends_at if coming else None,
        place=coming.place if coming else "",
        address=coming.address if coming else "",
        municipality=town,
    )


def group_and_person(message: Message) -> tuple[Group | None, Person | None]:
    group = Group.objects.select_related("municipality").filter(pk=message.about.removeprefix("group:")).first()
    return group, person_of(message)


def still_reached(person: Person | None) -> str:
    """Why this adult gets nothing by herself any more; "" when she does."""
    if person is None or person.left_on or not person.receives or not person.address_of_channel:
        return _("The recipient gets no messages any more.")
    return _("This family gets no automatic messages.") if person.family.is_protected else ""


def why_no_welcome(message: Message) -> str:
    group, person = group_and_person(message)
    if words := still_reached(person):
        return words
    assert person is not None  # noqa: S101 - for the type checker
    here = Membership.objects.filter(group=group, family=person.family_id, to__isnull=True)
    return "" if here.exists() else _("The family is not in the group any more.")


def why_no_thanks(message: Message) -> str:
    gathering, person = gathering_and_person(message)
    return still_reached(person if gathering else None)


def write_welcome(message: Message) -> Text:
    """From who follows the group now."""
    group, person = group_and_person(message)
    if group is None or person is None:
        raise LookupError(message.key)
    facts = facts_of(person, host_of_group(group), town=group.municipality.name)
    return wordings(WELCOME).render(WELCOME, message.language, facts)


def write_thanks(message: Message) -> Text:
    """With the next date as it is when the letter goes."""
    gathering, person = gathering_and_person(message)
    if gathering is None or person is None:
        raise LookupError(message.key)
    facts = facts_of(person, host_of(gathering), next_after(gathering, moment()))
    return wordings(THANKS).render(THANKS, message.language, facts)


GREETINGS = [
    LetterKind(WELCOME, still_wanted=why_no_welcome, render=write_welcome, reach=reach),
    LetterKind(THANKS, still_wanted=why_no_thanks, render=write_thanks, reach=reach),
]
