"""A family signs itself up on the public form, and confirms it with a one-time code.

Each of these opens the municipality for its own few statements and closes it again: nobody is signed in, and the page
around them sees no row of it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from accounts.queries import people_with_role
from audit.services import record
from families.letters import about, promise_code, promise_strictly_protected_letter
from families.models import MOST_CODES, MOST_TRIES, PendingReferral
from families.rules.joining import KEPT_FOR, VALID_FOR, hash_of, is_code
from families.services.referrals import NewAdult, NewChild, NewFamily, refer_family
from families.services.tallies import TooManyTries, count
from municipalities.models import Municipality
from municipalities.tenancy import municipality
from outbox.models import Message
from planning.models import Round

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


class Outcome(Enum):
    """What became of a code that was given."""

    RIGHT = auto()
    WRONG = auto()
    ENDED = auto()


@dataclass(frozen=True)
class Address:
    """Where the code goes: `channel` sms or email, `value` E.164 or an e-mail address."""

    channel: str
    value: str


def start_joining(
    *, town: Municipality, answers: dict[str, Any], to: Address, language: str, place: str, now: datetime
) -> PendingReferral:
    """Keep what was typed until it is confirmed, and send the code. `place` is the network address it came from.

    The same happens whoever it is: nothing tells whether a phone or a family is known. Raises TooManyTries.
    """
    with municipality(town):
        pending = PendingReferral.objects.create(
            municipality=town,
            answers=answers,
            language=language,
            channel=to.channel,
            address=to.value,
            created_at=now,
        )
        send_code(pending, place, now)
    return pending


def send_again(*, pending: PendingReferral, place: str, now: datetime) -> None:
    """Send a new code; the old one is over. Raises TooManyTries."""
    with municipality(pending.municipality):
        send_code(pending, place, now)


def send_code(pending: PendingReferral, place: str, now: datetime) -> None:
    if pending.codes >= MOST_CODES:
        raise TooManyTries
    count("code from", place, most=20, within=HOUR, now=now)
    count("code to", pending.address.lower(), most=MOST_CODES, within=HOUR, now=now)
    count("code to", pending.address.lower(), most=2 * MOST_CODES, within=DAY, now=now)
    count("code in", pending.municipality.number, most=200, within=DAY, now=now)
    pending.codes, pending.tries, pending.code_ends_at = pending.codes + 1, 0, now + VALID_FOR
    pending.code_hash = hash_of(promise_code(pending=pending, now=now), pending.pk)
    pending.save()


def pending_of(town: Municipality, pk: int, now: datetime) -> PendingReferral | None:
    """What waits for its code under this id, while it is kept."""
    with municipality(town):
        return (
            PendingReferral.objects.select_related("municipality")
            .filter(pk=pk, created_at__gt=now - KEPT_FOR, confirmed_at__isnull=True)
            .first()
        )


def give_code(*, pending: PendingReferral, code: str, place: str, now: datetime) -> Outcome:
    """Try a code; the right one registers the family. A try counts before it is looked at. Raises TooManyTries."""
    with municipality(pending.municipality):
        count("guess from", place, most=60, within=HOUR, now=now)
        tried = PendingReferral.objects.filter(
            pk=pending.pk, confirmed_at__isnull=True, code_ends_at__gt=now, tries__lt=MOST_TRIES
        )
        if not tried.update(tries=F("tries") + 1):
            return Outcome.ENDED
        pending.refresh_from_db()
        if not is_code(code, pending.pk, pending.code_hash):
            return Outcome.WRONG if pending.tries < MOST_TRIES else Outcome.ENDED
        pending.confirmed_at = now
        pending.save(update_fields=["confirmed_at"])
        register(pending)
    return Outcome.RIGHT


@transaction.atomic
def register(pending: PendingReferral) -> bool:
    """Register a confirmed family in the latest running round; False when there is none, and it waits for one."""
    running = Round.objects.running().select_related("municipality").first()
    if running is None or pending.confirmed_at is None:
        return False
    day = timezone.localdate(pending.confirmed_at)
    answers = pending.answers
    refer_family(
        family=NewFamily(
            name=answers["name"],
            adults=[NewAdult(**answers["adult"])],
            children=[NewChild(birth_year=year) for year in answers["children"]],
            languages=answers["languages"],
            protection=answers["protection"],
        ),
        in_round=running,
        referred_on=day,
        agreed_to_contact=True,
        reason=answers["reason"],
        source=answers["source"],
        source_kind=answers["source_kind"],
        by=None,
    )
    forget(pending)
    return True


def forget(pending: PendingReferral) -> None:
    """What was typed goes, and the letters with its code."""
    Message.objects.filter(about=about(pending)).delete()
    pending.delete()


def tell_of_strict_protection(*, town: Municipality, now: datetime) -> User | None:
    """The leader whom a kode-6 family is asked to call; she is told that it may. Nothing of the family is stored."""
    with municipality(town):
        running = Round.objects.running().select_related("project_leader").first()
        leader = running.project_leader if running else next(iter(people_with_role(town, "leader")), None)
        if leader is not None:
            promise_strictly_protected_letter(town=town, to=leader, now=now)
            record("stop_strictly_protected", by=None, municipality=town)
    return leader


def tidy_joining(*, town: Municipality, now: datetime) -> int:
    """Forget what nobody confirmed within 24 hours, and register what waited for a round; returns how many went."""
    gone = 0
    with municipality(town):
        for pending in PendingReferral.objects.select_for_update():
            if pending.confirmed_at is not None:
                gone += register(pending)
            elif pending.created_at <= now - KEPT_FOR:
                forget(pending)
                gone += 1
    return gone
