"""A group that has met, with its goal, and whose round is coming to its end."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from families.models import Participation
from groups.models import Group
from sessions_log.models import ExitInterview
from sessions_log.services.goals import note_goal
from sessions_log.services.interviews import explain_absence
from tests.factories import gathering_of

GOAL = "Vi tør å ringe på hos hverandre."


def met(group: Group, by: User) -> None:
    """The kick-off was 20 days ago, and the group said what it wants."""
    gathering_of(group, timezone.now() - timedelta(days=20), kind="kick_off")
    note_goal(group=group, words=GOAL, by=by, now=timezone.now())


def ways(group: Group) -> list[Participation]:
    """The families' ways through the round, by name."""
    return list(Participation.objects.filter(memberships__group=group).order_by("family__name"))


def interview_of(way: Participation, group: Group, by: User, **fields: Any) -> ExitInterview:
    values: dict[str, Any] = {"held_on": timezone.localdate(), "gave": "Noen å ringe.", **fields}
    return ExitInterview.objects.create(
        municipality=group.municipality,
        participation=way,
        group=group,
        noted_by=by,
        noted_at=timezone.now(),
        **values,
    )


def all_settled(group: Group, by: User) -> None:
    """The first family was talked with; for the others it is said why not."""
    first, *others = ways(group)
    interview_of(first, group, by)
    for way in others:
        explain_absence(participation=way, absence="not_reached", words="", by=by, now=timezone.now())
