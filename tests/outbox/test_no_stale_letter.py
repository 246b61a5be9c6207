"""Whatever happens between promise and sending, no letter says what is no longer true, and none is missing.

Random sequences of what people do, against a plain model in Python. SEQUENCES sets how many (`make faults` tries
10,000 and shares them out by SEQUENCE_PARTS); the mail server and the gateway are real.
"""

import os
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
import time_machine
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from families.models import Family
from groups.models import Group, Membership
from groups.services.groups import end_membership
from outbox.catalogue.languages import clock_of, day_of
from outbox.delivery import sweep
from outbox.models import Message
from outbox.rules.quiet_hours import OSLO
from sessions_log.models import Gathering
from sessions_log.services.announcements import NotReady, PlanChanged, invite
from sessions_log.services.gatherings import AlreadyOver, Plan, cancel_gathering, change_gathering
from sessions_log.services.replies import note_reply
from tests.factories import gathering_of
from tests.outbox.sinks import Sink

SEQUENCES = int(os.environ.get("SEQUENCES", "40"))
PARTS = int(os.environ.get("SEQUENCE_PARTS", "1"))
BEGIN = datetime(2026, 11, 23, 12, 0, tzinfo=OSLO)
FIRST_START = datetime(2026, 11, 26, 17, 0, tzinfo=OSLO)
LASTS = timedelta(hours=2)

steps = st.one_of(
    st.just(("invite",)),
    st.tuples(st.just("move"), st.sampled_from([24, -24, 49, 3])),
    st.just(("cancel",)),
    st.tuples(st.just("leave"), st.integers(0, 1)),
    st.tuples(st.just("reply"), st.integers(0, 1), st.booleans()),
    st.tuples(st.just("wait"), st.sampled_from([1, 5, 13, 24, 30])),
    st.just(("sweep",)),
)


@dataclass
class Known:
    """The model: what is true, and what each family has been told."""

    now: datetime = BEGIN
    start: datetime = FIRST_START
    cancelled_at: datetime | None = None
    invited: set[int] = field(default_factory=set)
    left: set[int] = field(default_factory=set)
    refused: set[int] = field(default_factory=set)
    owed: dict[int, str] = field(default_factory=dict)  # family → the letter it must get, unless something comes first
    told: set[tuple[int, str, datetime]] = field(default_factory=set)  # family, kind, the start it spoke of

    @property
    def is_cancelled(self) -> bool:
        return self.cancelled_at is not None

    def is_of_use(self, kind: str) -> bool:
        """A letter helps nobody once the gathering has begun; that it was cancelled after that helps until its end."""
        if kind == "cancellation" and self.cancelled_at is not None and self.cancelled_at >= self.start:
            return self.now < self.start + LASTS
        return self.now < self.start

    def expects(self, family: int) -> bool:
        return family in self.invited - self.left


