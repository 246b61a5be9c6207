"""Questions about one gathering: its families, what they answered, what to shop for."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from accounts.models import User
from families.models import Family, Person
from groups.models import Group, Membership
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


def answers(gathering: Gathering, user: User, *, follows: bool | None = None) -> Answers:
    """Families of the gathering's groups that she may see, by name, with where each stands.

    Four queries; a fifth when a family is protected and it is not known whether she follows one of the groups.
    """
    moment = gathering.starts_at
    groups = Group.objects.visible_to(user).filter(gathering_groups__gathering=gathering)
    families: list[Any] = list(  # with what is asked for below
        Family.objects.filter(memberships__in=belonged(moment), memberships__group__in=groups)
        .annotate(
            invited=Exists(
                Invitation.objects.filter(gathering=gathering, family=OuterRef("pk"), withdrawn_at__isnull=True)
            )
        )
        .prefetch_related(
            Prefetch("people", queryset=Person.objects.filter(left_on__isnull=True)),
            Prefetch(
                "replies", queryset=Reply.objects.filter(gathering=gathering, is_current=True), to_attr="answered"
            ),
            Prefetch("calls", queryset=CallNote.objects.filter(gathering=gathering), to_attr="called"),
        )
        .distinct()
    )
    if follows is None and any(family.is_protected for family in families):
        follows = user.coordinating.current().filter(group__gathering_groups__gathering=gathering).exists()
    return Answers(
        [
            Guest(
                family=family,
                people=list(family.people.all()),
                invited=family.invited,
                reply=first(family, "answered"),
                call=first(family, "called"),
                sees_contact=bool(follows) or not family.is_protected,
            )
            for family in families
        ]
    )


def first(family: Family, name: str) -> Any:
    """The first of the rows that a prefetch put there, or None."""
    return next(iter(getattr(family, name)), None)


def belonged(moment: datetime) -> QuerySet[Membership]:
    """Memberships that hold on the day of this moment."""
    day = timezone.localdate(moment)
    return Membership.objects.filter(Q(to__isnull=True) | Q(to__gt=day), since__lte=day)
