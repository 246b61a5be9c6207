"""Questions about one gathering: its families, what they answered, what to shop for."""

from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from accounts.permissions import Permission
from families.models import Family, Person
from municipalities.rows import rows
from sessions_log.models import CallNote, Gathering, Reply
from sessions_log.queries.interpreters import LANGUAGES_NEEDED
from web.drawings import Seat


@dataclass
class Guest:
    """A family of the gathering's groups, whether it is invited, with its current reply, and the last call.

    `interpreters`: the languages for which it needs one.
    """

    family: Family
    people: list[Person]
    invited: bool
    reply: Reply | None
    call: CallNote | None
    sees_contact: bool
    interpreters: list[str] = field(default_factory=list)

    @property
    def state(self) -> str:
        """yes | no | wait: its seat at the table."""
        return "wait" if self.reply is None else "yes" if self.reply.coming else "no"

    @property
    def coming(self) -> int:
        return self.reply.adults + self.reply.children if self.reply else 0

    @property
    def food_to_note(self) -> str:
        """What it says that it does not eat, while no coordinator has read it."""
        return self.reply.food if self.reply and not self.reply.food_noted_at else ""

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
        return [guest for guest in self.yes if guest.family.food_needs or guest.food_to_note]

    @property
    def languages(self) -> list[str]:
        """Languages for which a household of the groups needs an interpreter, unless it has said no."""
        return sorted({each for guest in self.guests if guest.state != "no" for each in guest.interpreters})

    @property
    def known_people(self) -> list[Person]:
        """Those of whose messages she may know: that a protected family is to be called is for who follows it."""
        return [person for guest in self.guests if guest.sees_contact for person in guest.people]

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


# Families of the gathering's groups on its day, a row per person. `sees_all`, `groups`: whose families she may see.
GUESTS = f"""
    select {{p}}, {{f}}, {{r}}, {{c}},
        exists (select from sessions_log_invitation i
            where i.gathering_id = gg.gathering_id and i.family_id = f.id and i.withdrawn_at is null),
        m."to" is null and m.group_id = any(%(groups)s) as follows,
        array({LANGUAGES_NEEDED}) as interpreters
    from sessions_log_gatheringgroup gg
    join groups_membership m on m.group_id = gg.group_id
    join families_family f on f.id = m.family_id
    join families_person p on p.family_id = f.id
    left join sessions_log_reply r on r.gathering_id = gg.gathering_id and r.family_id = f.id and r.is_current
    left join lateral (select * from sessions_log_callnote l where l.gathering_id = gg.gathering_id
        and l.family_id = f.id order by l.at desc, l.id desc limit 1) c on true
    where gg.gathering_id = %(gathering)s and (%(sees_all)s or m.group_id = any(%(groups)s))
        and m.since <= %(day)s and (m."to" is null or m."to" > %(day)s) and p.left_on is null
    order by nb_key(f.name), f.id, p.kind, p.position, p.id, follows desc
"""  # noqa: S608 - fixed texts of ours


def answers(gathering: Gathering, user: User) -> Answers:
    """Families of the gathering's groups that she may see, by name, with where each stands. One query."""
    return guests_of(gathering, sees_all=user.may(Permission.GROUP_VIEW_ALL), groups=user.followed_groups)


def guests_of(gathering: Gathering, *, sees_all: bool, groups: list[int]) -> Answers:
    """The same for these groups, or for all. Whoever asks with `sees_all` has made sure of the right to."""
    params = {
        "gathering": gathering.pk,
        "day": timezone.localdate(gathering.starts_at),
        "sees_all": sees_all,
        "groups": groups,
    }
    guests: dict[int, Guest] = {}
    for person, family, reply, call, invited, follows, needed in rows(
        GUESTS, params, p=Person, f=Family, r=Reply, c=CallNote
    ):
        person.family = family
        guest = guests.setdefault(
            family.pk,
            Guest(
                family,
                [],
                invited,
                reply,
                call,
                sees_contact=follows or not family.is_protected,
                interpreters=needed,
            ),
        )
        if person not in guest.people:  # a family in two of the gathering's groups comes twice
            guest.people.append(person)
    return Answers(list(guests.values()))


def later_in_series(gathering: Gathering) -> QuerySet[Gathering]:
    """Those after it in its series that are not cancelled, next first; none when it stands alone."""
    if gathering.series_id is None:
        return Gathering.objects.none()
    later = Gathering.objects.live().filter(series=gathering.series_id, starts_at__gt=gathering.starts_at)
    return later.order_by("starts_at", "pk")
