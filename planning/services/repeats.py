"""Starting a round from an earlier one: what comes along, and nothing else."""

from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from accounts.models import User
from audit.services import record
from planning.carry import CARRIERS
from planning.models import PlanTask, ReferenceMember, Round, RoundPartner
from planning.rules.dates import recounted
from planning.services.rounds import check_period, differing_names, set_coordinators


@transaction.atomic
def start_round_from(
    *,
    earlier: Round,
    name: str,
    project_leader: User,
    starts_on: date,
    ends_on: date,
    kick_off_on: date | None = None,
    goals: str = "",
    contact_name: str = "",
    contact_phone: str = "",
    contact_email: str = "",
    coordinators: Collection[User] = (),
    reference_group: Collection[ReferenceMember] = (),
    carriers: Collection[str] = (),
    by: User,
) -> Round:
    """Start a round from an earlier one: its plan (as not done, days counted anew), its partners (what they promise is
    asked anew) and a link to its lessons; these people, whom the leader named; what the chosen carriers bring; nothing
    else. Venues and ideas are the municipality's, and always there.

    `reference_group`: those of the earlier one who are in this one too. Raises KickOffOutside and NameTaken.
    """
    check_period(starts_on=starts_on, ends_on=ends_on, kick_off_on=kick_off_on)
    with differing_names():
        new = Round.objects.create(
            municipality_id=earlier.municipality_id,
            name=name,
            project_leader=project_leader,
            starts_on=starts_on,
            ends_on=ends_on,
            kick_off_on=kick_off_on,
            goals=goals,
            contact_name=contact_name,
            contact_phone=contact_phone,
            contact_email=contact_email,
            started_from=earlier,
        )
    set_coordinators(round=new, coordinators=coordinators)
    copy_tasks(earlier=earlier, new=new, people={project_leader.pk, *(user.pk for user in coordinators)})
    RoundPartner.objects.bulk_create(
        RoundPartner(municipality_id=new.municipality_id, round=new, partner_id=row.partner_id)
        for row in who_may_come_along(earlier)
    )
    ReferenceMember.objects.bulk_create(
        ReferenceMember(
            municipality_id=new.municipality_id,
            round=new,
            name=member.name,
            role=member.role,
            phone=member.phone,
            email=member.email,
        )
        for member in reference_group
        if member.round_id == earlier.pk
    )
    for carrier in (CARRIERS[chosen] for chosen in sorted(carriers)):
        carrier.carry(earlier, new, by)
    record("start_round_from", by=by, municipality=new.municipality_id, round=new.pk, earlier=earlier.pk)
    return new


def who_may_come_along(earlier: Round) -> QuerySet[RoundPartner]:
    """Partners that took part to the end, and that the municipality still works with."""
    return earlier.partners.in_use().filter(partner__ended_on__isnull=True)


def copy_tasks(*, earlier: Round, new: Round, people: Collection[int]) -> None:
    """The earlier round's tasks but those it dropped, open again. An owner comes along if she is in the new round."""
    PlanTask.objects.bulk_create(
        PlanTask(
            municipality_id=new.municipality_id,
            round=new,
            step=task.step,
            title=task.title,
            notes=task.notes,
            owner_id=task.owner_id if task.owner_id in people else None,
            position=task.position,
            **days(task, earlier, new),
        )
        for task in earlier.tasks.filter(dropped_at__isnull=True)
    )


def days(task: PlanTask, earlier: Round, new: Round) -> dict[str, int | date | None]:
    """When the copy is due: an own day is counted from the kick-off like the others, or from the first day where the
    earlier round had none."""
    if task.due_on is None:
        return {"due_days": task.due_days}
    if earlier.kick_off_on is not None:
        return {"due_days": (task.due_on - earlier.kick_off_on).days}
    return {"due_on": recounted(task.due_on, before=earlier.starts_on, after=new.starts_on)}
