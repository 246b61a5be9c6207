"""One row of everything in Lillevik, so that every address has something behind it."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.urls import reverse
from django.utils import timezone

from answers.models import IncomingText
from families.models import Merge, Upload
from groups.models import Group
from messaging.models import OwnMessage
from outbox.models import Message
from sessions_log.models import Debrief, ExitInterview, Reply
from tests.factories import (
    FamilyFactory,
    asked_for_certificate,
    deputy_of,
    gathering_of,
    helping_in,
    invited,
    plan_task,
    reference_member,
)
from tests.planning.resources import planned_in

LETTER = ["wording", "take_back_wording", "sign_off"]
EVERYWHERE = {f"messaging:{name}" for name in LETTER}  # the letters of every municipality, not rows of this one


@dataclass
class World:
    """`arguments`: what an address needs besides the municipality's number."""

    arguments: dict[str, list[Any]] = field(default_factory=dict)

    def url(self, name: str) -> str:
        query = "?form=plan:new" if name == "sessions_log:draft" else ""
        return reverse(name, args=["9901", *self.arguments.get(name, [])]) + query

    def has_row(self, name: str) -> bool:
        return name in self.arguments and name not in EVERYWHERE


def make_world(group: Group) -> World:
    membership = group.memberships.first()
    family = membership.family
    gathering = gathering_of(group)
    invited(gathering, family)
    coordinator = group.coordinators.first().user
    debrief = Debrief.objects.create(
        municipality=group.municipality, gathering=gathering, asked_by=coordinator, asked_at=timezone.now()
    )
    message = Message.objects.create(
        municipality=group.municipality,
        key="world",
        kind="invitation",
        channel="sms",
        address="+4740000001",
        recipient=f"person:{family.people.get(kind='adult').pk}",
        about=f"gathering:{gathering.pk}",
        language="nb",
        due_at=timezone.now(),
    )
    own = OwnMessage.objects.create(
        municipality=group.municipality,
        words="Vi møtes ved broen.",
        group=group,
        form=uuid4(),
        sent_by=coordinator,
        sent_at=timezone.now(),
    )
    text = IncomingText.objects.create(
        municipality=group.municipality,
        provider_id="world",
        person=family.people.get(kind="adult"),
        message=message,
        text="Ja, men litt sent",
        meaning="unclear",
        received_at=timezone.now(),
    )
    Reply.objects.create(
        municipality=group.municipality,
        gathering=gathering,
        family=family,
        coming=True,
        adults=1,
        food="ikke svin",
        noted_at=timezone.now(),
    )
    upload = Upload.objects.create(
        municipality=group.municipality,
        round=group.round,
        uploaded_by=coordinator,
        name="familier.xlsx",
        content=(Path(__file__).parents[1] / "data" / "familier.xlsx").read_bytes(),
    )
    planned = planned_in(group.round, coordinator)
    helping = helping_in(group)
    asked = asked_for_certificate(coordinator, group.municipality, coordinator)
    of_family = ["family", "edit", "wish", "contacted", "conversation", "consents", "end", "again"]
    member = reference_member(group.round, "Ellen Moe")
    deputy = deputy_of(group)
    task = plan_task(group.round, "Finn et sted")
    of_round = ["new_from", "edit", "new_member", "plan", "before", "new_task", "ask_sos"]
    of_group = ["group", "edit", "add_families", "handover", "new_coordinator"]
    merge = Merge.objects.create(
        municipality=group.municipality,
        kept=family,
        merged=FamilyFactory(municipality=group.municipality, merged_into=family),
        moved={"changes": []},
        merged_by=coordinator,
        merged_at=timezone.now(),
    )
    of_gathering = [
        *("gathering", "edit", "preview", "letters", "cancel", "interpreter"),
        *("lifts", "sheet", "arrange", "log"),
    ]
    of_the_end = ["interviews", "evaluation", "evaluation_draft", "closing", "close", "reopen"]
    of_interview = ["interview", "interview_draft", "next_step", "interview_absence"]
    ExitInterview.objects.create(
        municipality=group.municipality,
        participation=membership.participation,
        group=group,
        held_on=timezone.localdate(),
        next_step="Bli med på første trening",
        owner=coordinator,
        noted_by=coordinator,
        noted_at=timezone.now(),
    )
    return World(
        {
            **{f"accounts:{name}": [coordinator.pk] for name in ("certificate", "ask", "end_role")},
            **{f"accounts:{name}": [asked.pk] for name in ("letter", "letter_pdf")},
            **{f"families:{name}": [family.pk] for name in of_family},
            "families:compare": [family.pk, group.memberships.last().family_id],
            "families:undo_merge": [merge.pk],
            "families:import_columns": [upload.pk],
            "families:import_preview": [upload.pk],
            **planned,
            **{f"groups:{name}": [group.pk] for name in [*of_group, "add_volunteer"]},
            "groups:end_volunteer": [group.pk, helping.pk],
            **{f"planning:{name}": [group.round_id] for name in of_round},
            **{f"planning:{name}": [group.round_id, task.pk] for name in ("task", "state")},
            "planning:order": [group.round_id, 1],
            **{f"planning:{name}": [group.round_id, member.pk] for name in ("member", "remove_member")},
            **{f"planning:{name}": [group.round_id, "said_yes"] for name in ("pass_gate", "take_pass_back")},
            "groups:handover_back": [group.pk, deputy.pk],
            "groups:leave": [group.pk, membership.pk],
            "groups:withdraw_wish": [family.pk],
            "groups:compose": [group.round_id],
            "groups:confirm_composition": [group.round_id],
            "groups:apart": [group.round_id],
            **{f"sessions_log:{name}": [gathering.pk] for name in of_gathering},
            "sessions_log:reply": [gathering.pk, family.pk],
            "sessions_log:call": [gathering.pk, family.pk],
            "sessions_log:food": [gathering.pk, family.pk],
            "sessions_log:thanks": [gathering.pk],
            "sessions_log:welcome": [group.pk],
            **{f"sessions_log:{name}": [message.pk] for name in ("retry", "call_instead", "called", "close_link")},
            "sessions_log:goal": [group.pk],
            **{f"sessions_log:{name}": [group.round_id] for name in of_the_end},
            **{f"sessions_log:{name}": [membership.participation_id] for name in of_interview},
            **{f"sessions_log:{name}": [message.pk] for name in ("retry", "call_instead", "called")},
            "messaging:message": [own.pk],
            "messaging:stop": [message.pk],
            "messaging:stop_all": [gathering.pk],
            "answers:settle": [text.pk],
            "sessions_log:debrief": [debrief.pk],
            **{f"messaging:{name}": ["invitation", "ar"] for name in LETTER},
            "insight:round": [group.round_id],
            "insight:round_before": [group.round_id],
        }
    )
