"""The practical sheet of a gathering: all that somebody who helps needs in her hand, and no more."""

from dataclasses import dataclass, field

from accounts.models import User
from accounts.permissions import Permission
from families.models import Person
from sessions_log.models import Contribution, Gathering, GatheringHelper, InterpreterBooking, Ride
from sessions_log.queries.gatherings import Answers, Guest, answers, guests_of


@dataclass(frozen=True)
class Line:
    """A family on the sheet. `phone`: the adult to call, for who may; `ride` when it asked for a lift."""

    guest: Guest
    brings: str
    ride: Ride | None
    phone: Person | None

    @property
    def needs_lift(self) -> bool:
        return bool(self.guest.reply and self.guest.reply.needs_lift)


@dataclass(frozen=True)
class Sheet:
    """`unnamed`: how many people of families come whom the reader may not know of; they are in the numbers."""

    gathering: Gathering
    helpers: list[GatheringHelper]
    interpreters: list[InterpreterBooking]
    answers: Answers
    unnamed: int
    coming: list[Line] = field(default_factory=list)
    waiting: list[Guest] = field(default_factory=list)


def sheet_of(gathering: Gathering, user: User) -> Sheet:
    """Five queries. Coordinators and leaders read what the gathering's page tells them. A volunteer reads of families
    that come, except protected ones, and gets the phone of those whom she drives."""
    staff = user.may(Permission.GATHERING_VIEW)
    found = answers(gathering, user) if staff else guests_of(gathering, sees_all=True, groups=[])
    helpers = list(gathering.helpers.select_related("user", "volunteer"))
    rides = {
        row.family_id: row
        for row in Ride.objects.filter(gathering=gathering).select_related(
            "helper__user", "helper__volunteer", "driver"
        )
    }
    brings = dict(Contribution.objects.filter(gathering=gathering).values_list("family", "words"))
    hers = {helper.pk for helper in helpers if helper.volunteer and helper.volunteer.user_id == user.pk}
    named = [guest for guest in found.yes if staff or not guest.family.is_protected]

    def line(guest: Guest) -> Line:
        ride = rides.get(guest.family.pk)
        may_call = guest.sees_contact if staff else ride is not None and ride.helper_id in hers
        return Line(guest, brings.get(guest.family.pk, ""), ride, guest.caller if may_call else None)

    return Sheet(
        gathering,
        helpers,
        list(gathering.interpreters.all()),
        found,
        unnamed=sum(guest.coming for guest in found.yes) - sum(guest.coming for guest in named),
        coming=[line(guest) for guest in named],
        waiting=found.waiting if staff else [],
    )
