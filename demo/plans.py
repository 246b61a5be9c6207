"""Plans for the demo's rounds: one in the middle, one just begun from a finished one."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from accounts.models import User
from demo import cast
from families.services.consents import give_consent
from groups.models import Group, GroupCoordinator
from planning.models import GatePass, PlanTask, ReferenceMember, Round
from planning.services.repeats import start_round_from
from planning.services.tasks import suggest_tasks

DONE_UP_TO = 4  # days from today: what was due before is done, but for a few
FORGOTTEN = {12, 24}  # numbers of tasks that nobody has got round to
DROPPED = {7}


def at_noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))


def plans(*, running: Round, finished: Round, deputed: Group, people: Mapping[str, User], today: date) -> None:
    """Each round its plan; the next round, begun from the finished one; a deputy for one evening."""
    for each in (finished, running):
        plan_of_round(each, people, today)
        stand_round(each)
    wants_to_come_back(finished, people["Ingrid"])
    next_round(finished, f"Neste runde {(today + timedelta(days=100)).year}", people, today)
    jonas = people["Jonas"]
    GroupCoordinator.objects.create(
        municipality=deputed.municipality,
        group=deputed,
        user=jonas,
        certificate=jonas.certificates.get(ended_on=None),
        is_deputy=True,
        given_by=people["Ingrid"],
        since=today + timedelta(days=9),
        until=today + timedelta(days=9),
    )


def wants_to_come_back(finished: Round, noted_by: User) -> None:
    """Two families of the finished round would like to be asked again."""
    for participation in finished.participations.select_related("family").order_by("pk")[:2]:
        give_consent(
            family=participation.family,
            purpose="invite_again",
            person=None,
            given_by=participation.family.people.get(position=0),
            by=noted_by,
            now=at_noon(finished.ends_on),
        )


def plan_of_round(found: Round, people: Mapping[str, User], today: date) -> None:
    """The programme's plan, done as far as the round has come; owners are the leader and the coordinators."""
    suggest_tasks(round=found, language=found.municipality.language)
    owners = [people["Kari"], people["Ingrid"], people["Jonas"]]
    for number, task in enumerate(found.tasks.all()):
        due = task.due(found.kick_off_on)
        task.owner = owners[0] if task.step in {1, 6} else owners[1 + number % 2]
        if number in DROPPED:
            task.dropped_at = at_noon(found.starts_on)
        elif due and due < today - timedelta(days=DONE_UP_TO) and (found.closed_at or number not in FORGOTTEN):
            task.done_at, task.done_by = at_noon(due), task.owner
        task.save()


def stand_round(found: Round) -> None:
    """The contact at SOS-barnebyer, the reference group, and what was learned."""
    found.contact_name, found.contact_phone, found.contact_email = cast.CONTACT
    if found.closed_at:
        found.lessons = cast.LESSONS
    found.save()
    for name, role, phone, email in cast.REFERENCE_GROUP:
        ReferenceMember.objects.create(
            municipality=found.municipality, round=found, name=name, role=role, phone=phone, email=email
        )


def next_round(earlier: Round, name: str, people: Mapping[str, User], today: date) -> Round:
    """A round that has just begun: two things done, one gate passed with a reason."""
    leader = people["Kari"]
    new = start_round_from(
        earlier=earlier,
        name=name,
        project_leader=leader,
        starts_on=today - timedelta(days=12),
        ends_on=today + timedelta(days=200),
        kick_off_on=today + timedelta(days=72),
        goals="To nye bord, og at familiene fra i høst hjelper til.",
        contact_name=earlier.contact_name,
        contact_phone=earlier.contact_phone,
        contact_email=earlier.contact_email,
        coordinators=[people["Ingrid"]],
        reference_group=earlier.reference_group.all()[:2],
        carriers=["invite_again"],
        by=leader,
    )
    for task in PlanTask.objects.filter(round=new)[:2]:
        task.done_at, task.done_by = at_noon(today - timedelta(days=3)), leader
        task.save()
    GatePass.objects.create(
        municipality=new.municipality,
        round=new,
        key="said_yes",
        reason="Vi begynner å spørre familiene i januar.",
        passed_by=leader,
        passed_at=at_noon(today - timedelta(days=2)),
    )
    return new
