"""Saving the log of a gathering."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from accounts.models import User
from audit.services import record
from sessions_log.models import Attendance, FollowUp, Gathering, GatheringGuest, GatheringHelper, Summary
from sessions_log.queries.log import TEXTS, LogFields, Roster


class LogChangedMeanwhile(Exception):
    """Somebody else saved the log since she opened it."""


class CannotBeLogged(Exception):
    """It is cancelled, or its day has not come."""


@dataclass(frozen=True)
class NewFollowUp:
    """Something to do after the gathering."""

    text: str
    owner_id: int
    due_on: date | None = None


@transaction.atomic
def log_gathering(
    *,
    gathering: Gathering,
    roster: Roster,
    fields: LogFields,
    version: int,
    follow_up: NewFollowUp | None = None,
    done: Iterable[int] = (),
    by: User,
    now: datetime,
) -> Gathering:
    """Save who was there and how it went, on top of the version she saw.

    Every field is a state, so that saving twice is the same as once. People and helpers outside the roster are left
    alone. Raises LogChangedMeanwhile when somebody saved in between, and CannotBeLogged; nothing is saved then.
    """
    gathering = Gathering.objects.select_for_update().get(pk=gathering.pk)
    if not gathering.can_be_logged(now):
        raise CannotBeLogged
    if gathering.log_version != version:
        raise LogChangedMeanwhile
    set_attendance(gathering, roster, fields)
    set_helpers_present(gathering, roster, fields)
    set_guests(gathering, fields)
    set_summary(gathering, fields, by, now)
    if follow_up is not None:
        FollowUp.objects.get_or_create(  # saved twice is the same as once
            municipality_id=gathering.municipality_id,
            gathering=gathering,
            text=follow_up.text,
            owner_id=follow_up.owner_id,
            due_on=follow_up.due_on,
        )
    FollowUp.objects.filter(gathering=gathering, pk__in=list(done), done_at__isnull=True).update(done_at=now)
    gathering.log_version += 1
    gathering.logged_at = gathering.logged_at or now
    gathering.save(update_fields=["log_version", "logged_at"])
    record("log_gathering", by=by, municipality=gathering.municipality_id, gathering=gathering.pk)
    return gathering


def set_attendance(gathering: Gathering, roster: Roster, fields: LogFields) -> None:
    """One row per person with a state; a person without one keeps what was logged before."""
    Attendance.objects.bulk_create(
        [
            Attendance(
                municipality_id=gathering.municipality_id,
                gathering=gathering,
                family_id=person.family_id,
                person=person,
                state=fields.attendance[person.pk],
            )
            for person in roster.people()
            if person.pk in fields.attendance
        ],
        update_conflicts=True,
        unique_fields=["gathering", "person"],
        update_fields=["state"],
    )


def set_helpers_present(gathering: Gathering, roster: Roster, fields: LogFields) -> None:
    """Who of the planned came, and who came unplanned; the certificate goes along with each row."""
    for helper in roster.helpers:
        present = helper.key in fields.helpers
        who: dict[str, Any] = {"user_id": helper.user_id, "volunteer_id": helper.volunteer_id}
        if helper.planned:
            gathering.helpers.filter(**who).update(present=present)
        elif present:
            GatheringHelper.objects.update_or_create(
                municipality_id=gathering.municipality_id,
                gathering=gathering,
                **who,
                defaults={"present": True, "certificate_id": helper.certificate_id},
            )


def set_guests(gathering: Gathering, fields: LogFields) -> None:
    """These guests and no others; those who stay keep their row."""
    wanted = list(fields.guests)
    for guest in gathering.guests.all():
        if (guest.name, guest.note) in wanted:
            wanted.remove((guest.name, guest.note))
        else:
            guest.delete()
    GatheringGuest.objects.bulk_create(
        [
            GatheringGuest(municipality_id=gathering.municipality_id, gathering=gathering, name=name, note=note)
            for name, note in wanted
        ]
    )


def set_summary(gathering: Gathering, fields: LogFields, by: User, now: datetime) -> None:
    """The summary, once there are words; an unchanged one keeps its writer."""
    texts = {name: getattr(fields, name) for name in TEXTS}
    before = Summary.objects.filter(gathering=gathering).first()
    if before is None and not fields.is_summarised:
        return
    if before is None or {name: getattr(before, name) for name in TEXTS} != texts:
        Summary.objects.update_or_create(
            municipality_id=gathering.municipality_id,
            gathering=gathering,
            defaults={**texts, "written_by": by, "written_at": now},
        )
