"""How it stands with police certificates: everybody with a role here, and what is the next step with each."""

from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import Any

from accounts.holders import Holder, active_elsewhere
from accounts.models import Certificate, CertificateRequest, CertificateRole
from accounts.queries import staff_of
from accounts.rules.certificates import renew_on
from municipalities.models import Municipality


class State(IntEnum):
    """From what waits to what does not."""

    MISSING = 0
    ASKED = 1
    RENEW = 2
    IN_ORDER = 3
    NOT_NEEDED = 4


@dataclass(frozen=True)
class Seat:
    """One kind of role of one person. `key`: whose page the next step is on."""

    key: str
    role: str
    certificate: Certificate | None = None
    request: CertificateRequest | None = None
    renew_on: date | None = None
    today: date = date.min

    @property
    def title(self) -> str:
        return str(CertificateRole(self.role).label)

    @property
    def state(self) -> State:
        if self.certificate is None:
            return State.MISSING if self.request is None else State.ASKED
        if self.request is not None:
            return State.ASKED
        return State.RENEW if self.renew_on is not None and self.renew_on <= self.today else State.IN_ORDER

    @property
    def shown(self) -> bool:
        """«In order» for everybody who does not check: she may be put on a group or a gathering."""
        return self.certificate is not None


@dataclass(frozen=True)
class Line:
    """A person of the page: name, roles in words, address (empty without an account), and her seats."""

    name: str
    roles: list[str]
    email: str
    seats: list[Seat]

    @property
    def state(self) -> State:
        """What waits most."""
        return min((seat.state for seat in self.seats), default=State.NOT_NEEDED)

    @property
    def shown(self) -> bool:
        return all(seat.shown for seat in self.seats)


def seat_of(holder: Holder, municipality: Municipality, today: date) -> Seat:
    certificate = holder.certificate if holder.certificate and holder.certificate.ended_on is None else None
    return seat(holder.key, holder.roles[0], certificate, holder.request, municipality, today)


def seat(
    key: str,
    role: str,
    certificate: Certificate | None,
    request: CertificateRequest | None,
    municipality: Municipality,
    today: date,
) -> Seat:
    again = None
    if certificate is not None and certificate.shown_on is not None:
        again = renew_on(
            shown_on=certificate.shown_on,
            ground=certificate.ground,
            months=municipality.certificate_renewal_months,
        )
    return Seat(key, role, certificate, request, again, today)


def people_of(municipality: Municipality, today: date) -> list[Line]:
    """Everybody with a role here, then those whom other rooms know. Five queries, whatever the number of people."""
    others = {(holder.user.pk if holder.user else -holder.pk): holder for holder in active_elsewhere()}
    lines = []
    for person in staff_of(municipality):
        elsewhere = others.pop(person.pk, None)
        roles = [held.get_role_display() for held in person.roles_here]
        seats = [
            seat(
                str(person.pk),
                role,
                of_role(person.certificates_here, role),
                of_role(person.requests_here, role),
                municipality,
                today,
            )
            for role in CertificateRole.values
            if role in {held.role for held in person.roles_here} and not (elsewhere and role in elsewhere.roles)
        ]
        if elsewhere is not None:
            seats.append(seat_of(elsewhere, municipality, today))
        lines.append(Line(person.name, roles, person.email, seats))
    for holder in others.values():
        made = seat_of(holder, municipality, today)
        lines.append(Line(holder.name, [made.title], "", [made]))
    return lines


def of_role(rows: list[Any], role: str) -> Any:
    return next((row for row in rows if row.role == role), None)


def to_renew(municipality: Municipality, today: date) -> int:
    """How many certificates in force the municipality wants a new one of; no query while that is off."""
    if municipality.certificate_renewal_months is None:
        return 0
    return Certificate.objects.due_for_renewal(today).count()
