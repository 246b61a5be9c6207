"""Everything that goes by itself in the next 14 days can be seen and stopped, by those whom it concerns."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from audit.models import Event, Read
from families.models import Family, Protection
from groups.models import Group
from outbox.delivery import sweep
from outbox.models import Message
from planning.models import Round
from sessions_log.models import Gathering
from sessions_log.services.announcements import invite
from sessions_log.services.replies import note_reply
from tests.conftest import Browser
from tests.factories import gathering_of, group_of
from tests.outbox.sinks import Sink
from tests.questions import asked

Browse = Callable[[User | None], Browser]
QUEUE = "/k/9901/meldinger/planlagt/"


def planned(group: Group, days: int = 5) -> Gathering:
    row = gathering_of(group, timezone.now() + timedelta(days=days))
    invite(
        gathering=row,
        families=[each.family for each in group.memberships.order_by("pk")],
        generation=1,
        by=row.created_by,
    )
    now = timezone.now()
    Message.objects.filter(about=f"gathering:{row.pk}", kind="invitation").update(
        state="sent", sent_at=now, claimed_at=now
    )
    return row


def seen(browser: Browser) -> list[tuple[str, int]]:
    return [
        (batch.kind, len(batch.letters)) for _day, batches in browser.get(QUEUE).context["days"] for batch in batches
    ]


def states() -> list[str]:
    return sorted(Message.objects.filter(kind="reminder").values_list("state", flat=True))


def test_by_day_and_gathering_and_not_beyond_two_weeks(birch: Group, coordinator: User, browse: Browse) -> None:
    planned(birch, 5)
    planned(birch, 9)
    planned(birch, 20)
    days = browse(coordinator).get(QUEUE).context["days"]
    assert [day for day, _batches in days] == [timezone.localdate() + timedelta(days=n) for n in (4, 8)]
    assert seen(browse(coordinator)) == [("påminnelse", 6), ("påminnelse", 6)]
    assert Read.objects.filter(user=coordinator, page="messaging:queue").exists()


def test_one_is_stopped_after_a_question(birch: Group, coordinator: User, browse: Browse) -> None:
    planned(birch)
    mine = browse(coordinator)
    row = Message.objects.filter(kind="reminder").first()
    page = mine.get(f"{QUEUE}{row.pk}/stopp/")
    assert page.status_code == 200
    assert states() == ["queued"] * 6  # asking stops nothing
    mine.post(f"{QUEUE}{row.pk}/stopp/")
    row.refresh_from_db()
    assert (row.state, row.stopped_by) == ("cancelled", coordinator)
    assert coordinator.name in row.error
    assert states() == ["cancelled", *["queued"] * 5]
    assert Event.objects.get(verb="stop_message").ids == {"message": row.pk}


def test_what_was_stopped_by_hand_stays_stopped(birch: Group, coordinator: User, browse: Browse) -> None:
    gathering = planned(birch)
    family = birch.memberships.first().family
    row = Message.objects.get(kind="reminder", recipient=f"person:{family.people.get(kind='adult').pk}")
    browse(coordinator).post(f"{QUEUE}{row.pk}/stopp/")
    for coming in (False, True):
        note_reply(gathering=gathering, family=family, coming=coming, adults=1, by=coordinator, now=timezone.now())
    row.refresh_from_db()
    assert row.state == "cancelled"


def test_all_of_a_gathering_and_nothing_else(birch: Group, coordinator: User, browse: Browse, sink: Sink) -> None:
    gathering = planned(birch, 5)
    planned(birch, 9)
    mine = browse(coordinator)
    url = f"{QUEUE}samling/{gathering.pk}/stopp/"
    assert len(mine.get(url).context["letters"]) == 6
    mine.post(url)
    assert states() == ["cancelled"] * 6 + ["queued"] * 6
    assert mine.get(url).status_code == 302  # nothing left to stop
    assert sweep(timezone.now() + timedelta(days=4, hours=20)) == 0
    assert sink.texts == []


def test_what_is_being_sent_goes(birch: Group, coordinator: User, browse: Browse) -> None:
    planned(birch)
    row = Message.objects.filter(kind="reminder").first()
    Message.objects.filter(pk=row.pk).update(state="sending", claimed_at=timezone.now())
    browse(coordinator).post(f"{QUEUE}{row.pk}/stopp/")
    row.refresh_from_db()
    assert (row.state, row.stopped_by) == ("sending", None)


def test_each_sees_and_stops_her_own(
    birch: Group, autumn: Round, coordinator: User, other_coordinator: User, leader: User, browse: Browse
) -> None:
    planned(birch)
    group_of(autumn, other_coordinator, "Furu", families=1)
    row = Message.objects.filter(kind="reminder").order_by("pk").first()
    assert seen(browse(other_coordinator)) == []
    assert browse(other_coordinator).post(f"{QUEUE}{row.pk}/stopp/").status_code == 404
    assert browse(other_coordinator).post(f"{QUEUE}samling/{row.about[10:]}/stopp/").status_code == 404
    assert seen(browse(leader)) == [("påminnelse", 6)]
    family = Family.objects.get(people=row.recipient[7:])
    family.protection = Protection.CONFIDENTIAL
    family.save()
    assert seen(browse(leader)) == [("påminnelse", 5)]
    assert seen(browse(coordinator)) == [("påminnelse", 6)]
    assert browse(leader).get(f"{QUEUE}{row.pk}/stopp/").status_code == 404
    browse(leader).post(f"{QUEUE}samling/{row.about[10:]}/stopp/")
    assert states() == ["cancelled"] * 5 + ["queued"]


@pytest.mark.parametrize("size", [1, 12])
def test_the_page_asks_the_same_for_one_and_for_twelve(
    size: int, autumn: Round, coordinator: User, browse: Browse
) -> None:
    group = group_of(autumn, coordinator, "Bjørka", families=size)
    for n in range(size):
        planned(group, 3 + n % 9)
    assert asked(browse(coordinator), QUEUE) == 6
