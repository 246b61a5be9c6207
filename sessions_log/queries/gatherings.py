"""Questions about one gathering: its families, what they answered, what to shop for."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from accounts.models import User
from accounts.permissions import Permission
from families.models import Family, Person
from municipalities.sorting import NbKey
from sessions_log.models import CallNote, Gathering, Invitation, Reply
from web.drawings import Seat


@dataclass
class Guest:
    """A family of the gathering's groups, whether it is invited, with its current reply, and the last call."""

    family: Family
    people: list[Person]
    invited: bool
    reply: Reply | None
    call: CallNote | None
    sees_contact: bool

    @property
    def state(self) -> str:
        """yes | no | wait: its seat at the table."""
        return "wait" if self.reply is None else "yes" if self.reply.coming else "no"

    @property
    def coming(self) -> int:
        return self.reply.adults + self.reply.children if self.reply else 0

    @property
    def caller(self) -> Person | None:
        """The adult to call first: one who gets messages, else the first with a phone."""
        adults = [person for person in self.people if person.kind == "adult" and person.phone]
        return next((person for person in adults if person.receives), adults[0] if adults else None)


@dataclass
class Answers:
    """Who comes, counted."""

    guests: list[Guest] = field(default_factory=list)

    @property
    def yes(self) -> list[Guest]:
        return [guest for guest in self.guests if guest.state == "yes"]

    @property
    def no(self) -> list[Guest]:
        return [guest for guest in self.guests if guest.state == "no"]

    @property
    def waiting(self) -> list[Guest]:
        """Invited, and not answered yet."""
        return [guest for guest in self.guests if guest.state == "wait" and guest.invited]

    @property
    def not_invited(self) -> list[Guest]:
        return [guest for guest in self.guests if not guest.invited]

    @property
    def adults(self) -> int:
        return sum(guest.reply.adults for guest in self.yes if guest.reply)

    @property
    def children(self) -> int:
        return sum(guest.reply.children for guest in self.yes if guest.reply)

    @property
    def total(self) -> int:
        return self.adults + self.children

    @property
    def lifts(self) -> list[Guest]:
        return [guest for guest in self.yes if guest.reply and guest.reply.needs_lift]

    @property
    def food(self) -> list[Guest]:
        """Families coming that eat, or do not eat, something."""
        return [guest for guest in self.yes if guest.family.food_needs]

    @property
    def languages(self) -> list[str]:
        """Languages for which a household of the groups needs an interpreter, whatever it has answered so far."""
        return sorted(
            {
                person.interpreter_language
                for guest in self.guests
                if guest.state != "no"
                for person in guest.people
                if person.interpreter_language
            }
        )

    def seats(self, words: dict[str, str]) -> list[Seat]:
        """The table: `words` by state; a family that comes shows how many."""
        return [
            Seat(
                guest.state,
                guest.family.name,
                f"{guest.coming} {words['yes']}" if guest.state == "yes" else words[guest.state],
            )
            for guest in self.guests
        ]


def answers(gathering: Gathering, user: User) -> Answers:
    """Families of the gathering's groups that she may see, by name, with where each stands. Three queries."""
    invited = Invitation.objects.filter(gathering=gathering, family=OuterRef("family"), withdrawn_at__isnull=True)
    households = households_of(gathering, user, invited=Exists(invited))
    replies = {row.family_id: row for row in Reply.objects.filter(gathering=gathering, is_current=True)}
    calls: dict[int, CallNote] = {}
    for call in CallNote.objects.filter(gathering=gathering):  # latest first
        calls.setdefault(call.family_id, call)
    return Answers(
        [
            Guest(
                family=family,
                people=people,
                invited=people[0].invited,
                reply=replies.get(family.pk),
                call=calls.get(family.pk),
                sees_contact=follows or not family.is_protected,
            )
            for family, people, follows in households
        ]
    )


def households_of(gathering: Gathering, user: User, **asked: Any) -> list[tuple[Family, list[Any], bool]]:
    """(family, its people, whether she follows its group and it is still there), by name.

    Of the gathering's groups that she may see. `asked` is annotated to each person. One query.
    """
    moment = timezone.localdate(gathering.starts_at)
    held = Q(family__memberships__to__isnull=True) | Q(family__memberships__to__gt=moment)
    belongs = {
        "family__memberships__since__lte": moment,
        "family__memberships__group__gathering_groups__gathering": gathering,
    }
    if not user.may(Permission.GROUP_VIEW_ALL):
        belongs["family__memberships__group__in"] = user.followed_groups
    people: Any = (
        Person.objects.filter(held, left_on__isnull=True, **belongs)
        .annotate(in_group=F("family__memberships__group"), left=F("family__memberships__to"), **asked)
        .select_related("family")
        .order_by(NbKey("family__name"), "family", "kind", "position", "pk")
    )
    found: dict[int, tuple[Family, list[Any], bool]] = {}
    for person in people:
        _family, theirs, _follows = found.setdefault(
            person.family_id, (person.family, [], person.left is None and person.in_group in user.followed_groups)
        )
        if person not in theirs:  # a family in two of the gathering's groups comes twice
            theirs.append(person)
    return list(found.values())


def people_of(gathering: Gathering, user: User) -> list[Person]:
    """The people of the gathering's families that she may see. One query."""
    return [person for _family, people, _follows in households_of(gathering, user) for person in people]