class Story:
    """One sequence, done to the product and to the model."""

    def __init__(self, group: Group, by: User, sink: Sink) -> None:
        self.by, self.sink, self.known = by, sink, Known()
        self.group = group
        self.families = list(Family.objects.filter(memberships__group=group).order_by("pk"))[:2]
        self.gathering: Gathering = gathering_of(group, FIRST_START)
        self.seen: set[int] = set()

    def run(self, steps: list[tuple[object, ...]]) -> None:
        for name, *facts in steps:
            with time_machine.travel(self.known.now, tick=False):
                self.gathering.refresh_from_db()
                getattr(self, str(name))(*facts)
        with time_machine.travel(self.known.now, tick=False):
            self.sweep()
        self.known.now = self.daytime(self.known.now)
        with time_machine.travel(self.known.now, tick=False):
            self.sweep()
        self.nobody_waits()

    @staticmethod
    def daytime(moment: datetime) -> datetime:
        local = moment.astimezone(OSLO)
        if local.hour >= 21:
            return (local + timedelta(days=1)).replace(hour=8, minute=0)
        return local.replace(hour=8, minute=0) if local.hour < 8 else local

    def invite(self) -> None:
        known = self.known
        present = [n for n, _family in enumerate(self.families) if n not in known.left]
        try:
            invite(
                gathering=self.gathering,
                families=[self.families[n] for n in present],
                generation=self.gathering.generation,
                by=self.by,
            )
        except (NotReady, PlanChanged):
            assert known.is_cancelled or known.now >= known.start
            return
        for n in set(present) - known.invited:
            known.invited.add(n)
            known.owed[n] = "invitation"

    def move(self, hours: int) -> None:
        known, row = self.known, self.gathering
        start = known.start + timedelta(hours=hours)
        if known.is_cancelled or start <= known.now or known.start <= known.now:
            return  # the pages do not offer it
        plan = Plan(
            kind=row.kind,
            activity=row.activity,
            starts_at=start,
            ends_at=start + LASTS,
            place=row.place,
            address=row.address,
            directions=row.directions,
        )
        held = self.group.coordinators.all()
        change_gathering(gathering=row, plan=plan, groups=[self.group], coordinators=held, volunteers=[], by=self.by)
        known.start = start
        for n in known.invited - known.left:
            known.owed[n] = "change"

    def cancel(self) -> None:
        known = self.known
        try:
            cancel_gathering(gathering=self.gathering, by=self.by, now=known.now)
        except AlreadyOver:
            assert known.now >= known.start + LASTS
            return
        if not known.is_cancelled:
            known.cancelled_at = known.now
            for n in known.invited - known.left:
                known.owed[n] = "cancellation"

    def leave(self, n: int) -> None:
        if n not in self.known.left:
            membership = Membership.objects.get(family=self.families[n], to__isnull=True)
            end_membership(membership=membership, reason="", by=self.by, now=self.known.now)
            self.known.left.add(n)
            if self.known.start > self.known.now:
                self.known.owed.pop(n, None)

    def reply(self, n: int, coming: bool) -> None:
        if not self.known.expects(n):
            return
        note_reply(
            gathering=self.gathering, family=self.families[n], coming=coming, adults=1, by=self.by, now=self.known.now
        )
        (self.known.refused.discard if coming else self.known.refused.add)(n)

    def wait(self, hours: int) -> None:
        self.known.now += timedelta(hours=hours)

    def sweep(self) -> None:
        before = len(self.sink.mails) + len(self.sink.texts)
        sent = sweep(self.known.now)
        new = list(
            Message.objects.filter(about=f"gathering:{self.gathering.pk}", state="sent").exclude(pk__in=self.seen)
        )
        assert len(new) == sent == len(self.sink.mails) + len(self.sink.texts) - before
        for message in new:
            self.seen.add(message.pk)
            self.is_true(message)

    def is_true(self, message: Message) -> None:
        """Right for this family, at this hour, and never heard before."""
        known = self.known
        [n] = [
            n
            for n, family in enumerate(self.families)
            if family.people.filter(pk=message.recipient.removeprefix("person:")).exists()
        ]
        heard = (n, message.kind, known.start)
        assert heard not in known.told, (heard, "twice")
        known.told.add(heard)
        assert n not in known.left, (message.kind, "to somebody who left")
        assert n in known.invited
        assert self.daytime(known.now) == known.now.astimezone(OSLO), "at night"
        if message.kind == "cancellation":
            assert known.is_cancelled
        else:
            assert not known.is_cancelled, message.kind
            assert known.now < known.start, message.kind
            assert day_of(known.start, message.language) in message.words
            assert clock_of(known.start, message.language) in message.words
        if message.kind == "reminder":
            assert n not in known.refused
            assert known.now >= (known.start.astimezone(OSLO) - timedelta(days=1)).replace(hour=16, minute=0)
        elif known.owed.get(n) == message.kind:
            del known.owed[n]

    def nobody_waits(self) -> None:
        """Each has got the last letter it was owed. One that could not go while it was of use is shown as failed."""
        known = self.known
        owed = {n: kind for n, kind in known.owed.items() if n not in known.left}
        missing = {n: kind for n, kind in owed.items() if known.is_of_use(kind) or not self.is_told(n, kind)}
        assert not missing, ("missing", missing)

    def is_told(self, n: int, kind: str) -> bool:
        people = [f"person:{person.pk}" for person in self.families[n].people.all()]
        about = f"gathering:{self.gathering.pk}"
        return Message.objects.filter(about=about, kind=kind, recipient__in=people, state="failed").exists()


@pytest.mark.parametrize("part", range(PARTS))
@settings(
    max_examples=SEQUENCES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(sequence=st.lists(steps, min_size=2, max_size=9))
def test_no_letter_is_stale_and_none_is_missing(
    part: int, sequence: list[tuple[object, ...]], birch: Group, coordinator: User, sink: Sink
) -> None:
    with transaction.atomic():
        with time_machine.travel(BEGIN, tick=False):
            story = Story(birch, coordinator, sink)
        story.run([("invite",), *sequence])
        transaction.set_rollback(True)
